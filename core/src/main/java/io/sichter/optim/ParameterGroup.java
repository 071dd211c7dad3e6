package io.sichter.optim;

import java.util.List;

/**
 * Parameters that are changed alike.
 *
 * @param name for people: what its members have in common
 * @param parameters names, in the order of the network
 * @param lrMultiplier multiplies the learning rate
 * @param weightDecay strength of the weight decay
 */
public record ParameterGroup(String name, List<String> parameters, double lrMultiplier, double weightDecay) {
    /** Copies the list. */
    public ParameterGroup {
        parameters = List.copyOf(parameters);
    }
}
