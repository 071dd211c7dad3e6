package io.sichter.event;

import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Something that happened in a run. Steps count from 0 over the whole run, epochs from 1 as people say them. */
public sealed interface TrainEvent {
    /** While the pictures are looked through before a run starts: files looked at, of how many. */
    record ScanProgress(int done, int total) implements TrainEvent {}

    /**
     * While the file of weights to begin with is fetched or hashed.
     *
     * @param work {@code download}, {@code hash} or {@code copy}
     * @param file its name
     * @param done bytes
     * @param total bytes in all; 0 while nobody knows
     */
    record WeightsProgress(String work, String file, long done, long total) implements TrainEvent {}

    /** While the statistics of the training pictures are counted: pictures done, of how many. */
    record StatisticsProgress(int done, int total) implements TrainEvent {}

    /**
     * How pictures are normalised in this run.
     *
     * @param source where the numbers come from, such as {@code dataset} or {@code imagenet}
     * @param mean subtracted per channel, black 0, white 1
     * @param std divides per channel
     */
    record NormalizationChosen(String source, List<Double> mean, List<Double> std) implements TrainEvent {}

    /**
     * That something is done about classes with more and fewer pictures.
     *
     * @param mode of {@code balance.mode}
     * @param classes their names
     * @param pictures training pictures of each
     * @param weights of a picture of each class, with mean 1 over the pictures; none for balanced batches
     */
    record ClassesBalanced(String mode, List<String> classes, List<Integer> pictures, List<Double> weights)
            implements TrainEvent {}

    /**
     * What the network got in the very first step of a run.
     *
     * @param mean of each channel of the batch, normalised
     * @param std of each channel of the batch, normalised
     * @param classes number of pictures of each class in it
     */
    record FirstBatch(List<Double> mean, List<Double> std, Map<String, Integer> classes) implements TrainEvent {}

    /** Before the first step of a new or resumed run. */
    record RunStarted(Path run, String model, int epochs, int stepsPerEpoch, long step, String device, String precision)
            implements TrainEvent {}

    /** Before the first step of an epoch. */
    record EpochStarted(int epoch, int epochs, int steps) implements TrainEvent {}

    /**
     * After a training step.
     *
     * @param stepInEpoch steps done in this epoch, this one included
     * @param batchLoss mean loss of the pictures of this step; NaN if none could be read
     * @param loss mean loss of the epoch so far, weighted by samples
     */
    record StepDone(
            int epoch,
            int stepInEpoch,
            int stepsPerEpoch,
            long step,
            double batchLoss,
            double loss,
            double accuracy,
            double f1Macro,
            double lr)
            implements TrainEvent {}

    /** After a batch of the validation split. */
    record ValidationBatchDone(int epoch, int batch, int batches) implements TrainEvent {}

    /** After the validation of an epoch: all its metrics by name ({@code train_loss}, {@code val_accuracy} ...). */
    record EpochDone(
            int epoch,
            int epochs,
            Map<String, Double> metrics,
            boolean best,
            double trainSeconds,
            double validationSeconds,
            double loaderWaitSeconds,
            int trainSamples)
            implements TrainEvent {}

    /** A checkpoint is complete on disk. */
    record CheckpointSaved(int epoch, long step, String name, double seconds) implements TrainEvent {}

    /** A picture that passed the scan could not be read later; it was left out of its batch. */
    record SampleSkipped(int epoch, String sample, Text reason) implements TrainEvent {}

    /** Something a person should know and may want to change. */
    record Advice(Text text) implements TrainEvent {}

    /** The last event of a run: finished, interrupted or failed. */
    record RunEnded(String status, double seconds) implements TrainEvent {}
}
