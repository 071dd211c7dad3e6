package io.sichter.train;

import io.sichter.config.RunConfig;
import io.sichter.config.ScheduleConfig;
import io.sichter.run.History;
import io.sichter.schedule.Plateau;
import java.util.Optional;

/** The learning rate of a step: the schedule's, times what a plateau and rollbacks make of it. */
final class Rates {
    private final Plan plan;
    private final String metric;
    private final Optional<Plateau> plateau;

    Rates(RunConfig config, Plan plan) {
        ScheduleConfig schedule = config.schedule();
        this.plan = plan;
        this.metric = schedule.metric().equals("monitor") ? config.train().monitor() : schedule.metric();
        this.plateau = schedule.name().equals("plateau")
                ? Optional.of(new Plateau(
                        schedule.gamma(),
                        schedule.patience(),
                        schedule.cooldown(),
                        schedule.minDelta(),
                        !metric.endsWith("_loss"),
                        schedule.minLr() / config.optimizer().lr()))
                : Optional.empty();
    }

    /**
     * The rate.
     *
     * @param epoch from 1
     * @param stepInEpoch from 0
     * @param history of the epochs before
     * @param rollbacks each halves the rate
     */
    double lr(int epoch, int stepInEpoch, History history, int rollbacks) {
        double factor = plateau.map(p -> p.factor(
                        history.metrics().stream().map(m -> m.value(metric)).toList()))
                .orElse(1.0);
        return plan.lr(epoch, stepInEpoch) * factor * Math.pow(0.5, rollbacks);
    }
}
