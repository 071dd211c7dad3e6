package io.sichter.cli;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.evaluate.Filters;
import io.sichter.evaluate.Inspector;
import io.sichter.report.InsidePlots;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws the first filters of a network, and how its loss changes with them. */
@Command(name = "filters")
final class FiltersCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Parameters(paramLabel = "RUN", descriptionKey = "inspected")
    private String network = "";

    @Option(names = "-o", paramLabel = "FILE", required = true, descriptionKey = "drawing")
    private Path file = Path.of("");

    @Option(names = "--gradients", paramLabel = "PICTURES")
    private @Nullable Path gradients;

    @Option(names = "--class", paramLabel = "NAME")
    private @Nullable String label;

    @Mixin
    private InspectedOption inspected = new InspectedOption();

    @Option(names = "--json")
    private boolean json;

    FiltersCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        if (label != null && gradients == null) {
            throw new UsageException(Problem.of("cli.filters.class", label));
        }
        Terminal terminal = program.terminal();
        try (Inspector inspector = inspected.open(network, terminal)) {
            Filters filters = inspector.filters();
            Optional<Inspector.Gradients> found = Optional.ofNullable(gradients)
                    .map(pictures -> inspector.gradients(pictures, Optional.ofNullable(label)));
            new InsidePlots(terminal.language()).filters(filters, found, file);
            found.filter(some -> some.guessed() > 0)
                    .ifPresent(some -> terminal.message(Text.of("cli.note", Text.of("cli.filters.guessed"))));
            if (json) {
                terminal.result(Json.write(object(filters, found)));
            } else {
                terminal.result(file.toString());
            }
        }
        return 0;
    }

    private Map<String, Object> object(Filters filters, Optional<Inspector.Gradients> found) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", file.toString());
        object.put("filters", filters);
        found.ifPresent(some -> object.put("gradients", some));
        return object;
    }
}
