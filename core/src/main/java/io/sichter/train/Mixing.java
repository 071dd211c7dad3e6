package io.sichter.train;

import io.sichter.config.MixConfig;
import io.sichter.random.SeedStream;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * MixUp (Zhang et al., 2018) and CutMix (Yun et al., 2019): each picture is blended with another of its batch, or gets a
 * part of it pasted in, and its target becomes their shares. Which other is a permutation of the batch, so that every
 * picture is used as often as before. As in fastai the larger share of a MixUp is the picture's own, and the share of a
 * CutMix is the area that was really pasted.
 */
record Mixing(MixConfig config) implements BatchTransform {
    /** The transform that a configuration asks for. */
    static BatchTransform of(MixConfig config) {
        return config.mixup() > 0 || config.cutmix() > 0 ? new Mixing(config) : BatchTransform.none();
    }

    /** What a step of a run draws; nothing else decides. */
    static SplittableRandom random(long seed, int epoch, int stepInEpoch) {
        return SeedStream.of(seed)
                .derive("mix")
                .derive(epoch)
                .derive(stepInEpoch)
                .generator();
    }

    @Override
    public Mixed apply(Mixed batch, int classes, SplittableRandom random) {
        int n = Math.toIntExact(batch.input().size(0));
        if (n < 2 || random.nextDouble() >= config.probability()) {
            return batch;
        }
        double cutmixShare = config.mixup() == 0 ? 1 : config.cutmix() == 0 ? 0 : config.cutmixShare();
        boolean cut = random.nextDouble() < cutmixShare;
        Tensor order = Tensor.create(permutation(n, random)).to(batch.targets().device(), torch.ScalarType.Long);
        return cut ? cutMix(batch, order, classes, random) : mixUp(batch, order, classes, random);
    }

    private Mixed mixUp(Mixed batch, Tensor order, int classes, SplittableRandom random) {
        int n = Math.toIntExact(batch.input().size(0));
        float[] own = new float[n];
        double common = ownShare(random);
        for (int i = 0; i < n; i++) {
            own[i] = (float) (config.perSample() && i > 0 ? ownShare(random) : common);
        }
        Tensor shares = Tensor.create(own).to(batch.input().device(), torch.ScalarType.Float);
        Tensor others = batch.input().index_select(0, order);
        Tensor input = torch.lerp(others, batch.input(), shares.view(n, 1, 1, 1));
        return new Mixed(
                input.contiguous(torch.MemoryFormat.ChannelsLast), targets(batch, order, shares.view(n, 1), classes));
    }

    private double ownShare(SplittableRandom random) {
        double share = config.share() > 0 ? config.share() : Beta.symmetric(config.mixup(), random);
        return config.share() > 0 ? 1 - share : Math.max(share, 1 - share);
    }

    private Mixed cutMix(Mixed batch, Tensor order, int classes, SplittableRandom random) {
        long height = batch.input().size(2);
        long width = batch.input().size(3);
        double pasted = config.share() > 0 ? config.share() : 1 - Beta.symmetric(config.cutmix(), random);
        Box box = Box.draw(height, width, pasted, random);
        Tensor input = batch.input().clone();
        Tensor target = input.narrow(2, box.top(), box.height()).narrow(3, box.left(), box.width());
        Tensor source = batch.input()
                .narrow(2, box.top(), box.height())
                .narrow(3, box.left(), box.width())
                .index_select(0, order);
        target.copy_(source);
        float own = (float) (1 - (double) (box.height() * box.width()) / (height * width));
        Tensor share = Tensor.create(own).to(batch.input().device(), torch.ScalarType.Float);
        return new Mixed(input, targets(batch, order, share, classes));
    }

    /** A part of a picture: its middle anywhere, cut off at the borders. */
    record Box(long top, long left, long height, long width) {
        static Box draw(long height, long width, double area, SplittableRandom random) {
            double side = Math.sqrt(area);
            long halfHeight = Math.round(height * side) / 2;
            long halfWidth = Math.round(width * side) / 2;
            long y = random.nextLong(height);
            long x = random.nextLong(width);
            long top = Math.max(0, y - halfHeight);
            long left = Math.max(0, x - halfWidth);
            return new Box(top, left, Math.min(height, y + halfHeight) - top, Math.min(width, x + halfWidth) - left);
        }
    }

    private static Tensor targets(Mixed batch, Tensor order, Tensor own, int classes) {
        Tensor mine = torch.one_hot(batch.targets(), classes).to(torch.ScalarType.Float);
        return torch.lerp(mine.index_select(0, order), mine, own);
    }

    private static long[] permutation(int n, SplittableRandom random) {
        long[] order = java.util.stream.LongStream.range(0, n).toArray();
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            long swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }
}
