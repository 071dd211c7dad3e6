package io.sichter.model;

/** Builds a network with fresh weights. */
@FunctionalInterface
public interface ModelFactory {
    /**
     * Builds it.
     *
     * @param name the registered name
     * @throws io.sichter.error.UsageException if the pictures are too small for the network
     */
    Classifier create(String name, ModelOptions options);
}
