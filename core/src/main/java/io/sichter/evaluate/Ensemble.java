package io.sichter.evaluate;

import io.sichter.dataset.ClassIndex;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.model.Classifier;
import io.sichter.model.ModelInput;
import io.sichter.run.EnsembleBundle;
import io.sichter.run.ModelBundle;
import io.sichter.run.Preprocessing;
import io.sichter.tensor.Precision;
import io.sichter.tensor.Scope;
import io.sichter.train.Engine;
import io.sichter.transform.Pipeline;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Several classifiers as one: its scores are the logarithms of the mean of the members' probabilities, so that a softmax
 * over them gives that mean, and whatever works with a classifier works with several. A picture comes in as values 0 to
 * 1; every member normalises it with its own numbers.
 */
final class Ensemble extends Classifier {
    /** The least probability that has a logarithm. */
    private static final double LEAST = Double.MIN_NORMAL;

    private final List<LoadedModel> members;

    private Ensemble(List<LoadedModel> members) {
        super("ensemble", members.get(0).classes().size());
        this.members = List.copyOf(members);
    }

    /** Loads the members of a folder. */
    static LoadedModel open(Path folder) {
        EnsembleBundle ensemble = EnsembleBundle.read(folder);
        List<LoadedModel> members =
                ensemble.members().stream().map(LoadedModel::open).toList();
        LoadedModel first = members.get(0);
        Preprocessing own = first.bundle().preprocessing();
        List<Double> zero = Collections.nCopies(own.channels(), 0.0);
        List<Double> one = Collections.nCopies(own.channels(), 1.0);
        Preprocessing plain = new Preprocessing(own.imageSize(), own.channels(), own.transforms(), zero, one);
        ModelBundle bundle = new ModelBundle(
                "ensemble",
                Map.of(),
                first.bundle().classes(),
                first.bundle().renaming(),
                plain,
                ensemble.metrics(),
                Map.of("members", Integer.toString(members.size())),
                folder,
                "");
        Precision precision = first.engine().precision();
        return new LoadedModel(
                bundle,
                new ClassIndex(bundle.classes()),
                new Ensemble(members),
                Engine.of(first.engine().device(), precision, plain),
                Pipeline.of(own.transforms(), own.imageSize(), own.channels()));
    }

    @Override
    public Tensor forward(ModelInput input) {
        return Scope.keeping(() -> {
            Tensor sum = torch.softmax(scores(members.get(0), input), 1);
            for (LoadedModel member : members.subList(1, members.size())) {
                sum.add_(torch.softmax(scores(member, input), 1));
            }
            return sum.div_(new Scalar((double) members.size()))
                    .clamp_min_(new Scalar(LEAST))
                    .log_();
        });
    }

    /** Scores in double precision: what is small in one member may be all that there is of a class. */
    private static Tensor scores(LoadedModel member, ModelInput input) {
        Preprocessing own = member.bundle().preprocessing();
        Tensor images = input.images();
        Tensor normalized = images.sub(perChannel(own.mean(), images)).div_(perChannel(own.std(), images));
        return member.model().forward(new ModelInput(normalized)).to(torch.ScalarType.Double);
    }

    private static Tensor perChannel(List<Double> values, Tensor like) {
        double[] numbers = values.stream().mapToDouble(Double::doubleValue).toArray();
        return Tensor.create(numbers).to(like.device(), torch.ScalarType.Float).view(1, numbers.length, 1, 1);
    }

    /**
     * Refuses: what the members look for in a picture has no common coordinates.
     *
     * @throws UsageException always
     */
    @Override
    public Tensor features(ModelInput input) {
        throw new UsageException(Problem.of("explain.no_maps", architecture()));
    }

    @Override
    public List<List<String>> layerGroups() {
        return List.of(); // nothing of it is trained
    }

    @Override
    public void close() {
        members.forEach(LoadedModel::close);
        super.close();
    }
}
