#!/usr/bin/env python3
"""Makes the documents of the benchmark, one a line, of the lines of the clean corpus: the same corpus gives the
same documents.

Usage: projects.py --out DIR     where corpora.py has put clean.txt"""
import argparse
from pathlib import Path

import made_projects
from corpora import Random

POOL = 4 << 20  # bytes of the corpus that texts are taken from
SIZE = 4 << 20  # bytes of each kind


def make(kind, pool):
    """Documents up to SIZE."""
    source = Random(kind)
    size = 0
    while size < SIZE:
        document = made_projects.KINDS[kind](source, lambda: source.pick(pool))
        size += len(document.encode())
        yield document


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    out = parser.parse_args().out
    clean = out / "clean.txt"
    if not clean.exists():
        print("no source for documents")
        return
    with clean.open("rb") as file:
        lines = file.read(POOL).decode("utf-8", errors="ignore").splitlines()
    pool = [line for line in lines[:-1] if line and line.isprintable()]
    for kind in made_projects.KINDS:
        text = "\n".join(make(kind, pool)) + "\n"
        (out / f"{kind}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
