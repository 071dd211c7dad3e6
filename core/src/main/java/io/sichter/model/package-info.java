/** Architectures, one file per family, and their weights. */
@NullMarked
package io.sichter.model;

import org.jspecify.annotations.NullMarked;
