package io.sichter.transform;

import java.util.List;
import java.util.function.Function;

/**
 * Makes a transform from its configuration.
 *
 * @param parameters names of all parameters it knows, snake_case; any other is refused before {@code maker} is called
 * @param maker reads them and makes the transform
 */
public record TransformFactory(List<String> parameters, Function<TransformParameters, Transform<?>> maker) {
    /** Copies the names. */
    public TransformFactory {
        parameters = List.copyOf(parameters);
    }
}
