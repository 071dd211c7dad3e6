package io.sichter.model;

import org.bytedeco.pytorch.Tensor;

/**
 * What a network gets. A record, so that a second input later changes no signature.
 *
 * @param images normalised pictures, {@code [N, C, H, W]}, float32, channels_last
 */
public record ModelInput(Tensor images) {}
