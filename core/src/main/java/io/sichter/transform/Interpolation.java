package io.sichter.transform;

/** How a value between pixels is found. */
public enum Interpolation {
    /** The nearest pixel. */
    NEAREST,
    /** Weighted mean of the four nearest. */
    BILINEAR
}
