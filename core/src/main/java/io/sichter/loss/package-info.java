/** Training losses. */
@NullMarked
package io.sichter.loss;

import org.jspecify.annotations.NullMarked;
