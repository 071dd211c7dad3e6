package io.sichter.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * What {@code --version} prints, as a bug report needs it: the program and its commit, its native libraries as it was built
 * with them (loading them to ask takes a second), the Java that runs it and the system.
 */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties build = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                build.load(in);
            }
        }
        return new String[] {
            "sichter " + build.getProperty("version", "unknown") + " (commit " + build.getProperty("commit", "unknown")
                    + ")",
            "libtorch " + build.getProperty("libtorch", "unknown") + ", OpenCV "
                    + build.getProperty("opencv", "unknown"),
            "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")",
            System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}
