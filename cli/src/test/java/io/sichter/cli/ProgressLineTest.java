package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLineTest {
    private static final String NOTES = "Epoch [3/15], Loss: 0.954, Acc: 0.655, F1-Score: 0.655";
    private static final List<String> LABELS =
            List.of(NOTES, "Epoch [3/15], Loss: 0.954, Acc: 0.655", "[3/15] Loss: 0.954", "[3/15]");

    @Test
    void theLineOfTheNotesIsMatchedToTheCharacter() {
        assertThat(ProgressLine.format(LABELS, 35, 35, 162.75, "", 120, true))
                .isEqualTo(NOTES + ": 100%|██████████| 35/35 [02:42<00:00,  4.65s/it]");
    }

    @Test
    void halfWayItShowsWhatIsLeft() {
        assertThat(ProgressLine.format(List.of("Epoch"), 7, 28, 3.5, "", 100, true))
                .isEqualTo("Epoch:  25%|██▌       | 7/28 [00:03<00:10,  2.00it/s]");
        assertThat(ProgressLine.format(List.of("Epoch"), 7, 28, 3.5, "", 100, false))
                .isEqualTo("Epoch:  25%|##        | 7/28 [00:03<00:10,  2.00it/s]");
        assertThat(ProgressLine.format(List.of("Epoch"), 0, 28, 0, "", 100, true))
                .isEqualTo("Epoch:   0%|          | 0/28 [00:00<?, ?it/s]");
    }

    @Test
    void itFitsEveryWidthAndKeepsTheValidation() {
        String suffix = ", Val_Loss: 0.512, Val_Acc: 0.812";
        for (int columns = 60; columns <= 200; columns++) {
            for (int done = 0; done <= 1000; done += 125) {
                String line = ProgressLine.format(LABELS, done, 1000, done * 3.7, suffix, columns, true);
                assertThat(line.length()).as(line).isLessThanOrEqualTo(columns);
                assertThat(line).contains("[3/15]").endsWith(suffix);
            }
        }
    }

    @Test
    void theFullFormIsTakenWhereThereIsRoom() {
        assertThat(ProgressLine.format(LABELS, 35, 35, 162.75, ", Val_Loss: 0.512, Val_Acc: 0.812", 200, true))
                .isEqualTo(
                        NOTES + ": 100%|██████████| 35/35 [02:42<00:00,  4.65s/it], Val_Loss: 0.512, Val_Acc: 0.812");
    }

    @ParameterizedTest
    @CsvSource({"0, 00:00", "59.9, 00:59", "189, 03:09", "3599, 59:59", "3600, 1:00:00", "90061, 25:01:01"})
    void clocksReadAsInTheNotes(double seconds, String expected) {
        assertThat(ProgressLine.clock(seconds)).isEqualTo(expected);
    }
}
