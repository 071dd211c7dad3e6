package io.sichter.train;

import io.sichter.config.RunConfig;
import io.sichter.dataset.ClassIndex;
import io.sichter.loader.DataLoader;
import io.sichter.loss.Loss;
import io.sichter.model.Classifier;
import io.sichter.optim.Optimizer;
import io.sichter.run.RunDirectory;

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
 * @param average of the weights over time, if there is one
 * @param parts which parts of the network learn
 * @param plan what every epoch trains on, and its learning rate
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
        WeightAverage average,
        TrainableParts parts,
        Plan plan,
        DataLoader validation)
        implements AutoCloseable {
    @Override
    public void close() {
        plan.close();
        validation.close();
        average.close();
        optimizer.close();
        engine.close();
    }
}
