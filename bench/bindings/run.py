#!/usr/bin/env python3
"""What a call costs in each language, beside the same call in C, in one run.

Usage: run.py [--build DIR] [--write]     bindings as `make check-bindings` installed them; --write: the table goes into
docs/BINDINGS.md

The programs take turns, so that all of them meet the same noise; each figure is the least of its turns. The goals: a 20 KB
project at most 1.5 times the call in C, a message of 200 bytes at most 3 microseconds more."""
import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PAGE = ROOT / "docs" / "BINDINGS.md"
BEGIN, END = "<!-- bench:bindings -->\n", "<!-- /bench -->\n"
TURNS = 5
PROJECT_RATIO, MESSAGE_EXTRA = 1.5, 3000

MESSAGE = ("Hi Mira! The dragon level is done, I got 10500 points and found the cave behind the library. "
           "Write to mira.draws.dragons@example.org when you have made the new robots, they look so cool in blue!!")
LINES = [
    "The robot walks 10 steps and turns 90 degrees.",
    "if (score > 4155) { showMessage('you win'); }",
    "Once upon a time a dragon lived below the library.",
    "call 415-555-0134 when you are home",
    "setPosition(742, 310); setColor('#ff8800');",
    "My brother made the sound, I made the pictures.",
]


def project(size):
    """A project as it is saved: sprites with their notes, and a program."""
    sprites = []
    while len(json.dumps({"sprites": sprites})) < size:
        at = len(sprites)
        sprites.append({"id": f"sprite_{at}", "x": at * 37 % 400, "y": at * 91 % 400, "visible": at % 3 == 0,
                        "note": LINES[at % len(LINES)] if at % 36 == 3 or at % 6 != 3 else LINES[0]})
    return json.dumps({"sprites": sprites})


def programs(build):
    """Command and environment of each language."""
    installed = build / "bindings"
    gems = subprocess.run(["gem", "environment", "gempath"], capture_output=True, text=True, check=True).stdout.strip()
    return {
        "C": ([build / "bench" / "call"], {}),
        "Python": (["/usr/bin/python3", HERE / "call.py"], {"PYTHONPATH": str(installed / "python" / "site")}),
        "Ruby": (["ruby", HERE / "call.rb"], {"GEM_PATH": f"{installed / 'ruby' / 'gems'}:{gems}"}),
        "Node": (["node", HERE / "call.js"], {"NODE_PATH": str(installed / "node" / "node_modules")}),
    }


def measure(build, file, form, calls):
    """{(language, kind of call): nanoseconds}"""
    least = {}
    for _ in range(TURNS):
        for language, (command, environment) in programs(build).items():
            said = subprocess.run([*map(str, command), str(file), form, str(calls)], check=True, text=True,
                                  capture_output=True, env={**os.environ, **environment}).stdout
            for line in said.splitlines():
                kind, time = line.split()
                key = (language, kind)
                least[key] = min(least.get(key, float("inf")), float(time))
    return least


def table(message, big):
    """Both texts in one table, and whether the goals are met by `scrub`."""
    rows = ["| microseconds | message of 200 bytes | more than C | project of 20 KB | times C |", "|---|--:|--:|--:|--:|"]
    names = {"scrub": "scrub of a string", "bytes": "scrub of bytes", "process": "process of a string"}
    good = True
    base_message, base_big = message["C", "scrub"], big["C", "scrub"]
    for (language, kind), time in message.items():
        extra, ratio = time - base_message, big[language, kind] / base_big
        title = "C: `pii_scrub`" if language == "C" else f"{language}: {names[kind]}"
        rows.append(f"| {title} | {time / 1000:.2f} | {extra / 1000:.2f} | {big[language, kind] / 1000:.1f} | {ratio:.2f} |")
        good = good and extra <= MESSAGE_EXTRA and ratio <= PROJECT_RATIO
    return "\n".join(rows) + "\n", good


def main():
    parser = argparse.ArgumentParser(description="what a call costs in each language")
    parser.add_argument("--build", default="build", help="build directory of piiglet")
    parser.add_argument("--write", action="store_true", help="write the table into docs/BINDINGS.md")
    arguments = parser.parse_args()
    build = (ROOT / arguments.build).resolve()
    subprocess.run(["ninja", "-C", build, "--quiet", "bench/call"], check=True, stdout=subprocess.DEVNULL)
    texts = build / "bindings"
    (texts / "message.txt").write_text(MESSAGE)
    (texts / "project.json").write_text(project(20000))
    rows, good = table(measure(build, texts / "message.txt", "text", 5000),
                       measure(build, texts / "project.json", "json", 200))
    print(rows + ("goals met" if good else "goals missed"))
    if arguments.write:
        page = PAGE.read_text()
        before, after = page.split(BEGIN)[0], page.split(END)[-1]
        PAGE.write_text(f"{before}{BEGIN}\n{rows}\n{END}{after}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
