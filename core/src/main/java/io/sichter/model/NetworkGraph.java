package io.sichter.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a network computes from one picture, step by step, and which step gets what from which: read from the graph that
 * libtorch records for a backward pass, so that it shows what is computed, shortcuts included, and not what was meant.
 *
 * @param architecture registered name
 * @param operations in the order in which they are computed; the first is the picture
 * @param blocks PyTorch's names of the blocks' classes, by the names of the blocks
 */
public record NetworkGraph(String architecture, List<Operation> operations, Map<String, String> blocks) {
    /** Copies the collections. */
    public NetworkGraph {
        operations = List.copyOf(operations);
        blocks = Collections.unmodifiableMap(new LinkedHashMap<>(blocks));
    }

    /** Multiplications with their additions for one picture. */
    public long multiplyAdds() {
        return operations.stream().mapToLong(Operation::multiplyAdds).sum();
    }
}
