package io.sichter.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Asymmetric loss for several classes in one picture, summed over classes, mean over pictures (Ben-Baruch et al.,
 * "Asymmetric Loss For Multi-Label Classification", 2021, equation 7; timm's {@code AsymmetricLossMultiLabel}): the many
 * classes that are not there are focused more sharply than the few that are.
 *
 * @param gammaPos focusing on classes that are there
 * @param gammaNeg focusing on classes that are not
 * @param clip probability that a class that is not there may have for nothing
 */
public record Asymmetric(double gammaPos, double gammaNeg, double clip) implements Loss {
    private static final Scalar SMALLEST = new Scalar(1e-8);
    private static final Scalar ONE = new Scalar(1.0);

    @Override
    public Tensor compute(Tensor logits, Tensor targets) {
        Tensor scores = Targets.precise(logits);
        Tensor there = Targets.shares(targets, scores);
        Tensor absent = there.neg().add(ONE);
        Tensor yes = scores.sigmoid();
        Tensor no = yes.neg().add(new Scalar(1 + clip)).clamp_max(ONE);
        Tensor logs = there.mul(yes.clamp_min(SMALLEST).log())
                .add(absent.mul(no.clamp_min(SMALLEST).log()));
        Tensor right = yes.mul(there).add(no.mul(absent));
        Tensor gammas = there.mul(new Scalar(gammaPos)).add(absent.mul(new Scalar(gammaNeg)));
        Tensor focus = right.neg().add(ONE).pow(gammas);
        return logs.mul(focus).sum().div(new Scalar((double) -scores.size(0)));
    }
}
