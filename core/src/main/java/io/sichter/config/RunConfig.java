package io.sichter.config;

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

    /** Epochs of the whole run: fine-tuning begins with epochs of the head alone, which {@code train.epochs} does not count. */
    public int epochs() {
        return train.epochs() + (transfer.fineTune() ? transfer.headEpochs() : 0);
    }
}
