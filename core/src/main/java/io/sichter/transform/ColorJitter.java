package io.sichter.transform;

import io.sichter.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Changes brightness, contrast, saturation and hue by random factors in random order, as
 * {@code torchvision.transforms.v2.ColorJitter} does to a PIL image. What is empty is left alone.
 *
 * <p>Brightness and contrast take any number of channels (the contrast's mean grey is the mean of all values unless there
 * are three), saturation and hue 1 or 3; with one channel these two change nothing, as in torchvision.
 *
 * <p>Drawn: the order, and each factor uniform in its range.
 *
 * @param brightness range of the factor, at least 0
 * @param contrast range of the factor, at least 0
 * @param saturation range of the factor, at least 0
 * @param hue range of the turn as a share of the circle, within -0.5 to 0.5
 */
public record ColorJitter(
        Optional<Interval> brightness,
        Optional<Interval> contrast,
        Optional<Interval> saturation,
        Optional<Interval> hue)
        implements SizeKeeping<ColorJitter.Changes> {
    /** One of the four things that change. */
    public enum Property {
        /** Towards black or away from it. */
        BRIGHTNESS,
        /** Towards the mean grey or away from it. */
        CONTRAST,
        /** Towards the grey version or away from it. */
        SATURATION,
        /** Around the colour circle. */
        HUE;

        /** A picture with this property changed. */
        Image adjust(Image image, double factor) {
            Mat target = Depths.like(image);
            adjust(image.mat(), target, factor);
            return Image.of(target);
        }

        /** Changes a matrix; source and target may be the same. */
        private void adjust(Mat source, Mat target, double factor) {
            switch (this) {
                case BRIGHTNESS -> Colours.brightness(source, target, factor);
                case CONTRAST -> Colours.contrast(source, target, factor);
                case SATURATION -> Colours.saturation(source, target, factor);
                case HUE -> Hue.shift(source, target, factor);
            }
        }
    }

    /**
     * One change.
     *
     * @param property what changes
     * @param factor by what; for the hue a share of the circle
     */
    public record Change(Property property, double factor) {}

    /**
     * The changes.
     *
     * @param inOrder one after the other
     */
    public record Changes(List<Change> inOrder) {
        /** Copies the list. */
        public Changes {
            inOrder = List.copyOf(inOrder);
        }
    }

    @Override
    public Changes draw(RandomGenerator random, int height, int width) {
        List<Change> changes = new ArrayList<>();
        brightness.ifPresent(range -> changes.add(new Change(Property.BRIGHTNESS, range.draw(random))));
        contrast.ifPresent(range -> changes.add(new Change(Property.CONTRAST, range.draw(random))));
        saturation.ifPresent(range -> changes.add(new Change(Property.SATURATION, range.draw(random))));
        hue.ifPresent(range -> changes.add(new Change(Property.HUE, range.draw(random))));
        Shuffle.inPlace(changes, random);
        return new Changes(changes);
    }

    @Override
    public Image apply(Image image, Changes draw) {
        if (draw.inOrder().isEmpty()) {
            return image;
        }
        Mat target = Depths.like(image);
        Mat source = image.mat();
        for (Change change : draw.inOrder()) {
            change.property().adjust(source, target, change.factor());
            source = target;
        }
        return Image.of(target);
    }
}
