package io.sichter.evaluate;

/**
 * How true a map is to its network.
 *
 * @param deletion mean probability of the class while the most important pixels are taken away, 0 to 1: small is good
 * @param insertion mean probability while they are shown one after the other: large is good
 */
public record Faithfulness(double deletion, double insertion) {}
