package io.sichter.train;

import io.sichter.model.StateDict;
import io.sichter.tensor.TensorData;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Exponential moving average over all updates, timm's {@code ModelEmaV3}: {@code mean = decay * mean + (1 - decay) *
 * weights}. With warm-up the decay is {@code 1 - (1 + u)^(-2/3)} at most, u updates after the first; the first copies.
 */
final class MovingAverage implements WeightAverage {
    private static final double WARMUP_POWER = -2.0 / 3;

    private final AveragedState mean;
    private final double decay;
    private final boolean warmup;

    MovingAverage(StateDict state, double decay, boolean warmup) {
        this.mean = new AveragedState(state);
        this.decay = decay;
        this.warmup = warmup;
        mean.begin();
    }

    /** The decay of an update, from 1. */
    static double decay(double decay, boolean warmup, long update) {
        long after = Math.max(0, update - 1);
        if (after == 0) {
            return 0;
        }
        return warmup ? Math.min(decay, 1 - Math.pow(1.0 + after, WARMUP_POWER)) : decay;
    }

    @Override
    public void afterUpdate(long update) {
        mean.follow(1 - decay(decay, warmup, update));
    }

    @Override
    public void afterEpoch(int epoch) {}

    @Override
    public Map<String, Tensor> tensors() {
        return mean.tensors();
    }

    @Override
    public void load(Map<String, TensorData> tensors) {
        mean.load(tensors);
    }

    @Override
    public void close() {
        mean.close();
    }
}
