package io.sichter.train;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.Normalization;
import io.sichter.config.RunConfig;
import io.sichter.dataset.ClassIndex;
import io.sichter.dataset.ImageNet;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.event.TrainEvent;
import io.sichter.event.TrainListener;
import io.sichter.model.Classifier;
import io.sichter.model.PretrainedWeights;
import io.sichter.model.PretrainedWeights.FirstLayer;
import io.sichter.model.PretrainedWeights.Head;
import io.sichter.model.PretrainedWeights.Report;
import io.sichter.published.FetchListener;
import io.sichter.published.FoundWeights;
import io.sichter.published.WeightsStore;
import io.sichter.storage.WeightsFile;
import io.sichter.text.Text;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Published weights that a run begins with, and the normalisation that belongs to them. */
final class StartingWeights {
    private final WeightsFile file;
    private final FoundWeights found;

    private StartingWeights(WeightsFile file, FoundWeights found) {
        this.file = file;
        this.found = found;
    }

    /** Finds, or fetches, and reads the file that the configuration names. */
    static StartingWeights of(RunConfig config, TrainListener listener) {
        FoundWeights found = WeightsStore.ofUser()
                .find(config.model().weights(), config.model().name(), new Relay(listener));
        return new StartingWeights(WeightsFile.read(found.file()), found);
    }

    /** What a run is told while its weights are fetched. */
    private record Relay(TrainListener listener) implements FetchListener {
        @Override
        public void progress(Work work, String file, long done, long total) {
            listener.on(new TrainEvent.WeightsProgress(work.name().toLowerCase(Locale.ROOT), file, done, total));
        }

        @Override
        public void said(Text text) {
            listener.on(new TrainEvent.Advice(text));
        }
    }

    /** The configuration with the file itself in place of its name, so that the record says what was taken. */
    RunConfig named(RunConfig config) {
        return ConfigReader.resolve(
                config,
                List.of(new ConfigLayer.Setting(
                        "weights", "model.weights", found.file().toString())));
    }

    /** What the weights are, for the record of the run. */
    Map<String, String> provenance() {
        Map<String, String> record = new LinkedHashMap<>(found.provenance());
        recorded().ifPresent(normalization -> record.put("normalization", normalization.text()));
        return record;
    }

    private Optional<Normalization> recorded() {
        return found.normalization().or(() -> file.statistics().map(s -> new Normalization(s.mean(), s.std())));
    }

    /**
     * The normalisation that the weights have learnt with, for {@code transforms.normalize=auto}. One that was asked for
     * by name is taken as it is; where the weights say otherwise, that is said.
     *
     * @throws UsageException if it is asked for and nothing is recorded with the weights: it is never assumed
     */
    Optional<Normalization> normalization(RunConfig config, TrainListener listener) {
        String asked = config.transforms().normalize();
        Optional<Normalization> recorded = recorded();
        int channels = config.model().channels();
        boolean fits = recorded.filter(r -> r.mean().size() != channels).isEmpty();
        if (asked.equals(Normalization.AUTO)) {
            Normalization found =
                    recorded.orElseThrow(() -> new UsageException(Problem.of("weights.no_statistics", file.file())));
            Normalization fitted = fits ? found : averaged(found, channels);
            if (!fits) {
                listener.on(new TrainEvent.Advice(Text.of("transfer.statistics", channels, fitted.text())));
            }
            return Optional.of(fitted);
        }
        Optional<Normalization> given = Normalization.fixed(asked, channels);
        recorded.filter(other -> fits && !given.equals(Optional.of(other)))
                .ifPresent(other ->
                        listener.on(new TrainEvent.Advice(Text.of("weights.other_statistics", asked, other.text()))));
        return Optional.empty();
    }

    /** For another number of channels: the mean over the recorded ones, for each. */
    private static Normalization averaged(Normalization recorded, int channels) {
        return new Normalization(
                Collections.nCopies(channels, mean(recorded.mean())),
                Collections.nCopies(channels, mean(recorded.std())));
    }

    private static double mean(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /**
     * Puts the weights into the network, as the configuration says what becomes of the head and the first layer.
     *
     * @param classes of the run
     * @return what was done, for people
     * @throws UsageException if the outputs of the classes are to be taken over, and the weights have none for one
     */
    Text loadInto(Classifier model, RunConfig config, ClassIndex classes) {
        boolean published = config.model().headWeights().equals("published");
        Head head = published ? new Head.Subset(outputs(classes)) : new Head.Replaced();
        FirstLayer firstLayer =
                switch (config.model().inputWeights()) {
                    case "sum" -> FirstLayer.SUMMED;
                    case "spread" -> FirstLayer.SPREAD;
                    default -> FirstLayer.EXACT;
                };
        Report report = new PretrainedWeights(file).loadInto(model, head, firstLayer);
        Text loaded = report.head().isPresent()
                ? Text.of(
                        "weights.head_replaced",
                        file.file(),
                        report.loaded(),
                        report.head().get(),
                        model.numClasses(),
                        report.publishedClasses())
                : Text.of("weights.loaded", file.file(), report.loaded());
        if (published) {
            loaded = Text.of("transfer.and", loaded, Text.of("transfer.outputs", model.numClasses()));
        }
        return report.fitted()
                ? Text.of(
                        "transfer.and",
                        loaded,
                        Text.of(
                                "transfer.input." + config.model().inputWeights(),
                                config.model().channels()))
                : loaded;
    }

    /** Places of the classes among the 1,000 of ImageNet. */
    private static List<Integer> outputs(ClassIndex classes) {
        List<String> known = ImageNet.wordNetIds();
        List<String> unknown =
                classes.names().stream().filter(name -> !known.contains(name)).toList();
        if (!unknown.isEmpty()) {
            throw new UsageException(Problem.of("transfer.unknown_classes", String.join(", ", unknown)));
        }
        return classes.names().stream().map(known::indexOf).toList();
    }
}
