package io.sichter.transform;

import java.util.Optional;

/**
 * A transform whose result has the size of the picture.
 *
 * @param <D> what is drawn
 */
public interface SizeKeeping<D> extends Transform<D> {
    @Override
    default Size outputSize(Size input, D draw) {
        return input;
    }

    @Override
    default Optional<Size> fixedSize(Optional<Size> input) {
        return input;
    }
}
