package io.sichter.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sichter.error.Problem;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The one object that {@code --json} prints. Keys are part of the interface: they may be added, never changed. */
final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private Json() {}

    /** One line of JSON. Records in it are written with snake_case keys. */
    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write as JSON: " + value.getClass(), e);
        }
    }

    /** JSON has no word for a number that does not exist: it becomes null. */
    static Object number(double value) {
        return Double.isFinite(value) ? value : MAPPER.nullNode();
    }

    static String error(Problem problem, Locale language) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("problem", problem.problem().in(language));
        parts.put("received", problem.received().in(language).strip());
        parts.put("expected", problem.expected().in(language).strip());
        parts.put("fix", problem.fix().in(language).strip());
        return write(Map.of("error", parts));
    }
}
