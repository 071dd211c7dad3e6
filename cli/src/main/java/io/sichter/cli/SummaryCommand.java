package io.sichter.cli;

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

    @Parameters(paramLabel = "MODEL", description = "Architecture: resnet18, simple_cnn.")
    private String model = "";

    @Option(names = "--classes", paramLabel = "N", description = "Outputs (default: ${DEFAULT-VALUE}).")
    private int classes = 1000;

    @Option(
            names = "--image-size",
            paramLabel = "N",
            description = "Height and width of the input, in pixels (default: ${DEFAULT-VALUE}).")
    private int imageSize = 224;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    SummaryCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        requireWithin("--classes", classes, 1_000_000);
        requireWithin("--image-size", imageSize, 4096);
        ModelSummary summary = Models.summary(model, new ModelOptions(classes, 3, imageSize));
        program.terminal().result(json ? Json.write(summary) : summary.table().stripTrailing());
        return 0;
    }

    private static void requireWithin(String option, int value, int max) {
        if (value < 1 || value > max) {
            throw new UsageException(
                    option + " is out of range",
                    Integer.toString(value),
                    "a whole number, 1 to " + max,
                    "Change the value of " + option);
        }
    }
}
