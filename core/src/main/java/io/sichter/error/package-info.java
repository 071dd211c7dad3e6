/** What can go wrong, said in one sentence: what was received, what was expected, what to do. */
@NullMarked
package io.sichter.error;

import org.jspecify.annotations.NullMarked;
