#!/bin/sh
# Runs the commands of guide pages and writes their outputs into them anew.
#
#   docs/guide/first-hour.sh                               all pages with outputs
#   docs/guide/first-hour.sh docs/guide/en/first-hour.md   the pages named
#
# A block ```sh run holds commands. Those of a language run one after another in one folder that is empty at first but for
# ./sichter: the first hour draws the pictures of the demo, which the other pages use. What they
# print, results and all else as a terminal shows them, replaces the block ```text below. `exit=2` after `run` is the exit
# code to expect, `interrupt` presses Ctrl-C in the second epoch, `slow` tells the test that running it takes long;
# `head 14` after `text` keeps so many lines. A block ```yaml NAME is written to the file NAME. What is printed is kept as it
# is, times included, but for the names of this machine's folders: the one it ran in is written /home/you/sichter.
#
# KEEP=FOLDER keeps what the runs made, in FOLDER/en and FOLDER/de. docs/guide/pictures.sh takes the guide's pictures from
# there.
set -eu

guide=$(CDPATH='' cd -P "$(dirname "$0")" && pwd)
repository=$(dirname "$(dirname "$guide")")
[ $# -gt 0 ] || set -- "$guide/en/first-hour.md" "$guide/en/first-classifier.md" "$guide/en/preparing-pictures.md" \
    "$guide/en/inside-a-network.md" "$guide/de/erste-stunde.md" "$guide/de/erster-klassifikator.md" \
    "$guide/de/bilder-vorbereiten.md" "$guide/de/im-netz.md"

# Started in the background, this script ignores Ctrl-C, and with it all that it starts; GNU's env can undo that.
heeding=
! env --default-signal=INT true 2>/dev/null || heeding='env --default-signal=INT'

# press_ctrl_c: once the first epoch is done. The command runs in the foreground, for a shell lets those in the background
# ignore this signal.
press_ctrl_c() {
    until grep -q '^Epoch \[1/' "$scratch/output" 2>/dev/null; do sleep 0.1; done
    kill -INT "$(cat "$scratch/pid")"
}

# run COMMANDS OPTIONS: what it prints goes to $scratch/output, without names of folders to $scratch/clean
run() {
    expected=0
    code=0
    case $2 in *exit=*) expected=${2##*exit=} && expected=${expected%% *} ;; esac
    : >"$scratch/output"
    case $2 in
        *interrupt*)
            press_ctrl_c &
            (cd "$work" && exec $heeding sh -c "echo \$\$ >'$scratch/pid' && exec $1") >"$scratch/output" 2>&1 </dev/null ||
                code=$?
            kill $! 2>/dev/null || true # if there was no second epoch
            ;;
        *) (cd "$work" && exec sh -e -c "$1") >"$scratch/output" 2>&1 </dev/null || code=$? ;;
    esac
    sed -e "s#$work#/home/you/sichter#g" -e "s#$HOME#/home/you#g" -e 's/[[:space:]]*$//' "$scratch/output" >"$scratch/clean"
    if [ "$code" != "$expected" ]; then
        printf '%s: exit code %s instead of %s\n' "$1" "$code" "$expected" >&2
        cat "$scratch/output" >&2
        exit 1
    fi
}

# refresh PAGE: prints it with new outputs
refresh() {
    kind= && kept= && text=
    while IFS= read -r line; do
        case $kind:$line in
            :'```sh run'*) kind=sh && options=${line#'```sh run'} && text= && printf '%s\n' "$line" ;;
            :'```yaml '*) kind=yaml && file=$work/${line#'```yaml '} && : >"$file" && printf '%s\n' "$line" ;;
            :'```text'*)
                printf '%s\n' "$line"
                if [ -n "$kept" ]; then
                    kind=text
                    case $line in
                        *head*)
                            head -n "${line##* }" "$scratch/clean"
                            [ "$(wc -l <"$scratch/clean")" -le "${line##* }" ] || echo ...
                            ;;
                        *) cat "$scratch/clean" ;;
                    esac
                    kept=
                else
                    kind=other
                fi
                ;;
            :'```'*) kind=other && kept= && printf '%s\n' "$line" ;;
            sh:'```') kind= && kept=yes && run "$text" "$options" && printf '%s\n' "$line" ;;
            *:'```') kind= && printf '%s\n' "$line" ;;
            sh:*) text=${text:+$text
}$line && printf '%s\n' "$line" ;;
            yaml:*) printf '%s\n' "$line" >>"$file" && printf '%s\n' "$line" ;;
            text:*) ;;
            *) printf '%s\n' "$line" ;;
        esac
    done <"$1"
}

scratch=$(cd "$(mktemp -d)" && pwd -P)
trap 'rm -rf "$scratch"' EXIT
for page in "$@"; do
    language=$(basename "$(dirname "$page")")
    work=${KEEP:-$scratch}/$language
    mkdir -p "$work" && work=$(cd "$work" && pwd -P)
    ln -sf "${SICHTER:-$repository/sichter}" "$work/sichter"
    echo "$page" >&2
    LC_ALL=$language.UTF-8 && export LC_ALL
    refresh "$page" >"$scratch/page"
    cp "$scratch/page" "$page"
done
