/** What Sichter says to people, in every language it speaks. */
@NullMarked
package io.sichter.text;

import org.jspecify.annotations.NullMarked;
