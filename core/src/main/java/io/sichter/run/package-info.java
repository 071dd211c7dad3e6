/** The run directory: the only interface between training and everything after it. */
@NullMarked
package io.sichter.run;

import org.jspecify.annotations.NullMarked;
