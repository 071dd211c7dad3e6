package io.sichter.evaluate;

import io.sichter.text.Text;

/**
 * A file that could not be used.
 *
 * @param file its path, or its id in the data set
 * @param reason why, for people
 */
public record UnreadableFile(String file, Text reason) {}
