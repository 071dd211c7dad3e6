/** Blocks that architectures share. */
@NullMarked
package io.sichter.nn;

import org.jspecify.annotations.NullMarked;
