/** Names to factories, with a suggestion for a misspelt name. */
@NullMarked
package io.sichter.registry;

import org.jspecify.annotations.NullMarked;
