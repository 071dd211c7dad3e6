/** Durable writes, checksums, locks and the safetensors container: files as bytes, without libtorch. */
@NullMarked
package io.sichter.storage;

import org.jspecify.annotations.NullMarked;
