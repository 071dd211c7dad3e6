package io.sichter.optim;

import io.sichter.tensor.TensorData;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Changes parameters along their gradients. Made for a fixed set of named parameters; formulas and
 * state are those of PyTorch, and of timm where PyTorch has none. A parameter without a gradient is left alone, weight decay included, and its state does not move.
 *
 * <p>All methods record nothing for a backward pass. The parameters must not change device, dtype or memory format
 * while the optimizer lives. One thread at a time.
 */
public interface Optimizer extends AutoCloseable {
    /**
     * Makes one step with this learning rate, and leaves the gradients as they are.
     *
     * @param lr the learning rate
     */
    void step(double lr);

    /** Lets go of all gradients, so that the next backward pass makes them anew instead of adding to them. */
    void zeroGrad();

    /**
     * Moves what a schedule may move beside the rate: momentum of sgd, rmsprop and muon, beta1 of the others.
     *
     * @param momentum above 0 and below 1
     * @throws IllegalArgumentException for an sgd or rmsprop that was made without momentum, or would be left without it
     */
    void setMomentum(double momentum);

    /**
     * Everything the optimizer remembers, as {@code <parameter>.<what>}: {@code momentum_buffer} for sgd and
     * muon; {@code exp_avg}, {@code exp_avg_sq} and {@code step} for adam, adamw, radam and lamb; {@code exp_avg} for
     * lion; {@code square_avg} and {@code momentum_buffer} for rmsprop. In the order of the parameters.
     *
     * @return the optimizer's own tensors, not copies
     */
    Map<String, Tensor> state();

    /**
     * Puts back what {@link #state} gave, exactly.
     *
     * @throws io.sichter.error.StorageException if a name is missing or unknown, or a shape differs
     */
    void load(Map<String, TensorData> state);

    /**
     * Goes on with other groups of the same parameters: rates and decay change, what is remembered stays.
     *
     * @param groups cover all parameters
     */
    void regroup(ParameterGroups groups);

    /** Forgets everything, as if no step had been made. */
    void clear();

    /** Frees the state. */
    @Override
    void close();
}
