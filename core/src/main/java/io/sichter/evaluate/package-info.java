/** Evaluation and prediction with a trained classifier. */
@NullMarked
package io.sichter.evaluate;

import org.jspecify.annotations.NullMarked;
