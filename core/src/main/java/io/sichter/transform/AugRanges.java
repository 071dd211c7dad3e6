package io.sichter.transform;

/**
 * How much {@link AugTransforms} changes at most.
 *
 * @param maxRotate degrees
 * @param minZoom smallest factor, above 0
 * @param maxZoom largest factor
 * @param maxLighting of brightness and contrast, 0 to below 1
 * @param maxWarp of the perspective, 0 to below 1
 */
public record AugRanges(double maxRotate, double minZoom, double maxZoom, double maxLighting, double maxWarp) {
    /** fastai's defaults. */
    public static final AugRanges DEFAULTS = new AugRanges(10, 1, 1.1, 0.2, 0.2);

    /** Rotation, light and warp times a factor; the zoom stays, as in fastai. */
    public AugRanges times(double mult) {
        return new AugRanges(maxRotate * mult, minZoom, maxZoom, maxLighting * mult, maxWarp * mult);
    }
}
