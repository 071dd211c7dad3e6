/** Benchmarks: every figure beside a peer or our own slower way, interleaved in one run. Not published. */
@NullMarked
package io.sichter.bench;

import org.jspecify.annotations.NullMarked;
