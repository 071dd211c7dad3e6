package io.sichter.cli;

import io.sichter.model.ModelSummary;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the layers of a network. */
@Command(name = "summary")
final class SummaryCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Parameters(paramLabel = "MODEL", descriptionKey = "network")
    private String network = "";

    @Mixin
    private NetworkOption networks = new NetworkOption();

    @Option(names = "--arithmetic")
    private boolean arithmetic;

    @Option(names = "--json")
    private boolean json;

    SummaryCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        Terminal terminal = program.terminal();
        ModelSummary summary = networks.find(network, terminal).summary();
        SummaryOutput output = new SummaryOutput(terminal, summary);
        terminal.result(json ? Json.write(summary) : arithmetic ? output.arithmetic() : output.text());
        return 0;
    }
}
