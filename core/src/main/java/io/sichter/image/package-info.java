/** Pictures in memory and the decoders that make them from bytes. */
@NullMarked
package io.sichter.image;

import org.jspecify.annotations.NullMarked;
