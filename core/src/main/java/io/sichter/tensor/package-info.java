/**
 * The one door to libtorch: scopes, device, precision, any ATen operator by name, translated errors.
 *
 * <p>Every tensor that an operation makes belongs to the innermost open {@link io.sichter.tensor.Scope} of the calling
 * thread. Scopes are opened in the training step, the evaluation batch, predict, and where a model is built or loaded.
 */
@NullMarked
package io.sichter.tensor;

import org.jspecify.annotations.NullMarked;
