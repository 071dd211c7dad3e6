/** The fluent face of the library. */
@NullMarked
package io.sichter;

import org.jspecify.annotations.NullMarked;
