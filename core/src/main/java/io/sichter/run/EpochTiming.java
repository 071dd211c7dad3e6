package io.sichter.run;

/**
 * Where the time of one epoch went.
 *
 * @param epoch from 1
 * @param trainImages pictures trained on
 * @param trainSeconds time of the training steps, waiting for data included, validation and checkpoints not
 * @param loaderWaitSeconds part of it in which the training waited for pictures
 * @param validationSeconds time of the validation
 * @param peakRssMb largest memory of the process so far, MiB
 */
public record EpochTiming(
        int epoch,
        int trainImages,
        double trainSeconds,
        double loaderWaitSeconds,
        double validationSeconds,
        double peakRssMb) {
    /** Pictures per second of training. */
    public double imagesPerSecond() {
        return trainImages / trainSeconds;
    }
}
