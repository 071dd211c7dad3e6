package io.sichter.train;

import io.sichter.config.RunConfig;
import io.sichter.loader.Batch;
import io.sichter.tensor.Device;
import io.sichter.tensor.InputNormalizer;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import io.sichter.tensor.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A training batch as people look at it: augmented, mixed where the run mixes, not normalised. Mixing takes shares of
 * pictures that sum to 1, so that mixing what is not normalised shows what the network gets: up to the rounding to 8 bits
 * it is the input of the step, with the normalisation undone.
 *
 * @param batch the pictures; where they are mixed, 8-bit ones with the ids and targets of those that were mixed into
 * @param labels what each is
 * @param isMixed whether they are mixed
 */
record SeenBatch(Batch batch, List<Label> labels, boolean isMixed) {
    private static final double LEAST_SHARE = 1e-6;

    /**
     * What a picture is.
     *
     * @param own its class
     * @param share how much of its target is that class
     * @param other the class of the rest; empty where there is none or it is the same
     */
    record Label(int own, double share, OptionalInt other) {
        static Label whole(int own) {
            return new Label(own, 1, OptionalInt.empty());
        }
    }

    /**
     * The batch as a step of a run sees it. The run and this draw the same.
     *
     * @param classes number of classes
     * @param epoch from 1
     * @param stepInEpoch from 0
     */
    static SeenBatch of(Batch batch, RunConfig config, int classes, int epoch, int stepInEpoch) {
        BatchTransform mixing = Mixing.of(config.mix());
        List<Double> none = Collections.nCopies(batch.channels(), 0.0);
        List<Double> unit = Collections.nCopies(batch.channels(), 1.0);
        try (InputNormalizer asStored = new InputNormalizer(none, unit, Device.CPU)) {
            return NoGrad.call(() -> Scope.call(() -> {
                Tensor pictures = asStored.apply(
                        batch.pixels(), batch.depth(), batch.size(), batch.height(), batch.width(), batch.channels());
                BatchTransform.Mixed mixed = mixing.apply(
                        new BatchTransform.Mixed(pictures, torch.tensor(batch.targets())),
                        classes,
                        Mixing.random(config.seed(), epoch, stepInEpoch));
                boolean changed = mixed.targets().dim() == 2;
                return changed
                        ? new SeenBatch(with(batch, mixed.input()), labels(batch, mixed.targets(), classes), true)
                        : new SeenBatch(batch, wholes(batch), false);
            }));
        }
    }

    private static List<Label> wholes(Batch batch) {
        List<Label> labels = new ArrayList<>();
        for (long target : batch.targets()) {
            labels.add(Label.whole((int) target));
        }
        return labels;
    }

    private static List<Label> labels(Batch batch, Tensor targets, int classes) {
        FloatBuffer shares = TensorData.of(targets.to(torch.ScalarType.Float))
                .data()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        List<Label> labels = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            int own = (int) batch.targets()[i];
            OptionalInt other = OptionalInt.empty();
            for (int k = 0; k < classes; k++) {
                if (k != own && shares.get(i * classes + k) > LEAST_SHARE) {
                    other = OptionalInt.of(k);
                }
            }
            labels.add(new Label(own, other.isEmpty() ? 1 : shares.get(i * classes + own), other));
        }
        return labels;
    }

    private static Batch with(Batch batch, Tensor pictures) {
        Tensor bytes = pictures.permute(0, 2, 3, 1)
                .mul(new Scalar(255.0))
                .round()
                .to(torch.ScalarType.Byte)
                .contiguous();
        ByteBuffer values = TensorData.of(bytes).data();
        ByteBuffer pixels =
                ByteBuffer.allocateDirect(values.remaining()).put(values).flip();
        return new Batch(
                pixels,
                1,
                batch.size(),
                batch.height(),
                batch.width(),
                batch.channels(),
                batch.targets(),
                batch.ids(),
                batch.skipped());
    }
}
