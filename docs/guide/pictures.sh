#!/bin/sh
# Takes the pictures of the guide from what first-hour.sh kept: KEEP=FOLDER docs/guide/first-hour.sh, then
# docs/guide/pictures.sh FOLDER. They are Sichter's plots, made smaller: 1400 pixels wide and of few colours. Needs
# ImageMagick and pngquant.
set -eu

guide=$(CDPATH='' cd -P "$(dirname "$0")" && pwd)
mkdir -p "$guide/images"
for language in en de; do
    (cd "$1/$language" && ./sichter plots runs/first --lang "$language")
    for name in train_batch loss accuracy confusion_matrix predictions; do
        convert "$1/$language/runs/first/plots/$name.png" -resize '1400x>' -strip png:- |
            pngquant --nofs --speed 1 128 - >"$guide/images/$name.$language.png"
    done
# Takes the pictures of the guide from what first-hour.sh kept: KEEP=FOLDER docs/guide/first-hour.sh, then
        convert "$1/$language/$name.png" -resize '1000x>' -strip png:- |
            pngquant --nofs --speed 1 64 - >"$guide/images/$name.$language.png"
    done
done
