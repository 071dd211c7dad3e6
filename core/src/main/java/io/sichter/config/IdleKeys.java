package io.sichter.config;

import io.sichter.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keys of a section that serve only some of its choices. One that was changed beside another choice has no effect, and
 * a person is told so.
 *
 * @param section name of the section
 * @param servedBy for each such key the choices that use it
 */
record IdleKeys(String section, Map<String, Set<String>> servedBy) {
    /** Sorts the keys, so that advice comes in the same order everywhere. */
    IdleKeys {
        servedBy = new TreeMap<>(servedBy);
    }

    /**
     * Adds a sentence for every key that was changed for nothing.
     *
     * @param values the section
     * @param defaults the section as it is when nothing was said
     * @param choice what was chosen
     * @param beside how a person calls the choice
     */
    void note(Record values, Record defaults, String choice, String beside, List<Text> advice) {
        for (ConfigKey key : ConfigKey.of(values.getClass(), section)) {
            Set<String> users = servedBy.get(key.name());
            boolean changed = !ConfigBinder.component(values, key.component())
                    .equals(ConfigBinder.component(defaults, key.component()));
            if (users != null && changed && !users.contains(choice)) {
                advice.add(Text.of("config.no_effect", key.path(), beside));
            }
        }
    }
}
