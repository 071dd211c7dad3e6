package io.sichter.published;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Closes a stream from which nothing comes any more, so that whoever reads it fails instead of waiting for ever. */
final class StallGuard implements AutoCloseable {
    private final Thread thread;
    private volatile long heard = System.nanoTime();

    /** Watches a stream until closed. */
    StallGuard(InputStream stream, Duration longest) {
        thread = new Thread(() -> watch(stream, longest.toNanos()), "sichter-stall-guard");
        thread.setDaemon(true);
        thread.start();
    }

    /** Something came. */
    void alive() {
        heard = System.nanoTime();
    }

    private void watch(InputStream stream, long longest) {
        try {
            for (long left = longest; left > 0; left = longest - (System.nanoTime() - heard)) {
                Thread.sleep(Math.max(1, left / 1_000_000));
            }
            stream.close();
        } catch (InterruptedException | IOException e) {
            Thread.currentThread().interrupt(); // the stream has ended, or ends now: nothing is left to watch
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
