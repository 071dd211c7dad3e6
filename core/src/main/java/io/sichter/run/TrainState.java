package io.sichter.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import java.util.Map;
import java.util.Objects;

/**
 * Everything a run needs to go on as if it had never stopped, besides the tensors of model and optimizer.
 *
 * @param format version of this record
 * @param epochsDone finished epochs, their validation included
 * @param stepInEpoch steps done in the epoch under way
 * @param step steps done in the whole run
 * @param totalSteps length of the schedule in steps
 * @param best the best epoch so far
 * @param sums what the epoch under way has gathered
 * @param generators state of each random generator of libtorch by device, Base64
 * @param history metrics and timings of the finished epochs
 * @param policies what rules of the training remember; none in checkpoints of versions without them
 * @param seconds time the run has taken so far, over all its processes
 */
public record TrainState(
        int format,
        int epochsDone,
        int stepInEpoch,
        long step,
        long totalSteps,
        Best best,
        EpochSums sums,
        Map<String, String> generators,
        History history,
        PolicyState policies,
        double seconds) {
    /** Fills in what a checkpoint of an earlier version does not have. */
    @SuppressWarnings("ConstantValue") // Jackson gives null for a field that is not there
    public TrainState {
        policies = Objects.requireNonNullElseGet(policies, PolicyState::none);
    }

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /**
     * The best epoch so far.
     *
     * @param epoch from 1, or 0 before the first
     * @param checkpoint name of its checkpoint, or empty before the first
     */
    public record Best(int epoch, String checkpoint) {
        /** Before the first epoch. */
        public static Best none() {
            return new Best(0, "");
        }
    }

    /** The state as JSON text. */
    public String toJson() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of numbers and texts is always JSON", e);
        }
    }

    /** Reads {@link #toJson}; {@code where} names the file in messages. */
    public static TrainState fromJson(String json, String where) {
        try {
            return JSON.readValue(json, TrainState.class);
        } catch (JsonProcessingException e) {
            throw new StorageException(Problem.of("run.state", where, String.valueOf(e.getOriginalMessage())), e);
        }
    }
}
