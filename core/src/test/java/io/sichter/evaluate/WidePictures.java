package io.sichter.evaluate;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures three times as wide as high, whose left and right ends alone say what they are. */
final class WidePictures {
    private WidePictures() {}

    static Path draw(Path root) throws IOException {
        Random random = new Random(2);
        for (String split : new String[] {"train", "val"}) {
            for (String name : new String[] {"blue", "red"}) {
                Path folder = Files.createDirectories(root.resolve(split).resolve(name));
                for (int i = 0; i < 12; i++) {
                    BufferedImage image = new BufferedImage(72, 24, BufferedImage.TYPE_INT_RGB);
                    Graphics2D g = image.createGraphics();
                    int grey = 90 + random.nextInt(60);
                    g.setColor(new Color(grey, grey, grey));
                    g.fillRect(0, 0, 72, 24);
                    g.setColor(name.equals("red") ? Color.RED : Color.BLUE);
                    g.fillRect(0, 0, 20, 24);
                    g.fillRect(52, 0, 20, 24);
                    g.dispose();
                    ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
                }
            }
        }
        return root;
    }
}
