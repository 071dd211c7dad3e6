package io.sichter.cli;

import io.sichter.config.ConfigLayer;
import io.sichter.config.RunConfig;
import io.sichter.error.UsageException;
import io.sichter.train.TrainResult;
import io.sichter.train.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains a network on a folder of pictures. */
@Command(
        name = "train",
        customSynopsis = "sichter train DATA [OPTIONS] [key=value ...]",
        footer = {
            "DATA is root/{train,val[,test]}/<class>/* or root/<class>/*, which is split for you.",
            "Every key of the configuration can be set; sichter config prints them all.",
            "Example: sichter train photos --model resnet18 --epochs 5 --image-size 128 optimizer.weight_decay=0.05"
        })
final class TrainCommand implements Callable<Integer> {
    /** A key of the configuration before the first equals sign; a folder of such a name is written {@code ./a=b}. */
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*=.*", Pattern.DOTALL);

    private final SichterCommand program;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Parameters(
            arity = "0..*",
            paramLabel = "DATA|key=value",
            description = "The folder of pictures, and settings such as optimizer.lr=3e-4.")
    private List<String> arguments = List.of();

    TrainCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        RunConfig config = options.resolve(layers(arguments));
        if (config.data().path().isEmpty()) {
            throw new UsageException(
                    "No pictures were named",
                    "no DATA",
                    "a folder root/{train,val}/<class>/* or root/<class>/*",
                    "Name it: sichter train DATA, or set data.path in the configuration");
        }
        Terminal terminal = program.terminal();
        boolean verbose = program.verbose();
        TrainProgress progress = new TrainProgress(terminal, verbose, System::nanoTime);
        try (StopOnSignal signals = new StopOnSignal(terminal)) {
            TrainResult result = Training.start(config, signals.stop(), List.of(progress));
            TrainOutput.print(terminal, result, progress, json);
        }
        return 0;
    }

    private static List<ConfigLayer> layers(List<String> arguments) {
        List<ConfigLayer> layers = new ArrayList<>();
        String data = null;
        for (String argument : arguments) {
            if (ASSIGNMENT.matcher(argument).matches()) {
                layers.add(ConfigLayer.assignment(argument));
            } else if (data == null) {
                data = argument;
                layers.add(new ConfigLayer.Setting("DATA", "data.path", argument));
            } else {
                throw new UsageException(
                        "Two folders of pictures were named",
                        data + " and " + argument,
                        "one DATA, and settings like key=value",
                        Files.exists(Path.of(argument))
                                ? "Put all pictures below one folder"
                                : "Write a setting with its value: " + argument + "=...");
            }
        }
        return layers;
    }
}
