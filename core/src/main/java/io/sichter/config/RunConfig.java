package io.sichter.config;

/**
 * Everything that decides what a run does. Written in full, every section and default, to {@code run.yaml}; reading
 * that file back gives an equal record.
 */
public record RunConfig(
        @Help("version of this file's format") @Range(min = 1, max = 1)
        int format,

        @Help("folder in which run directories are made") String runsDir,

        @Help("name of the run directory; auto takes the model's name; -2, -3 ... is appended when it exists")
        String runName,

        @Help("use the run directory even if it exists, replacing what is there")
        boolean existOk,

        @Help("seed of every random number of the run") long seed,

        @Help("where the pictures are and what is done about bad ones")
        DataConfig data,

        @Help("which network, and for which pictures") ModelConfig model,

        @Help("what happens to a picture before the network sees it")
        TransformsConfig transforms,

        @Help("how batches are made") LoaderConfig loader,

        @Help("how long to train, and what counts as best") TrainConfig train,

        @Help("what training makes small") LossConfig loss,

        @Help("mixing the pictures of a batch: MixUp and CutMix")
        MixConfig mix,

        @Help("the optimizer; names, defaults and formulas as in PyTorch")
        OptimizerConfig optimizer,

        @Help("how the learning rate moves from step to step")
        ScheduleConfig schedule,

        @Help("when a run ends before all its epochs are done")
        EarlyStopConfig earlyStop,

        @Help("when the state of the run is saved, besides the end of each epoch")
        CheckpointConfig checkpoint,

        @Help("on what the run computes") RuntimeConfig runtime) {
    /** The configuration of a run about which nothing was said. */
    public static RunConfig defaults() {
        return new RunConfig(
                1,
                "runs",
                "auto",
                false,
                42,
                DataConfig.defaults(),
                ModelConfig.defaults(),
                TransformsConfig.defaults(),
                LoaderConfig.defaults(),
                TrainConfig.defaults(),
                LossConfig.defaults(),
                MixConfig.defaults(),
                OptimizerConfig.defaults(),
                ScheduleConfig.defaults(),
                EarlyStopConfig.defaults(),
                CheckpointConfig.defaults(),
                RuntimeConfig.defaults());
    }
}
