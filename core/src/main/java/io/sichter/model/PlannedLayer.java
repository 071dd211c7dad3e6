package io.sichter.model;

import io.sichter.nn.Layer;
import java.util.function.Supplier;

/**
 * A layer of a network of one's own whose shapes are known and fit, before it is built.
 *
 * @param name as its parameters will carry it
 * @param kind the word of the configuration
 * @param output what it gives
 * @param maker builds it
 */
record PlannedLayer(String name, String kind, Flow output, Supplier<? extends Layer> maker) {}
