package io.sichter.loader;

import io.sichter.dataset.Sample;
import io.sichter.transform.Pipeline;
import java.util.Map;

/** What happens to which picture: the same to all, but for classes that have a pipeline of their own. */
record Pipelines(Pipeline usual, Map<Integer, Pipeline> perClass) {
    Pipelines {
        perClass = Map.copyOf(perClass);
        for (Pipeline pipeline : perClass.values()) {
            if (!pipeline.outputSize().equals(usual.outputSize()) || pipeline.channels() != usual.channels()) {
                throw new IllegalArgumentException("Pictures of all classes must come out alike: " + usual.outputSize()
                        + ", " + pipeline.outputSize());
            }
        }
    }

    Pipeline of(Sample sample) {
        return perClass.isEmpty() ? usual : perClass.getOrDefault(sample.target(), usual);
    }
}
