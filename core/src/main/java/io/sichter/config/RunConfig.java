package io.sichter.config;

import java.util.List;

/**
 * Everything that decides what a run does. Written in full, every section and default, to {@code run.yaml}; reading
 * that file back gives an equal record.
 */
public record RunConfig(
        @Range(min = 1, max = 1) int format,

        String runsDir,

        String runName,

        boolean existOk,

        long seed,

        DataConfig data,

        ClassesConfig classes,

        ModelConfig model,

        TransformsConfig transforms,

        LoaderConfig loader,

        BalanceConfig balance,

        TrainConfig train,

        TransferConfig transfer,

        LossConfig loss,

        MixConfig mix,

        OptimizerConfig optimizer,

        ScheduleConfig schedule,

        EarlyStopConfig earlyStop,

        CheckpointConfig checkpoint,

        RuntimeConfig runtime) {
    /** The configuration of a run about which nothing was said. */
    public static RunConfig defaults() {
        return new RunConfig(
                1,
                "runs",
                "auto",
                false,
                42,
                DataConfig.defaults(),
                ClassesConfig.defaults(),
                ModelConfig.defaults(),
                TransformsConfig.defaults(),
                LoaderConfig.defaults(),
                BalanceConfig.defaults(),
                TrainConfig.defaults(),
                TransferConfig.defaults(),
                LossConfig.defaults(),
                MixConfig.defaults(),
                OptimizerConfig.defaults(),
                ScheduleConfig.defaults(),
                EarlyStopConfig.defaults(),
                CheckpointConfig.defaults(),
                RuntimeConfig.defaults());
    }

    /**
     * The parts of the run, each with its size and epochs: fine-tuning trains the head alone, then everything at half the
     * rate; else those of {@code train.progressive}, or one.
     */
    public List<TrainStage> stages() {
        TrainStage whole = new TrainStage(model.imageSize(), train.epochs(), 0, 0, "");
        if (!transfer.fineTune()) {
            return train.stages().isEmpty() ? List.of(whole) : train.stages();
        }
        TrainStage head = new TrainStage(model.imageSize(), transfer.headEpochs(), 0, optimizer.lr(), "");
        TrainStage everything = new TrainStage(model.imageSize(), train.epochs(), 0, optimizer.lr() / 2, "");
        return head.epochs() > 0 ? List.of(head, everything) : List.of(everything);
    }

    /** Epochs of the whole run: fine-tuning begins with epochs of the head alone, which {@code train.epochs} does not count. */
    public int epochs() {
        return train.epochs() + (transfer.fineTune() ? transfer.headEpochs() : 0);
    }
}
