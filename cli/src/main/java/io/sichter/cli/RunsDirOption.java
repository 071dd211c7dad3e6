package io.sichter.cli;

import io.sichter.config.RunConfig;
import io.sichter.run.RunFolder;
import io.sichter.run.RunNames;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The folder of the runs, for every command that is told a run; and how such a run is found. */
final class RunsDirOption {
    @Option(names = "--runs-dir", paramLabel = "DIR", descriptionKey = "runs-where")
    private Path runsDir = Path.of(RunConfig.defaults().runsDir());

    RunFolder folder() {
        return new RunFolder(runsDir);
    }

    /**
     * The run that was meant; a person is told which one it is where the word does not say.
     *
     * @param word a path, a name or its beginning, {@code last} or {@code best}
     */
    Path find(String word, Terminal terminal) {
        RunNames.Found found = new RunNames(folder()).find(word);
        found.why().ifPresent(why -> terminal.message(why));
        return found.path();
    }
}
