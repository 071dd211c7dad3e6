/** Samplers, workers and batches of reused buffers. */
@NullMarked
package io.sichter.loader;

import org.jspecify.annotations.NullMarked;
