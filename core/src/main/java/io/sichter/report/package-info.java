/** Pictures of a run, made from nothing but its directory, and of what a run would see; without libtorch. */
@NullMarked
package io.sichter.report;

import org.jspecify.annotations.NullMarked;
