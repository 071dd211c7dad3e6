package io.sichter.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sichter.storage.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The loss of every batch of a run, as its log of events has it. */
public final class BatchLosses {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String STEP = "\"step_done\"";

    private BatchLosses() {}

    /**
     * Mean loss of the pictures of each training batch, in the order of the steps. A step that was made again after a
     * kill counts once; one that the log lacks is NaN.
     *
     * @throws io.sichter.error.StorageException if the log cannot be read
     */
    public static double[] read(RunDirectory run) {
        TreeMap<Long, Double> losses = new TreeMap<>();
        try (Stream<String> lines = Files.lines(run.events())) {
            lines.filter(line -> line.contains(STEP)).forEach(line -> add(line, losses));
        } catch (IOException e) {
            throw DurableFiles.failure("read", run.events(), e);
        }
        double[] values = new double[losses.isEmpty() ? 0 : Math.toIntExact(losses.lastKey())];
        java.util.Arrays.fill(values, Double.NaN);
        losses.forEach((step, loss) -> values[Math.toIntExact(step) - 1] = loss);
        return values;
    }

    private static void add(String line, Map<Long, Double> losses) {
        try {
            JsonNode event = JSON.readTree(line);
            JsonNode loss = event.path("batch_loss");
            if (loss.isNumber() && event.path("step").asLong() > 0) {
                losses.put(event.path("step").asLong(), loss.asDouble());
            }
        } catch (JsonProcessingException e) {
            return; // a killed process tears the line it was writing; the step was made again
        }
    }
}
