/** What a machine must have for Sichter to work and to work fast, looked at rather than assumed. */
@NullMarked
package io.sichter.cli.doctor;

import org.jspecify.annotations.NullMarked;
