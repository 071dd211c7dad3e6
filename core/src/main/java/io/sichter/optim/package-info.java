/** Optimizers on fused kernels. */
@NullMarked
package io.sichter.optim;

import org.jspecify.annotations.NullMarked;
