package io.sichter.report;

import java.awt.image.BufferedImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One picture of a grid and what stands below it.
 *
 * @param picture at most as large as the grid shows it; null where it could not be read
 * @param lines below it, the first one largest
 * @param mark whether it is right or wrong, or nothing to be marked
 */
record Tile(@Nullable BufferedImage picture, List<Label> lines, Mark mark) {
    /** How a tile is framed. */
    enum Mark {
        NONE,
        RIGHT,
        WRONG
    }
}
