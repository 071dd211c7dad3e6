package io.sichter.transform;

import io.sichter.config.TransformSpec;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.image.Image;
import io.sichter.random.SeedStream;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Transforms one after the other, ending in pictures of one size. Immutable and safe to use from several threads.
 *
 * <p>Step {@code i} draws from {@code sampleStream.derive(i)}: what one step draws never depends on another, nor on the
 * thread or the batch.
 */
public final class Pipeline {
    private final List<Transform<?>> steps;
    private final Size outputSize;
    private final int channels;

    private Pipeline(List<Transform<?>> steps, Size outputSize, int channels) {
        this.steps = List.copyOf(steps);
        this.outputSize = outputSize;
        this.channels = channels;
    }

    /**
     * Makes the steps and proves that every picture comes out square with the given side.
     *
     * @param specs the lines of the configuration
     * @param imageSize side of the result in pixels, and what the word {@code image_size} stands for
     * @param channels channels that every picture must have
     * @throws UsageException for an unknown or wrong line, or a list that does not end in that size for every picture
     */
    public static Pipeline of(List<TransformSpec> specs, int imageSize, int channels) {
        List<Transform<?>> steps = new ArrayList<>();
        Optional<Size> size = Optional.empty();
        for (TransformSpec spec : specs) {
            Transform<?> step = Transforms.create(spec, imageSize, channels);
            steps.add(step);
            size = step.fixedSize(size);
        }
        Size wanted = Size.square(imageSize);
        if (!size.equals(Optional.of(wanted))) {
            throw wrongSize(specs, wanted, size);
        }
        return new Pipeline(steps, wanted, channels);
    }

    /** The size of every result. */
    public Size outputSize() {
        return outputSize;
    }

    /** The channels of every picture, in and out. */
    public int channels() {
        return channels;
    }

    /** Whether any step draws. */
    public boolean isRandom() {
        return steps.stream().anyMatch(ChainAdvice::isRandom);
    }

    /** Whether the last step but those that keep the size cuts the middle out. */
    public boolean endsInCentreCrop() {
        return lastCrop() >= 0;
    }

    private int lastCrop() {
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i) instanceof CenterCrop) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The same with a corner instead of the middle.
     *
     * @param mirrored whether the picture is mirrored before it is cut
     * @throws IllegalStateException if nothing cuts the middle out
     */
    public Pipeline withCrop(CornerCrop.Corner corner, boolean mirrored) {
        CenterCrop crop = (CenterCrop) steps.get(requireCrop());
        return replaced(new CornerCrop(crop.size(), corner), mirrored);
    }

    /**
     * The same with the picture mirrored before its middle is cut out.
     *
     * @throws IllegalStateException if nothing cuts the middle out
     */
    public Pipeline mirrored() {
        return replaced(steps.get(requireCrop()), true);
    }

    private int requireCrop() {
        int crop = lastCrop();
        if (crop < 0) {
            throw new IllegalStateException("No step cuts the middle out: " + steps);
        }
        return crop;
    }

    private Pipeline replaced(Transform<?> crop, boolean mirrored) {
        int place = requireCrop();
        List<Transform<?>> others = new ArrayList<>(steps);
        others.set(place, crop);
        if (mirrored) {
            others.add(place, new RandomHorizontalFlip(1));
        }
        return new Pipeline(others, outputSize, channels);
    }

    /**
     * The same with the whole picture made to fit, whatever its shape, instead of its middle cut out.
     *
     * @throws IllegalStateException if nothing cuts the middle out
     */
    public Pipeline whole() {
        int place = requireCrop();
        CenterCrop crop = (CenterCrop) steps.get(place);
        List<Transform<?>> others = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (i == place) {
                others.add(Resize.exactly(crop.size()));
            } else if (i > place || !(steps.get(i) instanceof Resize)) {
                others.add(steps.get(i));
            }
        }
        return new Pipeline(others, outputSize, channels);
    }

    /**
     * How much of a picture is left when its middle was cut out.
     *
     * @return share of its area, 1 where nothing is cut away before its size is drawn
     */
    public double keptShare(int height, int width) {
        Size size = new Size(height, width);
        double kept = 1;
        for (Transform<?> step : steps) {
            if (step instanceof CenterCrop crop) {
                kept *= Math.min(1, (double) crop.size().height() / size.height())
                        * Math.min(1, (double) crop.size().width() / size.width());
            }
            if (ChainAdvice.isRandom(step)) {
                return kept;
            }
            size = sizeAfter(step, size);
        }
        return kept;
    }

    private static <D> Size sizeAfter(Transform<D> step, Size size) {
        return step.outputSize(size, step.draw(SeedStream.of(0).generator(), size.height(), size.width()));
    }

    /**
     * Transforms a picture. Pictures between the steps are closed here; the given one stays the caller's.
     *
     * @param sampleStream the stream of this sample in this epoch
     * @return the result, which the caller closes; the given picture itself where no step had anything to do, or a view
     *     of it, valid after the given one is closed
     * @throws UsageException if the picture has other channels
     */
    public Image apply(Image image, SeedStream sampleStream) {
        if (image.channels() != channels) {
            throw new UsageException(Problem.of("transform.channels", image, channels, image.channels()));
        }
        Image current = image;
        for (int i = 0; i < steps.size(); i++) {
            Image next = step(steps.get(i), current, sampleStream.derive(i));
            if (current != image && current != next) {
                current.close();
            }
            current = next;
        }
        if (current.height() != outputSize.height() || current.width() != outputSize.width()) {
            throw new IllegalStateException("Proven to end in " + outputSize + ", got " + current + " from " + steps);
        }
        return current;
    }

    private static <D> Image step(Transform<D> step, Image image, SeedStream stream) {
        return step.apply(image, step.draw(stream.generator(), image.height(), image.width()));
    }

    private static UsageException wrongSize(List<TransformSpec> specs, Size wanted, Optional<Size> size) {
        List<String> names = specs.stream().map(TransformSpec::name).toList();
        Text result = size.map(s -> Text.of("transform.size.always", s))
                .orElseGet(() ->
                        Text.of(names.contains("random_apply") ? "transform.size.drawn" : "transform.size.depends"));
        return new UsageException(Problem.of(
                "transform.size",
                names.isEmpty() ? Text.of("transform.size.none") : Text.verbatim(String.join(", ", names)),
                result,
                wanted));
    }
}
