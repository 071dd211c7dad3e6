/** Picture to picture: parameters are drawn in one method and applied in another. */
@NullMarked
package io.sichter.transform;

import org.jspecify.annotations.NullMarked;
