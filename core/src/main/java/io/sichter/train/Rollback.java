package io.sichter.train;

import io.sichter.error.RunFailedException;

/** The run is to go back to its last checkpoint, because of a failure that stops it where that does not help. */
@SuppressWarnings("serial") // never leaves the training loop
final class Rollback extends RuntimeException {
    private final RunFailedException failure;

    Rollback(RunFailedException failure) {
        super(failure);
        this.failure = failure;
    }

    RunFailedException failure() {
        return failure;
    }
}
