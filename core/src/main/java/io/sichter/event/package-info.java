/** What a run tells its listeners. */
@NullMarked
package io.sichter.event;

import org.jspecify.annotations.NullMarked;
