package io.sichter.transform;

import io.sichter.image.Image;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Resizes a picture, antialiased bilinear or bicubic, as {@code torchvision.transforms.v2.Resize} does to a PIL image. Any number
 * of channels, 8 bit, 16 bit and float32; within one grey level of Pillow for 8 bit.
 *
 * <p>Nothing is drawn. A result of more than 67 million pixels, which only an extreme aspect ratio makes, is refused
 * with an {@link io.sichter.image.UnreadableImageException}.
 */
public final class Resize implements Transform<Transform.NoDraw> {
    private final Optional<Size> exact;
    private final int shorterSide;
    private final boolean cubic;

    private Resize(Optional<Size> exact, int shorterSide, boolean cubic) {
        this.exact = exact;
        this.shorterSide = shorterSide;
        this.cubic = cubic;
    }

    /** To exactly this size, whatever the aspect ratio was. */
    public static Resize exactly(Size size) {
        return new Resize(Optional.of(size), 0, false);
    }

    /** To this length of the shorter side, keeping the aspect ratio (the longer side is rounded down). */
    public static Resize shorterSide(int pixels) {
        return new Resize(Optional.empty(), pixels, false);
    }

    /** The same with Pillow's bicubic filter, which many published weights were judged with; for 8 bit alone. */
    public Resize bicubic() {
        return new Resize(exact, shorterSide, true);
    }

    @Override
    public NoDraw draw(RandomGenerator random, int height, int width) {
        return NoDraw.INSTANCE;
    }

    @Override
    public Image apply(Image image, NoDraw draw) {
        Size size = outputSize(new Size(image.height(), image.width()), draw);
        return cubic ? Geometry.resizeCubic(image, size) : Geometry.resize(image, size);
    }

    @Override
    public Size outputSize(Size input, NoDraw draw) {
        return exact.orElseGet(() -> input.width() <= input.height()
                ? new Size(longer(input.height(), input.width()), shorterSide)
                : new Size(shorterSide, longer(input.width(), input.height())));
    }

    @Override
    public Optional<Size> fixedSize(Optional<Size> input) {
        return exact.isPresent() ? exact : input.map(size -> outputSize(size, NoDraw.INSTANCE));
    }

    private int longer(int longSide, int shortSide) {
        return Math.toIntExact((long) shorterSide * longSide / shortSide);
    }
}
