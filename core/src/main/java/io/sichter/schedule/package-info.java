/** Learning-rate schedules as pure functions of the step. */
@NullMarked
package io.sichter.schedule;

import org.jspecify.annotations.NullMarked;
