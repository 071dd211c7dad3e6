package io.sichter.event;

/** Observes a run; it cannot change it. Called on the training thread, so it should be quick. */
@FunctionalInterface
public interface TrainListener {
    /** Called after something happened. An exception from here fails the run. */
    void on(TrainEvent event);
}
