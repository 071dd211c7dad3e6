package io.sichter.loader;

/** The order in which the samples of a dataset are taken. A pure function, so that an epoch can be resumed anywhere. */
@FunctionalInterface
public interface Sampler {
    /**
     * The order of one epoch.
     *
     * @param epoch number of the epoch
     * @param size number of samples of the dataset
     * @return {@code size} indices into the dataset; one may come several times, and is augmented anew each time
     */
    int[] order(int epoch, int size);
}
