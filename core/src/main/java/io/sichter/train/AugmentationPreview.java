package io.sichter.train;

import io.sichter.config.RunConfig;
import io.sichter.dataset.DataFolder;
import io.sichter.dataset.Dataset;
import io.sichter.dataset.Sample;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.event.TrainEvent;
import io.sichter.event.TrainListener;
import io.sichter.loader.Batch;
import io.sichter.loader.Epoch;
import io.sichter.loader.SequentialSampler;
import io.sichter.random.SeedStream;
import io.sichter.text.Text;
import io.sichter.train.Preview.Kind;
import io.sichter.train.Preview.Pixels;
import io.sichter.train.Preview.Row;
import io.sichter.train.Preview.Share;
import io.sichter.train.Preview.Shot;
import io.sichter.transform.ChainAdvice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Shows what the augmentation of a run makes of its training pictures, before the run. The pixels come from the loader of
 * the run itself: a picture is shown as a training with this configuration gets it in epoch 1, 2, 3 and so on, with the
 * transforms of its class. Nothing is trained, and no network is made.
 *
 * <p>Where the run mixes pictures, those of its first batch are shown, each also as it enters the first step.
 */
public final class AugmentationPreview {
    private static final int MOST_PICTURES = 60;
    private static final int MOST_DRAWS = 20;

    private final RunConfig config;
    private final SessionBuilder builder;
    private final Dataset train;

    /**
     * How much is shown.
     *
     * @param pictures 1 to 60
     * @param draws epochs of each, 1 to 20
     */
    public record Amount(int pictures, int draws) {
        /** Refuses what nobody could look at. */
        public Amount {
            if (pictures < 1 || pictures > MOST_PICTURES || draws < 1 || draws > MOST_DRAWS) {
                throw new UsageException(Problem.of("preview.amount", pictures, draws, MOST_PICTURES, MOST_DRAWS));
            }
        }
    }

    private AugmentationPreview(RunConfig config, TrainListener listener) {
        this.config = Training.resolve(config);
        this.builder = new SessionBuilder(this.config);
        int size = config.model().imageSize();
        ChainAdvice.of(config.transforms(), size, config.model().channels())
                .forEach(text -> listener.on(new TrainEvent.Advice(text)));
        DataFolder folder = DataFolder.open(Path.of(this.config.data().path())).withClasses(config.classes());
        ClassTransforms classTransforms = new ClassTransforms(this.config, folder.classes());
        classTransforms.pipelines(size); // a mistake in them is said before the pictures are read
        classTransforms.givenAway().ifPresent(text -> listener.on(new TrainEvent.Advice(text)));
        this.train =
                RunData.scan(folder, this.config, builder.decoder(), listener).train();
    }

    /**
     * Each picture in a row: as stored, then as it comes in each epoch, then, where the run mixes, as it enters the first
     * step.
     *
     * @throws io.sichter.error.SichterException for whatever would keep the run from starting
     */
    public static Preview of(RunConfig config, Amount amount, TrainListener listener) {
        AugmentationPreview preview = new AugmentationPreview(config, listener);
        Map<String, Shot> mixed = preview.mixed(amount.pictures());
        Dataset chosen = mixed.isEmpty() ? preview.choose(amount.pictures()) : preview.only(mixed.keySet());
        List<List<Shot>> epochs = preview.draw(preview.builder, preview.config, chosen, amount.draws());
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            List<Shot> shots =
                    new ArrayList<>(List.of(preview.stored(chosen.samples().get(i))));
            for (List<Shot> epoch : epochs) {
                shots.add(epoch.get(i));
            }
            Optional.ofNullable(mixed.get(chosen.samples().get(i).id())).ifPresent(shots::add);
            rows.add(new Row("", shots));
        }
        return new Preview(config.seed(), Optional.empty(), rows);
    }

    /**
     * A row for each value of a parameter, with the same pictures and the same draws in all: only the value differs. The
     * first row has the stored pictures. A transform that the run does not apply is shown alone, after those of
     * evaluation.
     *
     * @throws io.sichter.error.SichterException for whatever would keep a run with one of the values from starting
     */
    public static Preview sweep(RunConfig config, Sweep sweep, Amount amount, TrainListener listener) {
        for (Object value : sweep.values()) {
            new SessionBuilder(sweep.apply(config, value)); // a wrong one is said before the pictures are read
        }
        AugmentationPreview preview = new AugmentationPreview(config, listener);
        if (!sweep.isPartOf(config.transforms())) {
            listener.on(new TrainEvent.Advice(Text.of("preview.alone", sweep.transform())));
        }
        if (config.mix().mixup() > 0 || config.mix().cutmix() > 0) {
            listener.on(new TrainEvent.Advice(Text.of("preview.sweep_unmixed")));
        }
        Dataset chosen = preview.choose(amount.pictures());
        List<Shot> stored = new ArrayList<>();
        for (Sample sample : chosen.samples()) {
            stored.addAll(Collections.nCopies(amount.draws(), preview.stored(sample)));
        }
        List<Row> rows = new ArrayList<>(List.of(new Row("", stored)));
        for (Object value : sweep.values()) {
            RunConfig changed = sweep.apply(preview.config, value);
            List<List<Shot>> epochs = preview.draw(new SessionBuilder(changed), changed, chosen, amount.draws());
            List<Shot> shots = new ArrayList<>();
            for (int i = 0; i < chosen.size(); i++) {
                for (List<Shot> epoch : epochs) {
                    shots.add(epoch.get(i));
                }
            }
            rows.add(new Row(sweep.name() + " = " + Sweep.text(value), shots));
        }
        return new Preview(config.seed(), Optional.of(sweep), rows);
    }

    /** What each epoch makes of some pictures, in their order, by the loader that a run would have. */
    private List<List<Shot>> draw(SessionBuilder from, RunConfig drawn, Dataset chosen, int draws) {
        List<List<Shot>> epochs = new ArrayList<>();
        try (Plan plan =
                PlanBuilder.of(drawn, chosen.size(), stage -> from.trainLoader(chosen, stage.size(), chosen.size())
                        .sampler(new SequentialSampler())
                        .build())) {
            for (int number = 1; number <= draws; number++) {
                try (Epoch epoch = plan.loader(number).epoch(number, 0)) {
                    Batch batch = epoch.next();
                    Map<String, Pixels> pixels = new HashMap<>();
                    for (int i = 0; i < batch.size(); i++) {
                        pixels.put(batch.ids().get(i), pixels(batch, i));
                    }
                    List<Shot> shots = new ArrayList<>();
                    for (Sample sample : chosen.samples()) {
                        Optional<Pixels> found = Optional.ofNullable(pixels.get(sample.id()));
                        shots.add(new Shot(Kind.AUGMENTED, sample, number, whole(sample), found));
                    }
                    epochs.add(shots);
                }
            }
        }
        return epochs;
    }

    /** The first pictures of the first batch as they enter the first step, by id; none where the run does not mix. */
    private Map<String, Shot> mixed(int most) {
        Map<String, Shot> shots = new LinkedHashMap<>();
        if (config.mix().mixup() == 0 && config.mix().cutmix() == 0) {
            return shots;
        }
        Map<String, Sample> byId = new HashMap<>();
        train.samples().forEach(sample -> byId.put(sample.id(), sample));
        try (Plan plan = builder.plan(train);
                Epoch epoch = plan.loader(1).epoch(1, 0)) {
            SeenBatch seen = SeenBatch.of(epoch.next(), config, train.classes().size(), 1, 0);
            for (int i = 0; i < seen.batch().size() && shots.size() < most; i++) {
                String id = seen.batch().ids().get(i);
                Sample sample = byId.get(id);
                if (sample != null) { // a sampler may give one several times: the first is shown
                    shots.putIfAbsent(
                            id,
                            new Shot(
                                    Kind.MIXED,
                                    sample,
                                    1,
                                    shares(seen.labels().get(i)),
                                    Optional.of(pixels(seen.batch(), i))));
                }
            }
        }
        return shots;
    }

    private List<Share> shares(SeenBatch.Label label) {
        List<Share> shares = new ArrayList<>(List.of(new Share(train.classes().name(label.own()), label.share())));
        label.other().ifPresent(k -> shares.add(new Share(train.classes().name(k), 1 - label.share())));
        return shares;
    }

    private static Pixels pixels(Batch batch, int index) {
        byte[] bytes = new byte[batch.height() * batch.width() * batch.channels()];
        batch.pixels().get(index * bytes.length, bytes);
        return new Pixels(batch.height(), batch.width(), batch.channels(), bytes);
    }

    private Shot stored(Sample sample) {
        return new Shot(Kind.STORED, sample, 0, whole(sample), Optional.empty());
    }

    private List<Share> whole(Sample sample) {
        return List.of(new Share(train.classes().name(sample.target()), 1));
    }

    private Dataset only(java.util.Set<String> ids) {
        return new Dataset(
                train.classes(),
                train.samples().stream()
                        .filter(sample -> ids.contains(sample.id()))
                        .toList());
    }

    /** Pictures of as many classes as possible, of each the same number as far as there are so many; by class. */
    private Dataset choose(int count) {
        Random random =
                new Random(SeedStream.of(config.seed()).derive("preview").key());
        Map<Integer, List<Sample>> byClass = new java.util.TreeMap<>();
        train.samples().forEach(sample -> byClass.computeIfAbsent(sample.target(), k -> new ArrayList<>())
                .add(sample));
        List<List<Sample>> classes = List.copyOf(byClass.values());
        classes.forEach(samples -> Collections.shuffle(samples, random));
        List<Sample> chosen = new ArrayList<>();
        int each = Math.min(count, classes.size());
        for (int round = 0; chosen.size() < Math.min(count, train.size()); round++) {
            for (int i = 0; i < each && chosen.size() < count; i++) {
                List<Sample> samples = classes.get(i * classes.size() / each);
                if (round < samples.size()) {
                    chosen.add(samples.get(round));
                }
            }
        }
        chosen.sort(java.util.Comparator.comparing(Sample::target));
        return new Dataset(train.classes(), chosen);
    }
}
