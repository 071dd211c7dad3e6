package io.sichter.bench;

import io.sichter.bench.Comparison.Better;
import io.sichter.bench.Comparison.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Runs two or more measurements A B A B ... so that both see the same machine: figures of one-shot runs vary by a third
 * where neighbours share the cores, ratios within a round much less.
 *
 * <pre>{@code
 * Comparison result = Interleaved.of("training step", "img/s", Better.HIGHER)
 *         .side("ours", ours::imagesPerSecond)
 *         .side("theirs", theirs::imagesPerSecond)
 *         .target("theirs", 1.1)
 *         .run();
 * }</pre>
 */
public final class Interleaved {
    /** Fewer rounds give no spread worth printing. */
    public static final int LEAST_ROUNDS = 5;

    /** Gives one figure in the comparison's unit. */
    @FunctionalInterface
    public interface Measurement {
        /** Does the work once and gives its figure. */
        double measure() throws Exception;
    }

    private final String title;
    private final String unit;
    private final Better better;
    private final Map<String, Measurement> sides = new LinkedHashMap<>();
    private final Map<String, Double> targets = new TreeMap<>();
    private final Map<String, Double> limits = new TreeMap<>();
    private int warmUp = 1;
    private int rounds = LEAST_ROUNDS;
    private Duration pause = Duration.ofMillis(300);
    private Consumer<String> progress = line -> {};

    private Interleaved(String title, String unit, Better better) {
        this.title = title;
        this.unit = unit;
        this.better = better;
    }

    /** A comparison without sides yet. */
    public static Interleaved of(String title, String unit, Better better) {
        return new Interleaved(title, unit, better);
    }

    /** Adds a side; the first one added is the one that ratios are about. */
    public Interleaved side(String name, Measurement measurement) {
        if (sides.putIfAbsent(name, measurement) != null) {
            throw new IllegalArgumentException("Two sides called " + name);
        }
        return this;
    }

    /** Asks that the first side be at least {@code ratio} times better than the named one. */
    public Interleaved target(String other, double ratio) {
        targets.put(other, ratio);
        return this;
    }

    /** Asks that a side's median be no worse than {@code figure}. */
    public Interleaved limit(String name, double figure) {
        limits.put(name, figure);
        return this;
    }

    /** Rounds before the first that counts; 1 unless told. */
    public Interleaved warmUp(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("Warm-up rounds: received " + count + ", expected 0 or more");
        }
        warmUp = count;
        return this;
    }

    /** Rounds that count, at least {@value #LEAST_ROUNDS}. */
    public Interleaved rounds(int count) {
        if (count < LEAST_ROUNDS) {
            throw new IllegalArgumentException("Rounds: received " + count + ", expected at least " + LEAST_ROUNDS);
        }
        rounds = count;
        return this;
    }

    /** One round, to see whether all sides run: it gives no figure worth keeping. */
    public Interleaved trial() {
        rounds = 1;
        return this;
    }

    /**
     * Rest before each measurement; 300 ms unless told, because the worker threads of an OpenMP runtime may spin for 200
     * ms after their work, on the cores that the next side needs.
     */
    public Interleaved pause(Duration duration) {
        pause = duration;
        return this;
    }

    /** Told about every figure as it comes. */
    public Interleaved progress(Consumer<String> listener) {
        progress = listener;
        return this;
    }

    /** Runs all rounds. What a measurement throws ends the run. */
    public Comparison run() throws Exception {
        if (sides.isEmpty()
                || !sides.keySet().containsAll(targets.keySet())
                || !sides.keySet().containsAll(limits.keySet())) {
            throw new IllegalStateException("Sides " + sides.keySet() + " do not fit the targets " + targets.keySet()
                    + " and limits " + limits.keySet());
        }
        Map<String, List<Double>> figures = new LinkedHashMap<>();
        for (int round = -warmUp; round < rounds; round++) {
            for (Map.Entry<String, Measurement> side : sides.entrySet()) {
                Thread.sleep(pause.toMillis());
                double figure = side.getValue().measure();
                boolean counts = round >= 0;
                progress.accept((counts ? "round " + (round + 1) + "/" + rounds : "warm-up") + "  " + side.getKey()
                        + "  " + figure + " " + unit);
                if (counts) {
                    figures.computeIfAbsent(side.getKey(), name -> new ArrayList<>())
                            .add(figure);
                }
            }
        }
        List<Side> results = new ArrayList<>();
        figures.forEach((name, values) -> results.add(new Side(name, values)));
        return new Comparison(title, unit, better, results, targets, limits);
    }
}
