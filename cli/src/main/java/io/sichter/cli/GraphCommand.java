package io.sichter.cli;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.model.NetworkGraph;
import io.sichter.report.InsidePlots;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws a network as boxes and arrows. */
@Command(name = "graph")
final class GraphCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Parameters(paramLabel = "MODEL", descriptionKey = "network")
    private String network = "";

    @Option(names = "-o", paramLabel = "FILE", required = true, descriptionKey = "drawing")
    private Path file = Path.of("");

    @Option(names = "--depth", paramLabel = "N")
    private @Nullable Integer depth;

    @Mixin
    private NetworkOption networks = new NetworkOption();

    @Option(names = "--json")
    private boolean json;

    GraphCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        if (depth != null && (depth < 0 || depth > 20)) {
            throw new UsageException(Problem.of("cli.graph.depth", depth));
        }
        Terminal terminal = program.terminal();
        NetworkGraph graph = networks.find(network, terminal).graph();
        OptionalInt opened = depth == null ? OptionalInt.empty() : OptionalInt.of(depth);
        InsidePlots.DrawnGraph drawn = new InsidePlots(terminal.language()).graph(graph, opened, file);
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("file", drawn.file().toString());
            object.put("depth", drawn.depth());
            object.put("boxes", drawn.boxes());
            object.put("graph", graph);
            terminal.result(Json.write(object));
        } else {
            terminal.message(Text.of("cli.graph.drawn", drawn.boxes(), drawn.depth()));
            terminal.result(drawn.file().toString());
        }
        return 0;
    }
}
