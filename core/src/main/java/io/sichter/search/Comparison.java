package io.sichter.search;

import io.sichter.config.RunConfig;
import io.sichter.event.TrainEvent;
import io.sichter.run.CheckpointStore;
import io.sichter.run.Epilogue;
import io.sichter.run.RunDirectory;
import io.sichter.schedule.LrSuggestion;
import io.sichter.text.Text;
import io.sichter.train.LrFinder;
import io.sichter.train.StopSignal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Trains rivals that differ in some keys and in nothing else: the same seed draws the same first weights and, where the
 * keys leave that possible, the same batches. Every training is a run like any other, in one folder with {@code
 * comparison.csv}, {@code comparison.json} and {@code losses.csv}; asked again, it goes on where it stopped.
 */
public final class Comparison {
    /** Rates that are tried where each rival gets its own. */
    private static final LrFinder.Range RATES = new LrFinder.Range(1e-7, 10, 100);

    private final ComparisonPlan plan;
    private final StopSignal stop;
    private final SearchListener listener;
    private final Epilogue epilogue;
    private int begun;

    /**
     * Prepares it; nothing is written.
     *
     * @param stop asks it to stop; what is finished stays
     * @param epilogue what is done with each run at its end
     */
    public Comparison(ComparisonPlan plan, StopSignal stop, SearchListener listener, Epilogue epilogue) {
        this.plan = plan;
        this.stop = stop;
        this.listener = listener;
        this.epilogue = epilogue;
    }

    /**
     * Trains what is not trained yet, and compares.
     *
     * @throws io.sichter.error.RunInterruptedException if it was asked to stop
     * @throws io.sichter.error.SichterException if a run fails
     */
    public ComparisonResult run() {
        long begin = System.nanoTime();
        plan.advice().forEach(text -> listener.on(new TrainEvent.Advice(text)));
        Path parent = Path.of(plan.base().runsDir());
        try (SearchFolder folder =
                SearchFolder.open(parent, plan.base().runName(), plan.usualName(), plan.question())) {
            Map<Rival, String> slugs = slugs();
            Map<Rival, List<RunDirectory>> runs = new HashMap<>();
            for (int i = 0; i < plan.seeds(); i++) {
                long seed = plan.base().seed() + i;
                for (Rival rival : plan.rivals()) {
                    String name = slugs.get(rival) + "-s" + seed;
                    complete(folder, rival, name, seed);
                    runs.computeIfAbsent(rival, r -> new ArrayList<>()).add(folder.run(name));
                }
            }
            ComparisonResult result = ComparisonResult.of(plan, folder.path(), runs, (System.nanoTime() - begin) / 1e9);
            ComparisonFiles.write(result, runs);
            return result;
        }
    }

    private void complete(SearchFolder folder, Rival rival, String name, long seed) {
        int runs = plan.rivals().size() * plan.seeds();
        begun++;
        if (folder.isFinished(name)) {
            listener.begins(name, begun, runs, true);
            folder.complete(name, rival.text(), plan.base(), stop, List.of(listener), epilogue);
            return;
        }
        RunConfig config = ComparisonPlan.with(rival.over(plan.base()), "seed", Long.toString(seed));
        config = started(folder, rival, config);
        if (plan.tuneLr()) {
            config = tuned(folder, rival, config);
        }
        listener.begins(name, begun, runs, false);
        folder.complete(name, rival.text(), config, stop, List.of(listener), epilogue);
    }

    /** The configuration with the weights to begin with; a short training before is made where it lacks. */
    private RunConfig started(SearchFolder folder, Rival rival, RunConfig config) {
        if (plan.start() instanceof Start.From from) {
            return ComparisonPlan.with(config, "train.start", from.path().toString());
        }
        if (!(plan.start() instanceof Start.Warm warm)) {
            return config;
        }
        // Only what the network and the pictures are is the rival's own: the rest is the same for all of them.
        Rival network = new Rival(rival.settings().entrySet().stream()
                .filter(e -> e.getKey().startsWith("model.") || e.getKey().startsWith("data."))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        String name = "warm-" + (network.settings().isEmpty() ? "" : network.slug() + "-") + "s" + config.seed();
        RunConfig before = ComparisonPlan.with(
                network.over(plan.base()),
                "seed",
                Long.toString(config.seed()),
                "optimizer.name",
                warm.optimizer(),
                "optimizer.lr",
                Double.toString(
                        warm.lr() > 0 ? warm.lr() : plan.base().optimizer().lr()),
                "schedule.name",
                "constant",
                "schedule.warmup_epochs",
                "0",
                "train.epochs",
                Integer.toString(warm.epochs()),
                "train.progressive",
                "[]",
                "train.average_last",
                "0");
        folder.complete(name, network.text(), before, stop, List.of(listener), Epilogue.none());
        Path checkpoint = new CheckpointStore(folder.run(name)).newest().path();
        return ComparisonPlan.with(config, "train.start", checkpoint.toString());
    }

    /** The configuration with the learning rate that a test with this rival suggests, once for all its seeds. */
    private RunConfig tuned(SearchFolder folder, Rival rival, RunConfig config) {
        String known = "lr of " + rival.text();
        double lr = folder.known(known);
        if (Double.isNaN(lr)) {
            LrSuggestion suggestion = new LrFinder(config, RATES)
                    .run(stop, listener, (done, planned) -> {})
                    .suggestion();
            lr = rounded(suggestion.valley().orElse(config.optimizer().lr()));
            Text found = suggestion.valley().isPresent()
                    ? Text.of("search.compare.tuned", rival.name(), lr)
                    : Text.of("search.compare.not_tuned", rival.name(), lr);
            listener.on(new TrainEvent.Advice(found));
            folder.keep(known, lr);
        }
        return ComparisonPlan.with(config, "optimizer.lr", Double.toString(lr));
    }

    /** A test tells a rate to two digits at most. */
    private static double rounded(double lr) {
        return new BigDecimal(lr).round(new MathContext(2)).doubleValue();
    }

    /** A name of its own for each rival. */
    private Map<Rival, String> slugs() {
        Map<Rival, String> slugs = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (Rival rival : plan.rivals()) {
            String slug = rival.slug();
            for (int n = 2; !taken.add(slug); n++) {
                slug = rival.slug() + "-" + n;
            }
            slugs.put(rival, slug);
        }
        return slugs;
    }
}
