/** The training loop, its policies and its listeners. */
@NullMarked
package io.sichter.train;

import org.jspecify.annotations.NullMarked;
