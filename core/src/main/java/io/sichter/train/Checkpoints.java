package io.sichter.train;

import io.sichter.config.CheckpointConfig;
import io.sichter.run.CheckpointStore;
import io.sichter.run.TrainState;
import io.sichter.tensor.Device;
import io.sichter.tensor.Generators;
import io.sichter.tensor.Scope;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The rule when to save, and the way from a session to a checkpoint and back. */
final class Checkpoints {
    private final Session session;
    private final CheckpointStore store;
    private final CheckpointConfig rule;
    private long lastSaved = System.nanoTime();

    Checkpoints(Session session) {
        this.session = session;
        this.store = new CheckpointStore(session.run());
        this.rule = session.config().checkpoint();
    }

    /** Whether the rule asks for a checkpoint now, after the steps since the last update before this one. */
    boolean due(long before, long step) {
        boolean bySteps = rule.everySteps() > 0 && step / rule.everySteps() > before / rule.everySteps();
        double minutes = (System.nanoTime() - lastSaved) / 60e9;
        return bySteps || (rule.everyMinutes() > 0 && minutes >= rule.everyMinutes());
    }

    /** Saves the state and the tensors of the session, and deletes what the rule does not keep. */
    String save(TrainState state) {
        String name = store.save(
                state,
                new CheckpointStore.Tensors(
                        Weights.sources(session.model().state().tensors()),
                        Weights.sources(session.optimizer().state()),
                        Weights.sources(session.average().tensors())));
        if (state.best().checkpoint().equals(name)) {
            store.best(name);
        }
        store.retain(rule.keep(), name, state.best().checkpoint());
        lastSaved = System.nanoTime();
        return name;
    }

    /** Puts the tensors and generators of a checkpoint into the session. */
    void restore(CheckpointStore.Loaded loaded) {
        try (Scope scope = Scope.open()) {
            session.model().state().load(Weights.toData(loaded.model()));
            session.optimizer().load(Weights.toData(loaded.optimizer()));
            session.average().load(Weights.toData(loaded.averaged()));
            loaded.state()
                    .generators()
                    .forEach((device, state) -> Generators.restore(
                            Device.resolve(device), Base64.getDecoder().decode(state)));
        }
    }

    /** State of the generators that the session draws from, as checkpoints keep it. */
    Map<String, String> generators() {
        Map<String, String> states = new HashMap<>();
        states.put("cpu", encode(Device.CPU));
        Device device = session.engine().device();
        if (device == Device.CUDA) {
            states.put(device.toString(), encode(device));
        }
        return states;
    }

    private static String encode(Device device) {
        return Base64.getEncoder().encodeToString(Generators.state(device));
    }
}
