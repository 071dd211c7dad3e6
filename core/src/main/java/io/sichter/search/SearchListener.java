package io.sichter.search;

import io.sichter.event.TrainEvent;
import io.sichter.event.TrainListener;
import java.util.List;

/** Observes many runs, and what happens in each. */
public interface SearchListener extends TrainListener {
    /**
     * Before a run begins, goes on, or is found finished.
     *
     * @param name of the run
     * @param number of the run, from 1
     * @param runs how many there are
     * @param finished whether it was finished before and is not trained again
     */
    void begins(String name, int number, int runs, boolean finished);

    /** One that tells others what happens in the runs. */
    static SearchListener of(List<TrainListener> listeners) {
        return new SearchListener() {
            @Override
            public void begins(String name, int number, int runs, boolean finished) {}

            @Override
            public void on(TrainEvent event) {
                listeners.forEach(listener -> listener.on(event));
            }
        };
    }
}
