package io.sichter.evaluate;

import io.sichter.text.Text;
import java.util.Optional;

/**
 * What looking several times has changed against looking once.
 *
 * @param views of each picture, in all
 * @param samples pictures
 * @param before how many of them the centre view alone has right
 * @param after how many all views together have right
 * @param rescued pictures that only all views together have right
 * @param hidden those of them that the validation transforms cut by more than a tenth, and that are right as well when the
 *     network sees them whole, once; 0 where nothing was gained, for then it is not looked at
 */
public record ViewGain(int views, int samples, int before, int after, int rescued, int hidden) {
    /** Less of a picture than this is a picture that was cut. */
    static final double WHOLE = 0.9;

    /** More pictures right, as a share of all; negative where fewer are. */
    public double accuracyGain() {
        return (double) (after - before) / samples;
    }

    /** Whether most of the gain is of what the validation transforms cut away, which one whole view shows as well. */
    public boolean isFromCropping() {
        return after > before && 2 * hidden > rescued;
    }

    /** What to say about it, if the views are a dear way to show the whole picture. */
    Optional<Text> advice() {
        return isFromCropping()
                ? Optional.of(Text.of("evaluate.tta.from_cropping", hidden, rescued))
                : Optional.empty();
    }
}
