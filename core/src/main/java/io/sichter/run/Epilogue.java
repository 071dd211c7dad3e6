package io.sichter.run;

import io.sichter.text.Text;
import java.util.List;

/**
 * What is done with a run directory after the training has written its last file: pictures, reports. It reads the
 * directory and changes nothing of what training made; it is not part of the result, so a run never fails by it.
 */
@FunctionalInterface
public interface Epilogue {
    /**
     * Does it; whatever is thrown becomes advice to the person.
     *
     * @return what could not be done, for people
     */
    List<Text> after(RunDirectory run);

    /** Does nothing. */
    static Epilogue none() {
        return run -> List.of();
    }
}
