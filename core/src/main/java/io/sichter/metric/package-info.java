/** Metrics that carry their definition, from plain Java arrays. */
@NullMarked
package io.sichter.metric;

import org.jspecify.annotations.NullMarked;
