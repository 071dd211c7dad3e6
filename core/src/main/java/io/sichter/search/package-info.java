/** Many runs that answer one question: was it repeated exactly, which choice is better, how good will it be elsewhere. */
@NullMarked
package io.sichter.search;

import org.jspecify.annotations.NullMarked;
