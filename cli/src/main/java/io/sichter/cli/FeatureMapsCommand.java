package io.sichter.cli;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.evaluate.FeatureMaps;
import io.sichter.evaluate.Inspector;
import io.sichter.report.InsidePlots;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws what the layers of a network make of a picture. */
@Command(name = "feature-maps")
final class FeatureMapsCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Parameters(index = "0", paramLabel = "RUN", descriptionKey = "inspected")
    private String network = "";

    @Parameters(index = "1", paramLabel = "FILE", descriptionKey = "picture")
    private Path picture = Path.of("");

    @Option(names = "-o", paramLabel = "FOLDER", required = true, descriptionKey = "target")
    private Path target = Path.of("");

    @Option(names = "--layer", paramLabel = "NAME")
    private List<String> layers = List.of();

    @Mixin
    private InspectedOption inspected = new InspectedOption();

    @Option(names = "--json")
    private boolean json;

    FeatureMapsCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        boolean single = isDrawing(target);
        if (single && layers.size() != 1) {
            throw new UsageException(Problem.of("cli.maps.target", target, layers.size()));
        }
        Terminal terminal = program.terminal();
        List<Map<String, Object>> drawn = new ArrayList<>();
        try (Inspector inspector = inspected.open(network, terminal)) {
            Inspector.Prepared prepared = inspector.prepared(picture);
            int number = 0;
            for (FeatureMaps maps : inspector.featureMaps(picture, layers)) {
                number++;
                Path file = single ? target : target.resolve(name(number, maps));
                new InsidePlots(terminal.language()).featureMaps(maps, prepared, file);
                Map<String, Object> object = new LinkedHashMap<>();
                object.put("file", file.toString());
                object.put("layer", maps.layer());
                object.put("maps", maps.count());
                object.put("height", maps.height());
                object.put("width", maps.width());
                drawn.add(object);
            }
        }
        terminal.result(
                json
                        ? Json.write(Map.of("drawings", drawn))
                        : String.join(
                                "\n",
                                drawn.stream()
                                        .map(object -> String.valueOf(object.get("file")))
                                        .toList()));
        return 0;
    }

    private static boolean isDrawing(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".png") || name.endsWith(".svg");
    }

    private static String name(int number, FeatureMaps maps) {
        return String.format(Locale.ROOT, "%02d-%s.png", number, maps.layer());
    }
}
