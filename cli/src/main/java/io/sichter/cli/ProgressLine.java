package io.sichter.cli;

import java.util.List;
import java.util.Locale;

/**
 * One line of progress in the form that Python's tqdm made familiar:
 * {@code Epoch [3/15], Loss: 0.954: 100%|██████████| 35/35 [03:09<00:00,  4.65s/it]}. Pure text: what it says depends on
 * its arguments alone.
 *
 * <p>It is written here and not taken from a library because those for Java order the parts of the line otherwise, and
 * draw from a thread of their own, which cannot be tested without a clock.
 */
final class ProgressLine {
    private static final int BAR = 10;
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private ProgressLine() {}

    /**
     * The longest form that fits.
     *
     * @param labels what stands before the bar, from the longest to the shortest form
     * @param seconds since the first unit began
     * @param suffix what follows, such as {@code , Val_Loss: 0.5}; kept in every form
     * @param columns widest the line may be
     * @param unicode whether blocks can be shown
     */
    static String format(
            List<String> labels, int done, int total, double seconds, String suffix, int columns, boolean unicode) {
        String counts = " " + done + "/" + total + " ";
        String percent = String.format(Locale.ROOT, "%3d%%", total == 0 ? 100 : 100L * done / total);
        String clock = clock(seconds) + "<" + (done == 0 ? "?" : clock(seconds / done * (total - done)));
        String rate = ", " + rate(done, seconds);
        for (String label : labels) {
            String start = label + ": " + percent;
            int space =
                    columns - start.length() - counts.length() - clock.length() - rate.length() - suffix.length() - 4;
            if (space >= 2) {
                String bar = bar(done, total, Math.min(BAR, space), unicode);
                return start + "|" + bar + "|" + counts + "[" + clock + rate + "]" + suffix;
            }
            String withoutBar = start + counts + "[" + clock + rate + "]" + suffix;
            if (withoutBar.length() <= columns) {
                return withoutBar;
            }
        }
        String shortest = labels.get(labels.size() - 1) + ": " + percent + " [" + clock(seconds) + "]" + suffix;
        return shortest.length() <= columns ? shortest : shortest.substring(0, columns);
    }

    /**
     * The line of something that is measured in bytes: {@code resnet18.pth:  45%|████▌     | 21.0/46.8 MB [00:03<00:04,
     * 7.0MB/s]}; without a bar where nobody knows how much there is.
     *
     * @param total bytes in all, 0 if unknown
     * @param columns widest the line may be; a name that is too long is cut
     */
    static String bytes(String name, long done, long total, double seconds, int columns, boolean unicode) {
        double rate = seconds > 0 ? done / 1e6 / seconds : 0;
        String speed = String.format(Locale.ROOT, ", %.1fMB/s]", rate);
        String amount = total == 0
                ? String.format(Locale.ROOT, ": %.1f MB [%s", done / 1e6, clock(seconds))
                : String.format(
                        Locale.ROOT,
                        ": %3d%%|%s| %.1f/%.1f MB [%s<%s",
                        100 * done / total,
                        bar((int) (1000 * done / total), 1000, BAR, unicode),
                        done / 1e6,
                        total / 1e6,
                        clock(seconds),
                        done == 0 ? "?" : clock(seconds / done * (total - done)));
        return DisplayWidth.cut(name, Math.max(8, columns - amount.length() - speed.length()), unicode)
                + amount
                + speed;
    }

    /** The line of something that is over, for a log: without a bar. */
    static String plain(String label, int total, double seconds, String suffix) {
        return label + ": " + total + "/" + total + " [" + clock(seconds) + ", " + rate(total, seconds) + "]" + suffix;
    }

    /** {@code 03:09}, or {@code 1:03:09} from an hour on. */
    static String clock(double seconds) {
        long s = (long) Math.max(0, seconds);
        return s < 3600
                ? String.format(Locale.ROOT, "%02d:%02d", s / 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    }

    private static String rate(int done, double seconds) {
        if (done == 0 || seconds <= 0) {
            return "?it/s";
        }
        double perSecond = done / seconds;
        return perSecond < 1
                ? String.format(Locale.ROOT, "%5.2fs/it", 1 / perSecond)
                : String.format(Locale.ROOT, "%5.2fit/s", perSecond);
    }

    private static String bar(int done, int total, int width, boolean unicode) {
        long eighths = total == 0 ? 8L * width : 8L * width * done / total;
        int full = (int) (eighths / 8);
        StringBuilder bar = new StringBuilder((unicode ? "█" : "#").repeat(full));
        if (full < width) {
            bar.append(unicode ? EIGHTHS.charAt((int) (eighths % 8)) : ' ');
            bar.append(" ".repeat(width - full - 1));
        }
        return bar.toString();
    }
}
