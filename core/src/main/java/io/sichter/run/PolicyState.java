package io.sichter.run;

/**
 * What rules of the training remember that does not follow from the history of the epochs.
 *
 * @param skippedUpdates updates that were left out because something was not finite
 * @param rollbacks times the run went back to a checkpoint
 * @param lossScale factor of the loss in fp16; 1 otherwise
 * @param soundUpdates updates since that factor last changed
 */
public record PolicyState(long skippedUpdates, int rollbacks, double lossScale, int soundUpdates) {
    /** Before the first step, and in checkpoints that were written before there were such rules. */
    public static PolicyState none() {
        return new PolicyState(0, 0, 1, 0);
    }
}
