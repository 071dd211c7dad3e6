package io.sichter.model;

import io.sichter.nn.Conv2d;
import io.sichter.nn.Linear;
import io.sichter.nn.MaxPool2d;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The small network that introductions to PyTorch train on Caltech-101: two convolutions of 32 and 64 channels, each
 * with ReLU and a pooling that halves the picture, then two linear layers. Nearly all of its parameters are in
 * {@code fc1}, whose inputs follow the image size.
 */
final class SimpleCnn extends Classifier {
    private static final int HIDDEN = 512;

    private final Conv2d conv1;
    private final Conv2d conv2;
    private final MaxPool2d pool;
    private final Linear fc1;
    private final Linear fc2;

    SimpleCnn(String name, ModelOptions options) {
        super(name, options.numClasses());
        int quarter = new SizeChain().then(2, 2, 0).then(2, 2, 0).require(name, options.imageSize());
        conv1 = add("conv1", Conv2d.of(options.channels(), 32, 3, 1, 1, true));
        pool = add("pool", new MaxPool2d(2, 2, 0));
        conv2 = add("conv2", Conv2d.of(32, 64, 3, 1, 1, true));
        fc1 = add("fc1", Linear.of(64L * quarter * quarter, HIDDEN));
        fc2 = add("fc2", Linear.of(HIDDEN, options.numClasses()));
    }

    @Override
    public Tensor forward(ModelInput input) {
        Tensor x = reluOfPooled(conv2.apply(first(input)));
        x = torch.relu_(fc1.apply(x.flatten(1, -1)));
        return fc2.apply(x);
    }

    @Override
    public Tensor features(ModelInput input) {
        return torch.relu_(conv2.apply(first(input)));
    }

    private Tensor first(ModelInput input) {
        return reluOfPooled(conv1.apply(input.images()));
    }

    /** The same values and gradients as pooling after ReLU, which would pass over four times as many numbers. */
    private Tensor reluOfPooled(Tensor maps) {
        return torch.relu_(pool.apply(maps));
    }

    @Override
    public List<List<String>> layerGroups() {
        return List.of(
                List.of("conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias"),
                List.of("fc1.weight", "fc1.bias"),
                List.of("fc2.weight", "fc2.bias"));
    }

    @Override
    protected String headFrom() {
        return "fc1";
    }
}
