package io.sichter.cli;

import io.sichter.dataset.DataFolder;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.List;

/** What a person should know about data before anything is done with it. */
final class DataNotes {
    private static final int SHOWN = 5;

    private DataNotes() {}

    static List<Text> of(DataFolder folder) {
        List<Text> notes = new ArrayList<>(folder.warnings());
        if (!folder.ignored().isEmpty()) {
            List<Text> files = folder.ignored().stream()
                    .limit(SHOWN)
                    .map(file -> Text.of("with_reason", file.path(), file.reason()))
                    .toList();
            Text shown = Text.joined(", ", files);
            int more = folder.ignored().size() - files.size();
            notes.add(Text.of(
                    "train.files_ignored",
                    folder.ignored().size(),
                    more > 0 ? Text.of("list_and_more", shown, more) : shown));
        }
        return notes;
    }
}
