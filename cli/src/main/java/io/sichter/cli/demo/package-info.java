/** The pictures of {@code sichter demo}, drawn by the program: nothing is downloaded and nothing is shipped. */
@NullMarked
package io.sichter.cli.demo;

import org.jspecify.annotations.NullMarked;
