package io.sichter.cli.doctor;

import io.sichter.cli.doctor.Finding.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** All checks, from the ground up: what a later one needs, an earlier one has looked at. */
public final class Doctor {
    private Doctor() {}

    /**
     * Looks at everything. Where the native libraries do not load, nothing that needs them is looked at.
     *
     * @param runsDir where runs would be made
     * @param each told each finding as it is made
     * @return all of them
     */
    public static List<Finding> look(Path runsDir, Consumer<Finding> each) {
        List<Finding> findings = new ArrayList<>();
        Consumer<Supplier<Finding>> check = look -> {
            Finding finding = look.get();
            findings.add(finding);
            each.accept(finding);
        };
        check.accept(JavaChecks::java);
        check.accept(JavaChecks::language);
        check.accept(JavaChecks::offline);
        check.accept(MachineChecks::processor);
        check.accept(MachineChecks::memory);
        check.accept(() -> MachineChecks.runsDir(runsDir));
        int before = findings.size();
        NativeChecks.LOADING.forEach(check);
        boolean loaded = findings.stream().skip(before).allMatch(finding -> finding.level() == Level.OK);
        if (loaded) {
            NativeChecks.SETTINGS.forEach(check);
            check.accept(SelfTest::run);
        }
        return findings;
    }
}
