package io.sichter.evaluate;

import io.sichter.dataset.Dataset;
import io.sichter.dataset.Sample;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.image.ImageDecoder;
import io.sichter.metric.ConfusionMatrix;
import io.sichter.metric.Figures;
import io.sichter.metric.ProbabilityTable;
import io.sichter.metric.Slices;
import io.sichter.registry.Suggestion;
import io.sichter.train.PredictionListener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Gathers what is said of each picture, and makes figures of it at the end. */
final class Judging implements PredictionListener {
    /** Intervals are the same whenever the same pictures are judged. */
    private static final long SEED = 0;

    private final Dataset dataset;
    private final EvaluationOptions options;
    private final PictureTraits.Observer observer;
    private final ImageDecoder decoder;
    private final PredictionListener next;
    private final ProbabilityTable table;
    private final List<String> judged = new ArrayList<>();

    /**
     * Begins.
     *
     * @param options what to break the figures down by, and what bounds they must keep
     * @param next told of every picture too
     * @throws UsageException if no picture has such a property, or the classes no such figure
     */
    Judging(Dataset dataset, EvaluationOptions options, ImageDecoder decoder, PredictionListener next) {
        this.dataset = dataset;
        this.options = options;
        this.observer = new PictureTraits.Observer(decoder);
        this.decoder = options.slices().stream().anyMatch(PictureTraits.NAMES::contains) ? observer : decoder;
        this.next = next;
        this.table = new ProbabilityTable(dataset.classes().size());
        options.slices().forEach(this::requireProperty);
        options.gates().forEach(gate -> gate.requireFigureOf(dataset.classes().size()));
    }

    private void requireProperty(String property) {
        TreeSet<String> known = new TreeSet<>(PictureTraits.NAMES);
        dataset.samples().forEach(sample -> known.addAll(sample.attributes().keySet()));
        if (!known.contains(property)) {
            throw new UsageException(Problem.of(
                    "evaluate.unknown_slice",
                    property,
                    String.join(", ", known),
                    Suggestion.orChoose(property, known)));
        }
    }

    /** What decodes the pictures, so that their properties are seen on the way. */
    ImageDecoder decoder() {
        return decoder;
    }

    @Override
    public void on(String picture, int truth, int prediction, float[] probabilities) {
        table.add(truth, prediction, probabilities);
        if (!options.slices().isEmpty()) {
            judged.add(picture);
        }
        next.on(picture, truth, prediction, probabilities);
    }

    /** Counts of (truth, prediction). */
    ConfusionMatrix confusion() {
        return table.confusion();
    }

    /** What further views have changed. */
    ViewGain gain(Views views, BlendedPass pass) {
        int before = 0;
        int after = 0;
        Set<String> rescued = new HashSet<>();
        for (int i = 0; i < table.size(); i++) {
            boolean rightBefore = pass.centres().get(i) == table.truth(i);
            boolean rightAfter = table.prediction(i) == table.truth(i);
            before += rightBefore ? 1 : 0;
            after += rightAfter ? 1 : 0;
            if (rightAfter && !rightBefore) {
                rescued.add(pass.ids().get(i));
            }
        }
        int hidden = after > before ? HiddenParts.count(views.loaded(), dataset, rescued) : 0;
        return new ViewGain(views.tta().views(), table.size(), before, after, rescued.size(), hidden);
    }

    /**
     * What was found.
     *
     * @param gain what further views have changed, if there were any
     */
    Findings findings(Optional<ViewGain> gain) {
        List<Slices.Slice> parts = new ArrayList<>();
        for (String property : options.slices()) {
            parts.addAll(Slices.of(table, property, values(property)));
        }
        return Findings.of(
                Figures.of(table, SEED), table.confusion(), dataset.classes().names(), parts, gain, options.gates());
    }

    /** The values of a property in the order in which pictures were judged, which is that of the data set. */
    private List<String> values(String property) {
        Function<Sample, String> value = PictureTraits.NAMES.contains(property)
                ? sample -> observer.traits(sample.source().location())
                        .map(traits -> traits.text(property))
                        .orElse("")
                : sample -> sample.attributes().getOrDefault(property, "");
        List<String> values = new ArrayList<>();
        for (Sample sample : dataset.samples()) {
            if (values.size() < judged.size() && judged.get(values.size()).equals(sample.id())) {
                values.add(value.apply(sample));
            }
        }
        return values;
    }
}
