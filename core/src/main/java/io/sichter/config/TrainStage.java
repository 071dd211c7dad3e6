package io.sichter.config;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One stage of a training on growing pictures, as it stands in {@code train.progressive}: {@code 224:5:batch=16}.
 *
 * @param size height and width of the training pictures, pixels
 * @param epochs length
 * @param batch pictures per step; 0 for {@code loader.batch_size}
 * @param lr learning rate; 0 for {@code optimizer.lr}
 * @param schedule name of the schedule; empty for {@code schedule.name}
 */
public record TrainStage(int size, int epochs, int batch, double lr, String schedule) {
    private static final Set<String> FIELDS = Set.of("batch", "lr", "schedule");
    private static final Pattern WHOLE = Pattern.compile("[1-9][0-9]{0,5}");

    /**
     * Reads a stage.
     *
     * @throws UsageException if it is none
     */
    public static TrainStage parse(String text) {
        String[] parts = text.strip().split(":", -1);
        Map<String, String> fields = new HashMap<>();
        for (int i = 2; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String name = equals < 0 ? parts[i] : parts[i].substring(0, equals);
            if (equals < 0 || !FIELDS.contains(name) || fields.put(name, parts[i].substring(equals + 1)) != null) {
                throw wrong(text);
            }
        }
        if (parts.length < 2) {
            throw wrong(text);
        }
        String schedule = fields.getOrDefault("schedule", "");
        return new TrainStage(
                whole(parts[0], text),
                whole(parts[1], text),
                fields.containsKey("batch") ? whole(fields.getOrDefault("batch", ""), text) : 0,
                fields.containsKey("lr") ? rate(fields.getOrDefault("lr", ""), text) : 0,
                schedule);
    }

    private static int whole(String number, String text) {
        if (!WHOLE.matcher(number).matches()) {
            throw wrong(text);
        }
        return Integer.parseInt(number);
    }

    private static double rate(String number, String text) {
        try {
            double rate = Double.parseDouble(number);
            if (rate > 0 && Double.isFinite(rate)) {
                return rate;
            }
        } catch (NumberFormatException e) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static UsageException wrong(String text) {
        return new UsageException(Problem.of("training.stage", text));
    }
}
