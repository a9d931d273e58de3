#!/usr/bin/env python3
"""The documents name only what exists: files and links, make targets, commands and options; and what
they show in a ```console block is what comes out, and a ```c block compiles.

Arguments: the command, C compiler."""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

from cases import Cases
from sources import ROOT, relative

LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
PATH = re.compile(r"`((?:engine|rules|tests|examples|docs|bench|\.ci)/[\w./-]*)`")
MAKE = re.compile(r"\bmake ([a-z][a-z-]+)(?=[`\s,;:.)]|$)", re.M)
COMMAND = re.compile(r"\bpiiglet (scrub|scan|check|report|explain|rules(?: [a-z]+)?)\b")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def help_text(command, *subcommand):
    """The help of one command, or nothing."""
    done = subprocess.run([command, *subcommand, "--help"], capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL)
    return done.stdout if done.returncode == 0 else ""


def sessions(text):
    """(command, output) of each "$ command" in the ```console blocks."""
    for block in re.findall(r"^```console\n(.*?)^```", text, re.S | re.M):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            line, _, output = part.partition("\n")
            yield line, output


def link_tree(folder):
    """What the project holds, in a folder of its own: what an example writes does not land in the project."""
    for entry in ROOT.iterdir():
        (folder / entry.name).symlink_to(entry)


def run(line, command, folder):
    """What a command line prints, with the command at hand first in PATH."""
    environment = {**os.environ, "PATH": f"{Path(command).resolve().parent}:{os.environ['PATH']}", "NO_COLOR": "1"}
    done = subprocess.run(["bash", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL)
    return done.stdout + done.stderr


def compiles(program, compiler):
    """Whether a C program of a document compiles; and what the compiler said."""
    done = subprocess.run([compiler, "-std=c11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-x", "c",
                           f"-I{ROOT / 'engine' / 'include'}", "-"], input=program, text=True, capture_output=True,
                          check=False)
    return done.returncode == 0, done.stderr


def code_blocks(text):
    """Fenced blocks and inline code: where commands are written out."""
    return "\n".join(re.findall(r"^```.*?^```|`[^`\n]+`", text, re.S | re.M))


def main():
    command, compiler = sys.argv[1:3]
    cases = Cases()
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    helps = "".join(help_text(command, *words) for words in
                    ([], ["scrub"], ["scan"], ["check"], ["report"], ["explain"], ["rules"]))
    cases.check(helps, "piiglet --help says nothing")

    for path in sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").glob("*.md")):
        text = path.read_text()
        name = relative(path)
        for link in LINK.findall(text):
            cases.check((path.parent / unquote(link)).exists(), f"{name}: no {link}")
        for mentioned in PATH.findall(text):
            cases.check((ROOT / mentioned).exists(), f"{name}: no {mentioned}")
        with tempfile.TemporaryDirectory() as folder:
            link_tree(Path(folder))
            for line, output in sessions(text):
                got = run(line, command, folder)
                cases.check(got == output, f"{name}: $ {line}\n{got}")
        for program in re.findall(r"^```c\n(.*?)^```", text, re.S | re.M):
            good, said = compiles(program, compiler)
            cases.check(good, f"{name}: {said}")
        code = code_blocks(text)
        for target in MAKE.findall(code):
            cases.check(target in targets, f"{name}: no target in the Makefile for make {target}")
        for words in COMMAND.findall(code):
            cases.check(words.split()[-1] in helps, f"{name}: no command {words}")
        for line in code.splitlines():
            if re.search(r"\bpiiglet\b(?!\.)", line) and "meson" not in line:
                for option in OPTION.findall(line):
                    cases.check(option in helps or option == "--help", f"{name}: no option {option}")
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
