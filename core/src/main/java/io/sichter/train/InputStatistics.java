package io.sichter.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.Normalization;
import io.sichter.config.RunConfig;
import io.sichter.dataset.Sample;
import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.event.TrainEvent;
import io.sichter.event.TrainListener;
import io.sichter.run.RunDirectory;
import io.sichter.statistics.CachedStatistics;
import io.sichter.statistics.DatasetStatistics;
import io.sichter.statistics.StatisticsCache;
import io.sichter.storage.DurableFiles;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the pictures of a run are normalised, and why. From scratch a network is to see channels with mean 0 and standard
 * deviation 1, so {@code auto} takes the statistics of the training pictures; pretrained weights have learnt with other
 * numbers and need those.
 *
 * @param config the configuration with the numbers in it
 * @param asked what it said before
 * @param source where the numbers come from: {@code dataset}, {@code weights}, {@code imagenet}, {@code half}, {@code
 *     none} or {@code given}
 * @param dataset statistics of the training pictures, where they were needed
 */
record InputStatistics(RunConfig config, String asked, String source, Optional<DatasetStatistics> dataset) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final List<String> WORDS = List.of("imagenet", "half", "none");

    /**
     * Finds the numbers and says them aloud.
     *
     * @param train the training pictures; no others are looked at
     * @param ofWeights what pretrained weights have learnt with; empty from scratch
     */
    static InputStatistics resolve(
            RunConfig config, List<Sample> train, Optional<Normalization> ofWeights, TrainListener listener) {
        String asked = config.transforms().normalize();
        int channels = config.model().channels();
        Optional<Normalization> fixed = Normalization.fixed(asked, channels);
        InputStatistics result;
        if (fixed.isPresent()) {
            String source = WORDS.contains(asked) ? asked : "given";
            result = new InputStatistics(with(config, fixed.get()), asked, source, Optional.empty());
        } else if (asked.equals(Normalization.AUTO) && ofWeights.isPresent()) {
            result = new InputStatistics(with(config, ofWeights.get()), asked, "weights", Optional.empty());
        } else {
            DatasetStatistics statistics = CachedStatistics.asEvaluated(config, StatisticsCache.ofUser())
                    .of(train, (done, total) -> listener.on(new TrainEvent.StatisticsProgress(done, total)));
            Normalization own = normalization(statistics, listener);
            result = new InputStatistics(with(config, own), asked, "dataset", Optional.of(statistics));
        }
        Normalization chosen = result.normalization();
        listener.on(new TrainEvent.NormalizationChosen(result.source, chosen.mean(), chosen.std()));
        return result;
    }

    /** Where the numbers of a run come from, as {@code statistics.json} says. */
    static String source(RunDirectory run) {
        try {
            return JSON.readTree(DurableFiles.read(run.statistics()))
                    .path("normalize")
                    .path("source")
                    .asText();
        } catch (JsonProcessingException e) {
            throw new StorageException(Problem.of("statistics.damaged", run.statistics(), e.getOriginalMessage()), e);
        }
    }

    private Normalization normalization() {
        return config.transforms().normalization(config.model().channels());
    }

    /** A channel that is the same everywhere tells nothing; it is left as it is, minus its value. */
    private static Normalization normalization(DatasetStatistics statistics, TrainListener listener) {
        List<Double> std = new ArrayList<>();
        for (int c = 0; c < statistics.std().size(); c++) {
            boolean constant = !(statistics.std().get(c) > 0);
            if (constant) {
                listener.on(new TrainEvent.Advice(Text.of("normalize.constant_channel", c)));
            }
            std.add(constant ? 1.0 : statistics.std().get(c));
        }
        return new Normalization(statistics.mean(), std);
    }

    private static RunConfig with(RunConfig config, Normalization normalization) {
        return ConfigReader.resolve(
                config, List.of(new ConfigLayer.Setting("this run", "transforms.normalize", normalization.text())));
    }

    /** Writes {@code statistics.json}. */
    void write(RunDirectory run) {
        Map<String, Object> normalize = new LinkedHashMap<>();
        normalize.put("asked", asked);
        normalize.put("source", source);
        normalize.put("mean", normalization().mean());
        normalize.put("std", normalization().std());
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("format", 1);
        root.put("normalize", normalize);
        dataset.ifPresent(statistics -> {
            root.put("split", "train");
            root.put("image_size", config.model().imageSize());
            root.put("statistics", statistics);
        });
        try {
            DurableFiles.write(
                    run.statistics(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and texts are always JSON", e);
        }
    }
}
