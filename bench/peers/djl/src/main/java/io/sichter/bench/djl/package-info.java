/** DJL's side of the benchmarks, in a JVM of its own. */
@NullMarked
package io.sichter.bench.djl;

import org.jspecify.annotations.NullMarked;
