package io.sichter.train;

import io.sichter.config.RunConfig;
import io.sichter.config.TrainConfig;
import io.sichter.model.StateDict;
import io.sichter.tensor.TensorData;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * A mean of the weights over time, which is what is validated, kept as best and shipped instead of the weights of one
 * moment. Parameters and running statistics are averaged, counters are copied.
 */
interface WeightAverage extends AutoCloseable {
    /**
     * After an update of the weights.
     *
     * @param update number of the update in the run, from 1
     */
    void afterUpdate(long update);

    /** After the last step of an epoch, from 1, before its validation. */
    void afterEpoch(int epoch);

    /** The mean, named like the network's state; empty as long as there is none. */
    Map<String, Tensor> tensors();

    /**
     * Puts back what {@link #tensors} gave, exactly; nothing makes it forget.
     *
     * @throws io.sichter.error.StorageException if it does not fit the network
     */
    void load(Map<String, TensorData> tensors);

    @Override
    void close();

    /** The mean that a configuration asks for, over a network. */
    static WeightAverage of(RunConfig config, StateDict state) {
        TrainConfig train = config.train();
        if (train.ema() > 0) {
            return new MovingAverage(state, train.ema(), train.emaWarmup());
        }
        return train.averageLast() > 0
                ? new EpochAverage(state, config.epochs() - train.averageLast())
                : new NoAverage();
    }

    /** None. */
    record NoAverage() implements WeightAverage {
        @Override
        public void afterUpdate(long update) {}

        @Override
        public void afterEpoch(int epoch) {}

        @Override
        public Map<String, Tensor> tensors() {
            return Map.of();
        }

        @Override
        public void load(Map<String, TensorData> tensors) {}

        @Override
        public void close() {}
    }
}
