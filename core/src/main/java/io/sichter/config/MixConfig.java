package io.sichter.config;

/** Whether pictures of a batch are mixed with one another in training. */
public record MixConfig(
        @Help("mixup: alpha of the Beta distribution that the shares are drawn from (fastai 0.4, timm 0.2 to 0.8);"
                + " 1 draws evenly, 0 is off")
        @Range(min = 0, max = 100)
        double mixup,

        @Help("cutmix: alpha of the Beta distribution that the size of the pasted part is drawn from (1 draws evenly);"
                + " 0 is off")
        @Range(min = 0, max = 100)
        double cutmix,

        @Help("share of the batches that are mixed at all") @Range(min = 0, max = 1, exclusiveMin = true)
        double probability,

        @Help("where both are on, share of the mixed batches that cutmix gets") @Range(min = 0, max = 1)
        double cutmixShare,

        @Help("mixup: every picture has a share of its own, as in fastai; false draws one for the batch, as timm does")
        boolean perSample,

        @Help("always this share of the other picture instead of a drawn one; 0 draws")
        @Range(min = 0, max = 1, exclusiveMax = true)
        double share) {
    /** The section as it is when nothing was said. */
    public static MixConfig defaults() {
        return new MixConfig(0, 0, 1, 0.5, true, 0);
    }
}
