package io.sichter.search;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.ConfigWriter;
import io.sichter.config.RunConfig;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is compared.
 *
 * @param base the configuration that all have in common; its seed is the first, its {@code run_name} that of the folder
 * @param variations keys with the values that compete, each combination of which is a rival
 * @param seeds how often each rival is trained, with the seeds that follow the first
 * @param tuneLr whether each rival gets a learning rate of its own, by a test before
 * @param start the weights they begin with
 */
public record ComparisonPlan(RunConfig base, List<Variation> variations, int seeds, boolean tuneLr, Start start) {
    private static final int MOST_SEEDS = 1000;
    private static final String LR = "optimizer.lr";
    private static final List<String> OTHER_BATCHES =
            List.of("loader.batch_size", "balance.", "data.", "classes", "model.image_size", "train.progressive");
    private static final List<String> OTHER_LOSSES = List.of("loss.", "mix.");

    /**
     * Checks everything that can be known before.
     *
     * @throws UsageException if something contradicts, or a rival's configuration is wrong
     */
    public ComparisonPlan {
        variations = List.copyOf(variations);
        Set<String> keys = new HashSet<>();
        for (Variation variation : variations) {
            if (!keys.add(variation.key())) {
                throw new UsageException(Problem.of("search.compare.twice", variation.key()));
            }
        }
        if (variations.isEmpty()) {
            throw new UsageException(Problem.of("search.compare.nothing"));
        }
        if (seeds < 1 || seeds > MOST_SEEDS) {
            throw new UsageException(Problem.of("search.compare.seeds", seeds, MOST_SEEDS));
        }
        for (String key : List.of("seed", "runs_dir", "run_name", "exist_ok", "format", "train.start")) {
            if (keys.contains(key)) {
                throw new UsageException(Problem.of("search.compare.key", key));
            }
        }
        if (tuneLr && keys.contains(LR)) {
            throw new UsageException(Problem.of("search.compare.lr_twice"));
        }
        if (base.existOk()) {
            throw new UsageException(Problem.of("search.exist_ok"));
        }
        if (!(start instanceof Start.Fresh) && base.train().hasStart()) {
            throw new UsageException(
                    Problem.of("search.compare.start_twice", base.train().start()));
        }
        Rival.of(variations).forEach(rival -> rival.over(base));
    }

    /** Reads {@code --warm-start} or {@code --start}, of which at most one may be said; null for neither. */
    public static Start start(
            @org.jspecify.annotations.Nullable String warm,
            java.nio.file.@org.jspecify.annotations.Nullable Path from) {
        if (warm != null && from != null) {
            throw new UsageException(Problem.of("search.compare.two_starts", warm, from));
        }
        if (warm != null) {
            return Start.warm(warm);
        }
        return from == null ? new Start.Fresh() : new Start.From(from);
    }

    List<Rival> rivals() {
        return Rival.of(variations);
    }

    boolean varies(List<String> beginnings) {
        return variations.stream().anyMatch(v -> beginnings.stream().anyMatch(v.key()::startsWith));
    }

    /** The name of the folder where none is given. */
    String usualName() {
        return "compare-"
                + variations.stream()
                        .map(v -> v.key().replaceAll("\\.name$", "").replaceAll("^.*\\.", ""))
                        .collect(Collectors.joining("-"))
                        .replaceAll("[^A-Za-z0-9._-]+", "-");
    }

    /** What all runs of the folder have in common. */
    SearchFolder.Question question() {
        RunConfig anywhere = with(base, "run_name", "auto", "runs_dir", "runs", "seed", "0");
        String keys = variations.stream().map(Variation::key).sorted().collect(Collectors.joining(","));
        return new SearchFolder.Question(
                "comparison", ConfigWriter.write(anywhere) + keys + "\n" + start + "\n" + tuneLr);
    }

    /** What a person should know before it begins. */
    List<Text> advice() {
        List<Text> advice = new ArrayList<>();
        if (varies(List.of("optimizer.name")) && !tuneLr && !varies(List.of(LR))) {
            advice.add(Text.of("search.compare.one_rate", base.optimizer().lr()));
        }
        if (varies(OTHER_BATCHES)) {
            advice.add(Text.of("search.compare.other_batches"));
        }
        if (varies(OTHER_LOSSES)) {
            advice.add(Text.of("search.compare.other_losses"));
        }
        if (varies(List.of("model.name", "model.stem", "model.channels"))) {
            if (start instanceof Start.From) {
                throw new UsageException(Problem.of("search.compare.start_models"));
            }
            advice.add(Text.of("search.compare.other_networks"));
        }
        return advice;
    }

    static RunConfig with(RunConfig config, String... keysAndValues) {
        List<ConfigLayer> layers = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            layers.add(new ConfigLayer.Setting("compare", keysAndValues[i], keysAndValues[i + 1]));
        }
        return ConfigReader.resolve(config, layers);
    }
}
