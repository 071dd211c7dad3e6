package io.sichter.model;

import io.sichter.config.LayerSpec;
import io.sichter.nn.Activation;
import io.sichter.nn.AdaptiveAvgPool2d;
import io.sichter.nn.AvgPool2d;
import io.sichter.nn.BatchNorm2d;
import io.sichter.nn.Chain;
import io.sichter.nn.Conv2d;
import io.sichter.nn.Dropout;
import io.sichter.nn.Flatten;
import io.sichter.nn.Layer;
import io.sichter.nn.Linear;
import io.sichter.nn.MaxPool2d;
import io.sichter.nn.Residual;
import io.sichter.nn.Window;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A kind of layer that a network of one's own may have.
 *
 * @param parameters names of those it takes besides {@code name}
 * @param place what it works on
 * @param maker finds the shape of its output and how it is built
 */
record LayerKind(List<String> parameters, Place place, Maker maker) {
    /** All of them by the words of the configuration. */
    static final Map<String, LayerKind> ALL = all();

    /** What a layer works on. */
    enum Place {
        MAPS,
        ROW,
        ANY
    }

    /** A layer that fits. */
    record Made(Flow output, Supplier<? extends Layer> maker) {}

    /** Plans layers inside a layer, of which {@code part} is the name. */
    @FunctionalInterface
    interface Inner {
        List<PlannedLayer> plan(List<LayerSpec> specs, Flow input, String part);
    }

    /** Makes a layer of a kind from its parameters. */
    @FunctionalInterface
    interface Maker {
        Made make(LayerParameters parameters, Flow input, Inner inner);
    }

    private static Map<String, LayerKind> all() {
        Map<String, LayerKind> all = new TreeMap<>();
        all.put(
                "conv",
                maps(
                        (p, input, inner) -> conv(p, input),
                        "out",
                        "kernel",
                        "stride",
                        "padding",
                        "groups",
                        "bias",
                        "in"));
        all.put(
                "max_pool",
                maps((p, input, inner) -> maxPool(p, input), LayerSpec.VALUE, "kernel", "stride", "padding"));
        all.put("avg_pool", maps((p, input, inner) -> avgPool(p, input), LayerSpec.VALUE, "kernel"));
        all.put(
                "adaptive_avg_pool",
                maps(
                        (p, input, inner) -> {
                            long size = p.whole(p.has("size") ? "size" : LayerSpec.VALUE, 1, 1);
                            return new Made(new Flow(input.channels(), size), () -> new AdaptiveAvgPool2d(size));
                        },
                        LayerSpec.VALUE,
                        "size"));
        all.put("batch_norm", maps((p, input, inner) -> batchNorm(p, input), "eps", "momentum"));
        all.put(
                "flatten",
                new LayerKind(
                        List.of(), Place.ANY, (p, input, inner) -> new Made(Flow.row(input.values()), Flatten::new)));
        all.put("dropout", new LayerKind(List.of(LayerSpec.VALUE, "p"), Place.ANY, (p, input, inner) -> {
            double share = p.share(p.has("p") ? "p" : LayerSpec.VALUE, 0.5);
            return new Made(input, () -> new Dropout(share));
        }));
        all.put("linear", new LayerKind(List.of(LayerSpec.VALUE, "out", "in"), Place.ROW, (p, input, inner) -> {
            long out = p.whole(p.has(LayerSpec.VALUE) ? LayerSpec.VALUE : "out", 1);
            return new Made(Flow.row(out), () -> Linear.of(input.channels(), out));
        }));
        all.put("residual", maps(LayerKind::residual, LayerSpec.BODY, LayerSpec.SHORTCUT));
        for (Activation activation : Activation.values()) {
            all.put(
                    activation.name().toLowerCase(Locale.ROOT),
                    new LayerKind(List.of(), Place.ANY, (p, input, inner) -> new Made(input, activation::layer)));
        }
        return Collections.unmodifiableMap(all);
    }

    private static LayerKind maps(Maker maker, String... parameters) {
        return new LayerKind(List.of(parameters), Place.MAPS, maker);
    }

    private static Made conv(LayerParameters p, Flow input) {
        long out = p.whole("out", 1);
        long kernel = p.whole("kernel", 1);
        long groups = p.whole("groups", 1, 1);
        boolean bias = p.flag("bias", true);
        if (input.channels() % groups != 0 || out % groups != 0) {
            throw p.problem("layers.groups", groups, input.channels(), out);
        }
        Window window = new Window(kernel, p.whole("stride", 1, 1), p.whole("padding", 0, 0), Window.Rounding.DOWN);
        return new Made(
                shrunk(p, input, out, window),
                () -> Conv2d.grouped(input.channels(), out, kernel, window.stride(), window.padding(), groups, bias));
    }

    private static Made maxPool(LayerParameters p, Flow input) {
        long kernel = p.whole(p.has("kernel") ? "kernel" : LayerSpec.VALUE, 2, 1);
        Window window =
                new Window(kernel, p.whole("stride", kernel, 1), p.whole("padding", 0, 0), Window.Rounding.DOWN);
        if (2 * window.padding() > kernel) {
            throw p.problem("layers.padding", window.padding(), kernel);
        }
        return new Made(
                shrunk(p, input, input.channels(), window),
                () -> new MaxPool2d(kernel, window.stride(), window.padding()));
    }

    private static Made avgPool(LayerParameters p, Flow input) {
        long kernel = p.whole(p.has("kernel") ? "kernel" : LayerSpec.VALUE, 2, 1);
        Window window = new Window(kernel, kernel, 0, Window.Rounding.UP);
        return new Made(shrunk(p, input, input.channels(), window), () -> new AvgPool2d(kernel));
    }

    private static Flow shrunk(LayerParameters p, Flow input, long channels, Window window) {
        long side = window.places(input.side());
        if (side < 1) {
            throw p.problem("layers.too_small", input.side(), window.arithmetic(input.side()), window.kernel());
        }
        return new Flow(channels, side);
    }

    private static Made batchNorm(LayerParameters p, Flow input) {
        BatchNorm2d.Constants constants = new BatchNorm2d.Constants(
                p.small("eps", BatchNorm2d.PYTORCH.eps()), p.small("momentum", BatchNorm2d.PYTORCH.momentum()));
        return new Made(input, () -> BatchNorm2d.of(input.channels(), constants));
    }

    private static Made residual(LayerParameters p, Flow input, Inner inner) {
        List<LayerSpec> specs = p.layers(LayerSpec.BODY);
        if (specs.isEmpty()) {
            throw p.problem("layers.no_body");
        }
        List<PlannedLayer> body = inner.plan(specs, input, LayerSpec.BODY);
        List<PlannedLayer> shortcut = inner.plan(p.layers(LayerSpec.SHORTCUT), input, LayerSpec.SHORTCUT);
        Flow output = body.get(body.size() - 1).output();
        Flow around =
                shortcut.isEmpty() ? input : shortcut.get(shortcut.size() - 1).output();
        if (!output.equals(around)) {
            throw p.problem("layers.residual", output, around);
        }
        return new Made(output, () -> new Residual(chain(body), chain(shortcut)));
    }

    private static Chain chain(List<PlannedLayer> planned) {
        List<Layer> layers =
                planned.stream().map(layer -> (Layer) layer.maker().get()).toList();
        return new Chain(planned.stream().map(PlannedLayer::name).toList(), layers);
    }
}
