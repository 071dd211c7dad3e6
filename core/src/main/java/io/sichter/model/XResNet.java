package io.sichter.model;

import io.sichter.model.ModelOptions.Stem;
import io.sichter.nn.Activation;
import io.sichter.nn.AdaptiveAvgPool2d;
import io.sichter.nn.AvgPool2d;
import io.sichter.nn.BatchNorm2d;
import io.sichter.nn.Block;
import io.sichter.nn.Conv2d;
import io.sichter.nn.Dropout;
import io.sichter.nn.Flatten;
import io.sichter.nn.Identity;
import io.sichter.nn.Initial;
import io.sichter.nn.Layer;
import io.sichter.nn.Linear;
import io.sichter.nn.MaxPool2d;
import io.sichter.nn.Sequential;
import io.sichter.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * XResNet-18, -34 and -50 as fastai builds them: three 3x3 convolutions first, average pooling in the shortcuts, and
 * blocks that begin as the identity (He et al., "Bag of Tricks for Image Classification with Convolutional Neural
 * Networks", 2019).
 */
final class XResNet extends Classifier {
    private final List<Layer> maps = new ArrayList<>();
    private final List<Layer> head;

    XResNet(String name, ModelOptions options) {
        super(name, options.numClasses());
        boolean small = options.stem() == Stem.SMALL;
        SizeChain.halvings(small ? 3 : 5).require(name, options.imageSize());
        int expansion = name.equals("xresnet50") ? 4 : 1;
        int[] depths = name.equals("xresnet18") ? new int[] {2, 2, 2, 2} : new int[] {3, 4, 6, 3};
        maps.add(conv(options.channels(), 32, 3, small ? 1 : 2, true));
        maps.add(conv(32, 32, 3, 1, true));
        maps.add(conv(32, 64, 3, 1, true));
        maps.add(small ? new Identity() : new MaxPool2d(3, 2, 1));
        int in = 64 / expansion;
        for (int stage = 0; stage < 4; stage++) {
            List<Layer> blocks = new ArrayList<>();
            int width = 64 << stage;
            for (int i = 0; i < depths[stage]; i++) {
                blocks.add(new ResBlock(expansion, in, width, stage > 0 && i == 0 ? 2 : 1));
                in = width;
            }
            maps.add(new Sequential(blocks));
        }
        head = List.of(
                new AdaptiveAvgPool2d(),
                new Flatten(),
                new Dropout(options.dropout().orElse(0)),
                Linear.of((long) in * expansion, options.numClasses()));
        List<Layer> all = new ArrayList<>(maps);
        all.addAll(head);
        for (int i = 0; i < all.size(); i++) {
            add(Integer.toString(i), all.get(i));
        }
        initialise(weighted -> {
            weighted.zeroBias();
            Initial.kaimingNormalFanIn(weighted.weight());
        });
    }

    /** A convolution and a batch norm, maybe ReLU. */
    private static Sequential conv(long in, long out, long kernel, long stride, boolean activated) {
        Conv2d conv = Conv2d.of(in, out, kernel, stride, kernel / 2, false);
        List<Layer> layers = new ArrayList<>(List.of(conv, BatchNorm2d.of(out)));
        if (activated) {
            // drawn again at the end; fastai draws them here, too, and the same seed is to give the same weights
            Scope.run(() -> Initial.kaimingUniformFanIn(conv.weight()));
            layers.add(Activation.RELU.layer());
        }
        return new Sequential(layers);
    }

    @Override
    public Tensor forward(ModelInput input) {
        return through(head, features(input));
    }

    @Override
    public Tensor features(ModelInput input) {
        return through(maps, input.images());
    }

    private static Tensor through(List<Layer> layers, Tensor input) {
        Tensor x = input;
        for (Layer layer : layers) {
            x = layer.apply(x);
        }
        return x;
    }

    @Override
    public List<List<String>> layerGroups() {
        return groupsFrom(List.of("0.", "4.", "5.", "6.", "7.", "11."));
    }

    @Override
    protected String layerPattern() {
        return "[4-7]\\.\\d+\\.";
    }

    @Override
    protected String deepFrom() {
        return "4.";
    }

    @Override
    protected String headFrom() {
        return "8";
    }

    /** Two 3x3 convolutions, or a bottleneck; the shortcut pools, then widens. */
    private static final class ResBlock extends Block {
        private final Sequential convpath;
        private final Sequential idpath;
        private final Layer act;

        ResBlock(int expansion, int in, int width, int stride) {
            super("ResBlock");
            int from = in * expansion;
            int to = width * expansion;
            List<Layer> path = new ArrayList<>();
            if (expansion == 1) {
                path.add(conv(from, width, 3, stride, true));
                path.add(conv(width, to, 3, 1, false));
            } else {
                path.add(conv(from, width, 1, 1, true));
                path.add(conv(width, width, 3, stride, true));
                path.add(conv(width, to, 1, 1, false));
            }
            Sequential last = (Sequential) path.get(path.size() - 1);
            last.visit(layer -> {
                if (layer instanceof BatchNorm2d norm) {
                    Scope.run(() -> Initial.fill(norm.weight(), 0));
                }
            });
            convpath = add("convpath", new Sequential(path));
            List<Layer> shortcut = new ArrayList<>();
            if (from != to) {
                shortcut.add(conv(from, to, 1, 1, false));
            }
            if (stride != 1) {
                shortcut.add(0, new AvgPool2d(stride));
            }
            idpath = add("idpath", new Sequential(shortcut));
            act = add("act", Activation.RELU.layer());
        }

        @Override
        protected Tensor forward(Tensor input) {
            return act.apply(convpath.apply(input).add_(idpath.apply(input)));
        }
    }
}
