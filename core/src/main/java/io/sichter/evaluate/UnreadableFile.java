package io.sichter.evaluate;

/**
 * A file that could not be used.
 *
 * @param file its path, or its id in the data set
 * @param reason why, for people
 */
public record UnreadableFile(String file, String reason) {}
