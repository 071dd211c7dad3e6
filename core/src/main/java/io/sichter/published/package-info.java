/** What others have published: weights by name, where they lie, how they are fetched and kept. */
@NullMarked
package io.sichter.published;

import org.jspecify.annotations.NullMarked;
