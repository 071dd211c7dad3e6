/** Randomness as a function of (seed, purpose, epoch, sample): there is no global generator. */
@NullMarked
package io.sichter.random;

import org.jspecify.annotations.NullMarked;
