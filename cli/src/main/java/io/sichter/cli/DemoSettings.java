package io.sichter.cli;

/** What the demo draws and trains: all of its numbers are here. */
final class DemoSettings {
    /** Folder of the drawn pictures, below the folder of the runs. */
    static final String PICTURES = "demo-pictures";

    /** Seed of the drawing. */
    static final long PICTURE_SEED = 1;

    /** Pictures that are predicted at the end. */
    static final int PREDICTED = 4;

    /** The configuration, where it differs from the defaults. */
    static final String YAML = """
            run_name: demo
            model: {name: resnet18, image_size: 64, stem: imagenet}
            transforms:
              train:
                - random_resized_crop: {size: image_size, scale: [0.6, 1.0]}
                - random_horizontal_flip: {p: 0.5}
            loader: {batch_size: 32}
            train: {epochs: 12}
            optimizer: {name: adamw, lr: 2e-3}
            """;

    private DemoSettings() {}
}
