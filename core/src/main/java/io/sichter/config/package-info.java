/** The whole run as plain records; YAML and command-line overrides in and out. */
@NullMarked
package io.sichter.config;

import org.jspecify.annotations.NullMarked;
