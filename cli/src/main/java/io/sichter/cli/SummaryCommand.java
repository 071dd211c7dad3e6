package io.sichter.cli;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.model.ModelOptions;
import io.sichter.model.ModelSummary;
import io.sichter.model.Models;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the layers of a network. */
@Command(name = "summary")
final class SummaryCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Parameters(paramLabel = "MODEL", descriptionKey = "model")
    private String model = "";

    @Option(names = "--classes", paramLabel = "N")
    private int classes = 1000;

    @Option(names = "--image-size", paramLabel = "N")
    private int imageSize = 224;

    @Option(names = "--json")
    private boolean json;

    SummaryCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        requireWithin("--classes", classes, 1_000_000);
        requireWithin("--image-size", imageSize, 4096);
        ModelSummary summary = Models.summary(model, new ModelOptions(classes, 3, imageSize));
        program.terminal()
                .result(
                        json
                                ? Json.write(summary)
                                : summary.table(program.terminal().language()).stripTrailing());
        return 0;
    }

    private static void requireWithin(String option, int value, int max) {
        if (value < 1 || value > max) {
            throw new UsageException(Problem.of("cli.within", option, value, max));
        }
    }
}
