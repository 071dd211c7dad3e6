/** What the pictures of a data set are like: brightness of the channels, sizes, kinds; counted in one pass and kept. */
@NullMarked
package io.sichter.statistics;

import org.jspecify.annotations.NullMarked;
