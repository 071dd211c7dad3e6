package io.sichter.model;

import io.sichter.nn.Activation;
import io.sichter.nn.BatchNorm1d;
import io.sichter.nn.ConcatPool2d;
import io.sichter.nn.Dropout;
import io.sichter.nn.Flatten;
import io.sichter.nn.Initial;
import io.sichter.nn.Linear;
import io.sichter.nn.Sequential;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A published network up to its feature maps, under its names, with fastai's head behind them ({@code create_head} with
 * its defaults): the greatest number and the mean of each map, batch norm, dropout, 512 units with ReLU, batch norm,
 * dropout, the classes. The parameters of the head are called {@code head.2.weight} and so on.
 */
final class ConcatPoolClassifier extends Classifier {
    private static final String HEAD = "head";
    private static final int HIDDEN = 512;
    private static final double DROPOUT = 0.5;

    private final Classifier body;
    private final Sequential head;
    private final Set<String> replaced;

    /** Takes over a network, which is closed with this one. */
    ConcatPoolClassifier(Classifier body, ModelOptions options) {
        super(body.architecture(), options.numClasses());
        this.body = body;
        replaced = body.lend(this);
        long maps = maps(body, options);
        double dropped = options.dropout().orElse(DROPOUT);
        Linear hidden = Linear.of(2 * maps, HIDDEN, false);
        Linear last = Linear.of(HIDDEN, options.numClasses(), false);
        head = add(
                HEAD,
                new Sequential(List.of(
                        new ConcatPool2d(),
                        new Flatten(),
                        BatchNorm1d.of(2 * maps),
                        new Dropout(dropped / 2),
                        hidden,
                        Activation.RELU.layer(),
                        BatchNorm1d.of(HIDDEN),
                        new Dropout(dropped),
                        last)));
        Scope.run(() -> List.of(hidden, last).forEach(layer -> Initial.kaimingNormalFanIn(layer.weight())));
    }

    private static long maps(Classifier body, ModelOptions options) {
        body.eval();
        long maps = NoGrad.call(() -> Scope.call(() -> {
            int size = options.imageSize();
            return body.features(new ModelInput(torch.zeros(1, options.channels(), size, size)))
                    .size(1);
        }));
        body.train(true);
        return maps;
    }

    @Override
    public Tensor forward(ModelInput input) {
        return head.apply(features(input));
    }

    @Override
    public Tensor features(ModelInput input) {
        return body.features(input);
    }

    @Override
    public List<List<String>> layerGroups() {
        List<List<String>> groups = new ArrayList<>();
        for (List<String> group : body.layerGroups()) {
            List<String> kept =
                    group.stream().filter(name -> !replaced.contains(name)).toList();
            if (!kept.isEmpty()) {
                groups.add(kept);
            }
        }
        groups.add(state().parameters().keySet().stream()
                .filter(name -> name.startsWith(HEAD + "."))
                .toList());
        return groups;
    }

    @Override
    protected String layerPattern() {
        return body.layerPattern();
    }

    @Override
    protected String deepFrom() {
        return body.deepFrom();
    }

    @Override
    public Set<String> replaced() {
        return replaced;
    }

    @Override
    public void close() {
        super.close();
        body.close();
    }
}
