package io.sichter.cli;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.registry.Suggestion;
import io.sichter.text.Text;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the architectures. */
@Command(name = "models")
final class ModelsCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Parameters(arity = "0..1", paramLabel = "WORD", descriptionKey = "word")
    private String word = "";

    @Option(names = "--sort", paramLabel = "KEY")
    private String sort = "family";

    @Option(names = "--published")
    private boolean published;

    @Option(names = "--json")
    private boolean json;

    ModelsCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        List<String> keys = List.copyOf(ModelsOutput.ORDERS.keySet());
        if (!keys.contains(sort)) {
            throw new UsageException(
                    Problem.of("cli.models.sort", sort, String.join(", ", keys), Suggestion.orChoose(sort, keys)));
        }
        Terminal terminal = program.terminal();
        String wanted = word.toLowerCase(Locale.ROOT);
        List<ModelRow> rows = ModelRow.all().stream()
                .filter(row -> row.name().contains(wanted)
                        || row.family().title().toLowerCase(Locale.ROOT).contains(wanted))
                .filter(row -> !published || row.weights().isPresent())
                .sorted(ModelsOutput.ORDERS.get(sort))
                .toList();
        if (json) {
            terminal.result(Json.write(ModelsOutput.json(rows)));
        } else if (rows.isEmpty()) {
            throw new UsageException(Problem.of("cli.models.none", word));
        } else {
            terminal.result(ModelsOutput.table(rows, terminal));
            terminal.message(Text.of("cli.models.note"));
        }
        return 0;
    }
}
