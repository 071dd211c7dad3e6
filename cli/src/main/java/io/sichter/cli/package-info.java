/** The command line: the only main, and the only place that writes to standard streams. */
@NullMarked
package io.sichter.cli;

import org.jspecify.annotations.NullMarked;
