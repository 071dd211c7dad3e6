package io.sichter.model;

import io.sichter.nn.NamedSequential;
import io.sichter.nn.Sequential;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Layers, shapes, parameters and megabytes of a network, counted as the Python package torchsummary counts them: in a
 * forward pass over one picture, one row for every layer that was computed, four bytes per value, forward and backward
 * pass together twice the outputs of all rows. A megabyte is 1024 * 1024 bytes.
 *
 * @param architecture registered name
 * @param rows in the order in which layers finish
 * @param parameters values in all parameters
 * @param trainable those among them that are trained
 * @param inputMb megabytes of the picture
 * @param forwardBackwardMb megabytes of all rows' outputs and their gradients
 * @param parametersMb megabytes of the parameters
 * @param multiplyAdds multiplications with their additions (MACs) for one picture: convolutions, linear layers, attention
 * @param receptiveField the largest of all rows that is not the whole picture, pixels
 */
public record ModelSummary(
        String architecture,
        List<Row> rows,
        long parameters,
        long trainable,
        double inputMb,
        double forwardBackwardMb,
        double parametersMb,
        long multiplyAdds,
        long receptiveField) {
    private static final String LINE = "-".repeat(64);
    private static final double MB = 1024.0 * 1024.0;

    /**
     * One layer.
     *
     * @param layer its class and its number in the table, from 1: {@code Conv2d-1}
     * @param outputShape with -1 for the batch
     * @param parameters values in its own parameters
     * @param name as its parameters carry it, such as {@code layer1.0.conv1}
     * @param multiplyAdds multiplications with their additions for one picture, in the layer itself
     * @param receptiveField height and width in pixels of what one number of the output sees; null for all of the picture
     * @param arithmetic how the output's size comes from the input's, with the numbers filled in; empty where it stays
     */
    public record Row(
            String layer,
            List<Long> outputShape,
            long parameters,
            String name,
            long multiplyAdds,
            @Nullable Long receptiveField,
            String arithmetic) {
        /** Copies the shape. */
        public Row {
            outputShape = List.copyOf(outputShape);
        }
    }

    /** Copies the rows. */
    public ModelSummary {
        rows = List.copyOf(rows);
    }

    /** Builds nothing, changes nothing: runs a network once over one black picture in evaluation mode. */
    public static ModelSummary of(Classifier model, ModelOptions options) {
        List<Row> rows = new ArrayList<>();
        double outputs = 0;
        long input = (long) options.channels() * options.imageSize() * options.imageSize();
        GraphTracer tracer = GraphTracer.run(model, options);
        GraphBuilder built = GraphBuilder.of(tracer);
        for (GraphTracer.Call call : tracer.calls()) {
            if (call.layer() instanceof Sequential || call.layer() instanceof NamedSequential) {
                continue;
            }
            outputs += call.output().stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b);
            rows.add(row(rows.size() + 1, call, built.result(call)));
        }
        long parameters = model.state().parameterCount();
        long trainable = model.state().parameters().values().stream()
                .filter(Tensor::requires_grad)
                .mapToLong(Tensor::numel)
                .sum();
        return new ModelSummary(
                model.architecture(),
                rows,
                parameters,
                trainable,
                input * 4 / MB,
                2 * outputs * 4 / MB,
                parameters * 4 / MB,
                rows.stream().mapToLong(Row::multiplyAdds).sum(),
                rows.stream()
                        .map(Row::receptiveField)
                        .filter(Objects::nonNull)
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(0));
    }

    private static Row row(int number, GraphTracer.Call call, Operation result) {
        List<Long> shape = new ArrayList<>(call.output());
        shape.set(0, -1L);
        return new Row(
                call.layer().type() + "-" + number,
                shape,
                call.layer().ownParameters(),
                call.name(),
                call.layer().multiplyAdds(call.input(), call.output()),
                result.receptiveField(),
                result.name().equals(call.name()) ? result.arithmetic() : "");
    }

    /** The layer that holds more than half of all parameters, if there is one. */
    public Optional<Row> heaviest() {
        return rows.stream().filter(row -> 2 * row.parameters() > parameters).findFirst();
    }

    /** Megabytes of picture, outputs and parameters together. */
    public double totalMb() {
        return inputMb + forwardBackwardMb + parametersMb;
    }

    /** The table in the form of torchsummary, without a line break at the end. */
    public String table(Locale language) {
        String body = rows.stream()
                .map(row -> format("%20s  %25s %15s", row.layer(), row.outputShape(), grouped(row.parameters())))
                .collect(Collectors.joining("\n"));
        return String.join(
                "\n",
                LINE,
                format(
                        "%20s  %25s %15s",
                        Text.of("model.summary.layer").in(language),
                        Text.of("model.summary.shape").in(language),
                        Text.of("model.summary.params").in(language)),
                LINE.replace('-', '='),
                body,
                LINE.replace('-', '='),
                Text.of("model.summary.total", grouped(parameters)).in(language),
                Text.of("model.summary.trainable", grouped(trainable)).in(language),
                Text.of("model.summary.frozen", grouped(parameters - trainable)).in(language),
                LINE,
                Text.of("model.summary.input_mb", format("%.2f", inputMb)).in(language),
                Text.of("model.summary.pass_mb", format("%.2f", forwardBackwardMb))
                        .in(language),
                Text.of("model.summary.params_mb", format("%.2f", parametersMb)).in(language),
                Text.of("model.summary.total_mb", format("%.2f", totalMb())).in(language),
                LINE);
    }

    private static String grouped(long number) {
        return format("%,d", number);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
