package io.sichter.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.model.ModelOptions;
import io.sichter.model.Models;
import io.sichter.model.NetworkGraph;
import io.sichter.model.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphChartTest {
    @TempDir
    private Path folder = Path.of("");

    private static NetworkGraph graph(String name) {
        return Models.graph(name, new ModelOptions(10, 3, 64));
    }

    private static List<GraphBoxes.Box> sums(GraphBoxes view) {
        return view.boxes().stream()
                .filter(box -> box.block().isEmpty() && box.first().type().equals("+"))
                .toList();
    }

    @Test
    void theShortcutsOfResnet18AreSeen() {
        GraphBoxes view = GraphBoxes.of(graph("resnet18"), OptionalInt.empty());

        assertThat(view.depth()).isEqualTo(3);
        assertThat(sums(view)).hasSize(8).allSatisfy(box -> {
            int place = view.boxes().indexOf(box);
            assertThat(view.arrows().stream().filter(arrow -> arrow.to() == place))
                    .hasSize(2);
            assertThat(box.last().type()).isEqualTo("ReLU"); // what follows at the same size stands in the same box
        });
        assertThat(view.frames()).contains("layer1", "layer1.0", "layer4.1").doesNotContain("layer2.0.downsample");
        assertThat(view.arrows().stream().map(GraphBoxes.Arrow::size))
                .contains("64 x 16 x 16", "512 x 2 x 2", "512 x 1 x 1");
    }

    @Test
    void blocksAreClosedFromTheInside() {
        NetworkGraph graph = graph("resnet18");
        List<Integer> boxes = IntStream.range(0, 4)
                .mapToObj(depth ->
                        GraphBoxes.of(graph, OptionalInt.of(depth)).boxes().size())
                .toList();

        assertThat(boxes.get(0)).isLessThan(boxes.get(1));
        assertThat(boxes.get(1)).isLessThan(boxes.get(2));
        GraphBoxes closed = GraphBoxes.of(graph, OptionalInt.of(1));
        assertThat(sums(closed)).isEmpty();
        assertThat(closed.boxes().stream().filter(GraphBoxes.Box::hasShortcut)).hasSize(8);
        long operations = closed.boxes().stream()
                .mapToLong(box -> box.operations().size())
                .sum();
        assertThat(operations).isEqualTo(graph.operations().size()); // nothing is left out
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "simple_cnn",
                "mobilenet_v2",
                "squeezenet1_1",
                "efficientnet_b0",
                "convnext_tiny",
                "vit_tiny_patch16_224",
                "resnet50v2"
            })
    void everyFamilyHasAGraphThatHangsTogether(String name) {
        NetworkGraph graph = graph(name);
        List<Operation> operations = graph.operations();

        assertThat(operations.get(0).type()).isEqualTo(Operation.INPUT);
        assertThat(operations.get(operations.size() - 1).shape().get(0)).isEqualTo(10);
        assertThat(operations.stream().skip(1))
                .allSatisfy(operation ->
                        assertThat(operation.inputs()).isNotEmpty().allMatch(input -> input < operation.id()));
        List<Integer> used =
                operations.stream().flatMap(o -> o.inputs().stream()).distinct().toList();
        assertThat(used).hasSize(operations.size() - 1); // all but the scores
        assertThat(graph.multiplyAdds())
                .isEqualTo(Models.summary(name, new ModelOptions(10, 3, 64)).multiplyAdds());
    }

    @Test
    void boxesLieApartAndArrowsGoDown() {
        GraphChart chart = new GraphChart(graph("resnet18"), OptionalInt.of(12), Locale.ENGLISH);
        GraphLayout layout = chart.layout();
        for (int i = 0; i < chart.boxes(); i++) {
            for (int k = 0; k < i; k++) {
                assertThat(layout.box(i).intersects(layout.box(k)))
                        .as(i + " " + k)
                        .isFalse();
            }
            assertThat(layout.box(i).getMinX()).isNotNegative();
            assertThat(layout.box(i).getMaxY()).isLessThanOrEqualTo(layout.height());
        }
        List<GraphBoxes.Arrow> arrows =
                GraphBoxes.of(graph("resnet18"), OptionalInt.of(12)).arrows();
        for (int i = 0; i < arrows.size(); i++) {
            GraphLayout.Route route = layout.route(i);
            double below = layout.box(arrows.get(i).from()).getMaxY();
            assertThat(route.label().getMinY()).isGreaterThan(below);
            assertThat(route.points().get(0).getY())
                    .isEqualTo(layout.box(arrows.get(i).from()).getMaxY());
            assertThat(route.points().get(route.points().size() - 1).getY())
                    .isEqualTo(layout.box(arrows.get(i).to()).getMinY());
        }
    }

    @Test
    void aGraphIsWrittenAsSvgAndAsPng() throws Exception {
        NetworkGraph graph = graph("simple_cnn");
        InsidePlots plots = new InsidePlots(Locale.GERMAN);
        for (String ending : List.of("svg", "png")) {
            Path file = folder.resolve("deep/graph." + ending);
            assertThat(plots.graph(graph, OptionalInt.empty(), file).boxes()).isEqualTo(9);
            assertThat(file).isNotEmptyFile();
        }
        assertThat(Files.readString(folder.resolve("deep/graph.svg"))).doesNotContain("<text");
        assertThatThrownBy(() -> plots.graph(graph, OptionalInt.empty(), folder.resolve("graph.pdf")))
                .hasMessageContaining("graph.pdf");
    }
}
