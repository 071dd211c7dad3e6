/** Labelled pictures: folders, splits, class lists and the scan for broken files. */
@NullMarked
package io.sichter.dataset;

import org.jspecify.annotations.NullMarked;
