package io.sichter.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Which parts of a network with published weights learn, and when. */
public record TransferConfig(
        boolean fineTune,

        @Range(min = 0, max = 1_000_000) int headEpochs,

        String freeze,

        List<String> unfreeze,

        @OneOf({"train", "statistics", "frozen"}) String norms,

        boolean fixedStatistics) {
    /** For {@link #frozen}: everything but the head. */
    public static final int BACKBONE = -1;

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");
    private static final String NONE = "none";
    private static final String ALL_BUT_THE_HEAD = "backbone";

    /** What fastai's {@code fine_tune} learns with, and how many times slower the first layers do. */
    private static final double LEARNING_RATE = 2e-3;

    private static final double SPREAD = 100;

    /** Copies the list. */
    public TransferConfig {
        unfreeze = List.copyOf(unfreeze);
    }

    /** The section as it is when nothing was said: everything learns from the first step on. */
    public static TransferConfig defaults() {
        return new TransferConfig(false, 1, NONE, List.of(), "train", false);
    }

    /**
     * How many of the network's groups are frozen in an epoch, from the input on.
     *
     * @param epoch from 1
     * @return a number of groups, or {@link #BACKBONE}
     */
    public int frozen(int epoch) {
        if (fineTune) {
            return epoch <= headEpochs ? BACKBONE : 0;
        }
        int frozen = atTheBeginning();
        for (Thaw thaw : thaws()) {
            frozen = thaw.epochs() < epoch ? thaw.frozen() : frozen;
        }
        return frozen;
    }

    /** Whether an epoch begins a stage of fine-tuning, with an optimizer that has seen nothing. */
    public boolean beginsAnew(int epoch) {
        return fineTune && epoch == headEpochs + 1;
    }

    /** The steps of {@link #unfreeze}. */
    public List<Thaw> thaws() {
        return unfreeze.stream().map(Thaw::parse).toList();
    }

    private int atTheBeginning() {
        return switch (freeze) {
            case NONE -> 0;
            case ALL_BUT_THE_HEAD -> BACKBONE;
            default -> Integer.parseInt(freeze);
        };
    }

    /** Whether {@link #freeze} is one of its words or a number. */
    boolean isFreezeKnown() {
        return freeze.equals(NONE)
                || freeze.equals(ALL_BUT_THE_HEAD)
                || NUMBER.matcher(freeze).matches();
    }

    /** Whether anything is frozen at any time. */
    boolean freezesSomething() {
        return fineTune || !freeze.equals(NONE);
    }

    /** The rates of fine-tuning, for keys that are as when nothing was said. */
    static List<ConfigLayer.Setting> rates(OptimizerConfig optimizer) {
        OptimizerConfig usual = OptimizerConfig.defaults();
        List<ConfigLayer.Setting> rates = new ArrayList<>();
        if (optimizer.lr() == usual.lr()) {
            rates.add(rate("optimizer.lr", LEARNING_RATE));
        }
        if (optimizer.lrSpread() == usual.lrSpread() && optimizer.layerDecay() == usual.layerDecay()) {
            rates.add(rate("optimizer.lr_spread", SPREAD));
        }
        return rates;
    }

    private static ConfigLayer.Setting rate(String key, double value) {
        return new ConfigLayer.Setting("transfer.fine_tune", key, Double.toString(value));
    }
}
