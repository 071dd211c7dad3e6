package io.sichter.cli;

import io.sichter.cli.TextTable.Column;
import io.sichter.config.Recipes;
import io.sichter.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the recipes, or shows one. */
@Command(name = "recipes")
final class RecipesCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Parameters(arity = "0..1", paramLabel = "NAME", descriptionKey = "recipe-name")
    private @Nullable String name;

    @Option(names = "--json")
    private boolean json;

    RecipesCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        Terminal terminal = program.terminal();
        String one = name;
        if (one != null) {
            String yaml = Recipes.yaml(one).stripTrailing();
            terminal.result(json ? Json.write(Map.of("name", one, "yaml", yaml)) : yaml);
            return 0;
        }
        if (json) {
            List<Map<String, Object>> recipes = Recipes.names().stream()
                    .map(recipe -> {
                        Map<String, Object> entry = new LinkedHashMap<>();
                        entry.put("name", recipe);
                        entry.put("purpose", Recipes.purpose(recipe).in(terminal.language()));
                        return entry;
                    })
                    .toList();
            terminal.result(Json.write(Map.of("recipes", recipes)));
            return 0;
        }
        TextTable table = new TextTable(List.of(
                Column.words(Text.of("cli.recipes.name").in(terminal.language()), 10, 0),
                Column.words(Text.of("cli.recipes.purpose").in(terminal.language()), 30, 0)));
        Recipes.names()
                .forEach(recipe ->
                        table.row(List.of(recipe, Recipes.purpose(recipe).in(terminal.language()))));
        terminal.result(table.format(terminal.resultColumns(), terminal.unicode()));
        return 0;
    }
}
