package io.sichter.transform;

import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** A random order, each equally likely (Fisher and Yates), from any kind of generator. */
final class Shuffle {
    private Shuffle() {}

    static void inPlace(List<?> list, RandomGenerator random) {
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, random.nextInt(i + 1));
        }
    }
}
