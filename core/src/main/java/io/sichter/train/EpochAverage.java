package io.sichter.train;

import io.sichter.model.StateDict;
import io.sichter.tensor.TensorData;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Even mean over the ends of the last epochs (Izmailov et al., "Averaging Weights Leads to Wider Optima", 2018, without
 * its schedule). Running statistics of batch norm are averaged with the weights, not computed anew.
 */
final class EpochAverage implements WeightAverage {
    private final AveragedState mean;
    private final int before;

    /**
     * Makes one.
     *
     * @param before epochs that are not averaged
     */
    EpochAverage(StateDict state, int before) {
        this.mean = new AveragedState(state);
        this.before = before;
    }

    @Override
    public void afterUpdate(long update) {}

    @Override
    public void afterEpoch(int epoch) {
        if (epoch > before) {
            mean.begin();
            mean.follow(1.0 / (epoch - before));
        }
    }

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
