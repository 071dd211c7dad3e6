package io.sichter.run;

/**
 * What an epoch has gathered step by step, so that it can go on from the middle.
 *
 * @param lossSum loss times samples, summed in the order of the steps
 * @param confusion counts of (truth, prediction)
 * @param seconds training time so far
 * @param waitSeconds part of it spent waiting for pictures
 */
@SuppressWarnings("ArrayRecordComponent") // plain numbers on their way to JSON and back; never compared
public record EpochSums(double lossSum, long[][] confusion, double seconds, double waitSeconds) {}
