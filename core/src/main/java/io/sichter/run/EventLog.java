package io.sichter.run;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.sichter.event.TrainEvent;
import io.sichter.event.TrainListener;
import io.sichter.storage.DurableFiles;
import io.sichter.text.Text;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** Appends every event to {@code events.jsonl}, one JSON object a line; batches of the validation are left out. */
public final class EventLog implements TrainListener, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(new SimpleModule()
                    .addSerializer(Path.class, ToStringSerializer.instance)
                    .addSerializer(Text.class, ToStringSerializer.instance))
            .build();

    private final Path file;
    private final BufferedWriter writer;

    /** Opens the log of a run for appending. */
    public EventLog(RunDirectory run) {
        file = run.events();
        try {
            writer = Files.newBufferedWriter(
                    file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw DurableFiles.failure("write", file, e);
        }
    }

    @Override
    public void on(TrainEvent event) {
        if (event instanceof TrainEvent.ValidationBatchDone) {
            return;
        }
        ObjectNode line = JSON.createObjectNode();
        line.put("time", Instant.now().toString());
        line.put("event", snakeCase(event.getClass().getSimpleName()));
        line.setAll((ObjectNode) JSON.valueToTree(event));
        try {
            writer.write(line.toString());
            writer.newLine();
            if (!(event instanceof TrainEvent.StepDone)) {
                writer.flush(); // steps may wait; whatever matters to a person is on its way to disk at once
            }
        } catch (IOException e) {
            throw DurableFiles.failure("write", file, e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw DurableFiles.failure("write", file, e);
        }
    }

    private static String snakeCase(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(java.util.Locale.ROOT);
    }
}
