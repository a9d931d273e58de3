#!/usr/bin/env python3
"""How fast `piiglet scan -r` is over many small files, beside cat, which does nothing but read them.

Usage: tree.py [--files N] [--rounds N] [--folder DIR] PIIGLET

Files of 1 to 4 KB of dialogue, none of them with a finding, then the same with a finding in every tenth. They are
read once before; then cat and piiglet take turns, so that all meet the same caches. The best round of each counts."""
import argparse
import random
import subprocess
import tempfile
import time
from pathlib import Path

SPEAKERS = ["MIRA", "PIXEL", "ZOE", "MAX", "ANA", "TOM"]
WORDS = ("the a my your cave robot dragon door level coin game story river map key lamp friend class page song jump "
         "draws opens finds loses runs sees says turns hides wins left right red blue small big old new again never "
         "and but when if then with over below behind").split()
FINDING = "write to mira.draws@example.org please"


def dialogue(source, size):
    """At least `size` bytes of lines, none of them with a finding."""
    lines, length = [], 0
    while length < size:
        words = " ".join(source.choice(WORDS) for _ in range(source.randrange(4, 14)))
        lines.append(f"{source.choice(SPEAKERS)}: {words.capitalize()}{source.choice('.!?')}")
        length += len(lines[-1]) + 1
    return "\n".join(lines) + "\n"


def make(top, files, every):
    """Makes the files, in folders of a hundred; one of `every` has a finding (0: none)."""
    source = random.Random(1)
    text = dialogue(source, 1 << 20)
    for number in range(files):
        folder = top / f"{number // 10000}" / f"{number // 100 % 100:02}"
        folder.mkdir(parents=True, exist_ok=True)
        size, begin = source.randrange(1024, 4096), source.randrange(len(text) - 4096)
        body = text[begin:begin + size]
        (folder / f"story {number}.txt").write_text(body + FINDING if every and number % every == 0 else body)


def seconds(command):
    began = time.perf_counter()
    subprocess.run(command, shell=True, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def measure(top, arguments, name):
    commands = {"cat": f"find '{top}' -type f -print0 | xargs -0 cat"}
    for threads in (1, 2):
        commands[f"piiglet --threads {threads}"] = f"'{arguments.piiglet}' scan -r --threads {threads} '{top}'"
    best = dict.fromkeys(commands, float("inf"))
    for round_number in range(arguments.rounds + 1):
        for key, command in commands.items():
            taken = seconds(command)
            if round_number > 0:
                best[key] = min(best[key], taken)
    for key, taken in best.items():
        print(f"{name:24}  {key:20}  {taken:6.2f} s  {arguments.files / taken:9.0f} files/s  "
              f"{best['cat'] / taken * 100:4.0f} % of cat")


def main():
    parser = argparse.ArgumentParser(description="The speed of scan -r beside that of cat.")
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", help="where the files are made and removed again")
    parser.add_argument("piiglet", type=Path)
    arguments = parser.parse_args()
    for every, name in ((0, "no findings"), (10, "in one file of ten")):
        with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
            make(Path(folder), arguments.files, every)
            measure(folder, arguments, name)


if __name__ == "__main__":
    main()
