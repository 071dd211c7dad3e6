package io.sichter.model;

import io.sichter.nn.ForwardTrace;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

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
 */
public record ModelSummary(
        String architecture,
        List<Row> rows,
        long parameters,
        long trainable,
        double inputMb,
        double forwardBackwardMb,
        double parametersMb) {
    private static final String LINE = "-".repeat(64);
    private static final double MB = 1024.0 * 1024.0;

    /**
     * One layer.
     *
     * @param layer its class and its number in the table, from 1: {@code Conv2d-1}
     * @param outputShape with -1 for the batch
     * @param parameters values in its own parameters
     */
    public record Row(String layer, List<Long> outputShape, long parameters) {
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
        boolean training = model.is_training();
        model.eval();
        List<Row> rows = new ArrayList<>();
        double outputs = 0;
        long input = (long) options.channels() * options.imageSize() * options.imageSize();
        for (ForwardTrace.Entry entry : trace(model, options)) {
            List<Long> shape = new ArrayList<>(entry.outputShape());
            outputs += shape.stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b);
            shape.set(0, -1L);
            rows.add(new Row(entry.type() + "-" + (rows.size() + 1), shape, entry.parameters()));
        }
        model.train(training);
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
                parameters * 4 / MB);
    }

    private static List<ForwardTrace.Entry> trace(Classifier model, ModelOptions options) {
        return NoGrad.call(() -> Scope.call(() -> {
            try (ForwardTrace trace = ForwardTrace.open()) {
                model.forward(
                        new ModelInput(torch.zeros(1, options.channels(), options.imageSize(), options.imageSize())));
                return trace.entries();
            }
        }));
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
