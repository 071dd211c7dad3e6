package io.sichter.train;

import io.sichter.config.BalanceConfig;
import io.sichter.config.RunConfig;
import io.sichter.dataset.ClassBalance;
import io.sichter.dataset.Dataset;
import io.sichter.dataset.Sample;
import io.sichter.event.TrainEvent;
import io.sichter.event.TrainListener;
import io.sichter.loader.BalancedBatchSampler;
import io.sichter.loader.RandomSampler;
import io.sichter.loader.Sampler;
import io.sichter.loader.WeightedRandomSampler;
import io.sichter.loss.ClassWeights;
import io.sichter.loss.Loss;
import io.sichter.loss.Losses;
import io.sichter.random.SeedStream;
import io.sichter.run.BalanceFile;
import io.sichter.run.RunDirectory;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a run does about classes with more and fewer pictures: through the loss, or through the order of the samples,
 * never both. Counts are those of the training split.
 *
 * @param config the whole configuration
 * @param train the training split
 */
record ClassBalancing(RunConfig config, Dataset train) {
    private BalanceConfig balance() {
        return config.balance();
    }

    /** The order in which training samples are taken, in batches of that size. */
    Sampler sampler(int batchSize, SeedStream seed) {
        return switch (balance().mode()) {
            case "sampler" -> new WeightedRandomSampler(sampleWeights(), seed);
            case "batches" -> new BalancedBatchSampler(train, batchSize, seed);
            default -> new RandomSampler(seed);
        };
    }

    /** The loss of the training; validation is always measured without weights. */
    Loss loss() {
        return balance().mode().equals("weights")
                ? Losses.create(
                        config.loss(), Arrays.stream(classWeights()).boxed().toList())
                : Losses.create(config.loss(), train.classes().size());
    }

    /** Says what is done, or what could be. */
    void tell(TrainListener listener) {
        ClassBalance classes = ClassBalance.of(train);
        boolean none = balance().mode().equals("none");
        if (!none) {
            boolean weighs = !balance().mode().equals("batches");
            listener.on(new TrainEvent.ClassesBalanced(
                    balance().mode(),
                    classes.classes(),
                    classes.counts(),
                    weighs ? Arrays.stream(classWeights()).boxed().toList() : List.of()));
        } else if (classes.isUneven()) {
            listener.on(new TrainEvent.Advice(classes.verdict()));
        }
        boolean weighted = train.samples().stream().anyMatch(s -> s.attributes().containsKey(Sample.WEIGHT));
        if (weighted && !balance().mode().equals("sampler")) {
            listener.on(new TrainEvent.Advice(
                    Text.of("balance.idle_weight", balance().mode())));
        }
    }

    /** Records the classes of a run. */
    void write(RunDirectory run) {
        boolean weighs = List.of("weights", "sampler").contains(balance().mode());
        int[] counts = train.classCounts();
        List<BalanceFile.Row> rows = new ArrayList<>();
        for (int k = 0; k < counts.length; k++) {
            OptionalDouble weight = weighs ? OptionalDouble.of(classWeights()[k]) : OptionalDouble.empty();
            rows.add(new BalanceFile.Row(train.classes().name(k), counts[k], weight));
        }
        new BalanceFile(rows).write(run);
    }

    private double[] classWeights() {
        int[] counts = train.classCounts();
        return balance().weighting().equals("balanced")
                ? ClassWeights.balanced(counts)
                : ClassWeights.effectiveNumber(counts, balance().beta());
    }

    private double[] sampleWeights() {
        double[] ofClass = classWeights();
        return train.samples().stream()
                .mapToDouble(sample -> ofClass[sample.target()] * sample.weight())
                .toArray();
    }
}
