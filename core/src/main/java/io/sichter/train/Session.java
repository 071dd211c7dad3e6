package io.sichter.train;

import io.sichter.config.RunConfig;
import io.sichter.dataset.ClassIndex;
import io.sichter.loader.DataLoader;
import io.sichter.loss.Loss;
import io.sichter.model.Classifier;
import io.sichter.optim.Optimizer;
import io.sichter.run.RunDirectory;
import io.sichter.schedule.LearningRateSchedule;

/**
 * What one process needs to train a run: everything is built, nothing has started.
 *
 * @param config the resolved configuration
 * @param run where it is written
 * @param classes names of the outputs
 * @param engine where and how the network computes
 * @param model the network, on its device; owned by who made it
 * @param optimizer over its parameters
 * @param loss of the training
 * @param schedule of the learning rate over all steps
 * @param train batches of the training split
 * @param validation batches of the validation split
 */
record Session(
        RunConfig config,
        RunDirectory run,
        ClassIndex classes,
        Engine engine,
        Classifier model,
        Optimizer optimizer,
        Loss loss,
        LearningRateSchedule schedule,
        DataLoader train,
        DataLoader validation)
        implements AutoCloseable {
    /** Steps of one epoch. */
    int stepsPerEpoch() {
        return train.batches();
    }

    /** Steps of the whole run. */
    long totalSteps() {
        return (long) stepsPerEpoch() * config.train().epochs();
    }

    @Override
    public void close() {
        train.close();
        validation.close();
        optimizer.close();
        engine.close();
    }
}
