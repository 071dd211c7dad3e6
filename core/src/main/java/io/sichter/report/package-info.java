/** Pictures of a run, made from nothing but its directory; without libtorch. */
@NullMarked
package io.sichter.report;

import org.jspecify.annotations.NullMarked;
