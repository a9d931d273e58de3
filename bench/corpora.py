#!/usr/bin/env python3
"""Builds the corpora of the benchmark: the same sources and the same size give the same bytes.

Texts come from Debian packages and npm modules, and from labelled dialogue where it is there: in the folder
PIIGLET_CORPORA, or in ../shared/corpora beside the checkout. corpora.lock holds the SHA-256 of what was built;
--lock writes it anew. A shorter corpus is the beginning of a longer one.

Usage: corpora.py --peers DIR --out DIR [--size MIB] [--lock]"""
import argparse
import gzip
import hashlib
import html
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import fetch
import made

HERE = Path(__file__).resolve().parent
LOCK = HERE / "corpora.lock"
MIB = 1 << 20
NAMES = ["clean", "sparse", "dense", "javascript", "json", "multilingual", "adversarial"]

# Languages of the help texts; those in other scripts than ours keep only lines that are translated.
LATIN = ["de", "es", "fr", "pl", "pt_BR", "cs", "tr", "vi"]
OTHER_SCRIPTS = ["ja", "zh_CN", "ko", "ru", "uk", "el", "hi", "he", "fa", "ta", "te", "gu"]
SPEAKERS = ["Ann", "Ben", "Caro", "Dev", "Eli", "Fay", "Gus", "Hana", "Ivo", "Juno", "Kai", "Lea"]
NUMBER_LINES = ["You have {} points and {} lives left.", "Level {} took {} seconds.", "Move {} steps, turn {} degrees.",
                "It is {} : {} for us!", "set score to {} + {}", "I am {} years old and have {} cats.",
                "sprite goes to x: {} y: {}", "page {} of {}"]


class Random:
    """A seeded source that uses only what every Python version computes alike."""

    def __init__(self, seed):
        self.source = random.Random(f"piiglet-{seed}")

    def share(self):
        return self.source.random()

    def below(self, limit):
        return int(self.source.random() * limit)

    def pick(self, items):
        return items[self.below(len(items))]


def bible_lines(peers):
    """The verses, without their references."""
    program, data = fetch.debian(peers, "bible-kjv"), fetch.debian(peers, "bible-kjv-text")
    if program is None or data is None:
        return []
    try:
        done = subprocess.run([program / "usr/bin/bible", "-f", "-p", f"{data}/usr/lib/", "gen1:1-rev22:21"],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    except OSError:
        return []
    return [line.split(" ", 1)[1] for line in done.stdout.splitlines() if re.match(r"\w+\d+:\d+ ", line)]


def fortune_lines(peers, package, pattern):
    """Lines of a package of fortunes; separators and signatures are left out."""
    folder = fetch.debian(peers, package)
    lines = []
    for path in sorted(folder.glob(f"usr/share/games/fortunes/{pattern}")) if folder else []:
        if path.is_file() and path.suffix not in (".dat", ".u8"):
            text = path.read_text(encoding="utf-8", errors="replace")
            lines += [line.strip() for line in text.splitlines() if len(line.strip()) > 1 and "\x1b" not in line]
    return lines


def wordnet_lines(peers):
    """The example sentences of the dictionary."""
    folder = fetch.debian(peers, "wordnet-base")
    lines = []
    for path in sorted(folder.glob("usr/share/wordnet/data.*")) if folder else []:
        for line in path.read_text(encoding="utf-8").splitlines():
            lines += re.findall(r'"([^"]{12,})"', line.partition(" | ")[2])
    return lines


def help_lines(peers, language):
    """Paragraphs of translated help pages, without their markup."""
    folder = fetch.debian(peers, "gnome-user-docs")
    lines = []
    for path in sorted(folder.glob(f"usr/share/help/{language}/gnome-help/*.page")) if folder else []:
        body = path.read_text(encoding="utf-8").partition("</info>")[2]
        for paragraph in re.findall(r"<(?:p|title)\b[^>]*>(.*?)</(?:p|title)>", body, re.S):
            text = " ".join(html.unescape(re.sub(r"<[^>]*>", "", paragraph)).split())
            foreign = sum(ord(letter) > 127 for letter in text)
            if foreign > (0 if language in LATIN else len(text) // 3):
                lines.append(text)
    return lines


def shared_folder():
    """Where labelled dialogue lies, or None."""
    named = os.environ.get("PIIGLET_CORPORA")
    folder = Path(named) if named else HERE.parent.parent / "shared" / "corpora"
    return folder / "dev" if (folder / "dev").is_dir() else None


def shared_lines(name):
    """Lines of one shared set without labels."""
    folder = shared_folder()
    path = folder / f"{name}.jsonl.gz" if folder else None
    if path is None or not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as records:
        texts = [json.loads(record)["text"] for record in records]
    return [line.strip() for text in texts for line in text.split("\n") if line.strip()]


def dialogue_pool(peers):
    """Every line that dialogue is made of."""
    return (bible_lines(peers) + fortune_lines(peers, "fortunes-min", "*") + fortune_lines(peers, "fortunes", "*") +
            wordnet_lines(peers) + shared_lines("neg_dialog") + shared_lines("neg_fiction"))


def multilingual_pool(peers):
    """Lines in many languages, about the same number of each."""
    groups = [help_lines(peers, language) for language in LATIN + OTHER_SCRIPTS]
    groups += [fortune_lines(peers, "fortunes-ru", "ru/*"), fortune_lines(peers, "fortunes-zh", "chinese"),
               fortune_lines(peers, "fortunes-es", "es/*"), shared_lines("neg_multilingual")]
    return [group for group in groups if group]


def dialogue(pool, seed, personal_share):
    """Lines of dialogue without end; this share of them holds personal information."""
    source = Random(seed)
    personal = Random(f"{seed}-personal")
    while True:
        if personal_share > 0 and personal.share() < personal_share:
            yield made.personal_line(personal)
        elif source.share() < 0.06:
            yield source.pick(NUMBER_LINES).format(source.below(1000), source.below(60))
        elif source.share() < 0.3:
            yield f"{source.pick(SPEAKERS)}: {source.pick(pool)}"
        else:
            yield source.pick(pool)


def multilingual(groups):
    """Lines of all groups in turn, now and then with emoji."""
    source = Random("multilingual")
    while True:
        line = source.pick(source.pick(groups))
        yield line + " " + source.pick(["😀", "🎉🎉", "👍🏽", "❤️"]) if source.share() < 0.05 else line


def javascript(peers):
    """The sources of the npm modules, in another order on each pass."""
    modules = fetch.node_modules(peers)
    wanted = ("blockly", "lodash", "react-dom", "three", "typescript")
    paths = sorted(path for name in wanted for path in (modules / name).rglob("*.js")
                   if "msg" not in path.parts) if modules else []
    source = Random("javascript")
    while paths:
        order = sorted(paths, key=lambda path: source.share())
        for path in order:
            yield path.read_text(encoding="utf-8", errors="replace").rstrip("\n")


def json_records(pool):
    """App data: one record a line, with ids, times, numbers and text."""
    source = Random("json")
    while True:
        yield made.json_record(source, source.pick(pool))


def write(path, lines, size):
    """The lines up to `size` bytes; False when there are none."""
    part = path.with_suffix(".part")
    written = 0
    with part.open("wb") as out:
        for line in lines:
            data = line.encode("utf-8", errors="replace") + b"\n"
            out.write(data[:size - written])
            written += len(data)
            if written >= size:
                break
    if written < size:
        part.unlink()
        return False
    part.rename(path)
    return True


def build(names, peers, out, size):
    """Writes the corpora called `names`; yields those for which there is no source."""
    pool = dialogue_pool(peers) if set(names) - {"javascript", "multilingual", "adversarial"} else []
    for name in names:
        lines = iter(())
        if name in ("clean", "sparse", "dense") and pool:
            lines = dialogue(pool, "dialogue", {"clean": 0, "sparse": 0.01, "dense": 0.3}[name])
        elif name == "javascript":
            lines = javascript(peers)
        elif name == "json" and pool:
            lines = json_records(pool)
        elif name == "multilingual":
            groups = multilingual_pool(peers)
            lines = multilingual(groups) if groups else lines
        elif name == "adversarial":
            lines = made.adversarial(Random("adversarial"))
        print(f"building {name}", flush=True)
        if not write(out / f"{name}.txt", lines, min(size, 16 * MIB) if name == "adversarial" else size):
            yield name


def digest(path, size):
    """SHA-256 of the first `size` bytes."""
    with path.open("rb") as file:
        return hashlib.sha256(file.read(size)).hexdigest()


def sources_name():
    """Which sources there are: what they give is locked apart."""
    return "packages and shared" if shared_folder() else "packages"


def forget_outdated(out):
    """Removes corpora that other sources or another version of these scripts made."""
    recipe = "".join((HERE / name).read_text() for name in ("corpora.py", "made.py", "package.json"))
    wanted = f"{sources_name()} {hashlib.sha256(recipe.encode()).hexdigest()}\n"
    made_from = out / "made-from"
    if not made_from.exists() or made_from.read_text() != wanted:
        for path in out.glob("*.txt"):
            path.unlink()
        made_from.write_text(wanted)


def check_lock(out, size, write_lock):
    """Compares what was built with the lock, or writes the lock."""
    variant = f"{sources_name()}, {size // MIB} MiB"
    built = {name: digest(out / f"{name}.txt", size) for name in NAMES if (out / f"{name}.txt").exists()}
    lock = json.loads(LOCK.read_text()) if LOCK.exists() else {}
    if write_lock:
        lock[variant] = built
        LOCK.write_text(json.dumps(lock, indent=1, sort_keys=True) + "\n")
    elif variant not in lock:
        print(f"corpora.lock knows no corpora of {variant}: results can be compared within this machine only")
    for name, value in built.items():
        if lock.get(variant, {}).get(name, value) != value:
            print(f"the corpus {name} differs from corpora.lock: its sources have changed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--size", type=int, default=64, metavar="MIB")
    parser.add_argument("--lock", action="store_true", help="write corpora.lock")
    arguments = parser.parse_args()
    size = arguments.size * MIB
    arguments.out.mkdir(parents=True, exist_ok=True)
    forget_outdated(arguments.out)
    arguments.peers.mkdir(parents=True, exist_ok=True)
    wanted = [name for name in NAMES if not (path := arguments.out / f"{name}.txt").exists() or
              path.stat().st_size < (min(size, 16 * MIB) if name == "adversarial" else size)]
    missing = list(build(wanted, arguments.peers.resolve(), arguments.out, size))
    for name in missing:
        print(f"no source for the corpus {name}", file=sys.stderr)
    check_lock(arguments.out, size, arguments.lock)


if __name__ == "__main__":
    main()
