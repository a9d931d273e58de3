#!/usr/bin/env python3
"""The whole benchmark: fetch the peers, build corpora and harness, measure, draw, and write the tables.

Usage: run.py --build DIR [OPTION of bench ...]     see DIR/bench/bench --help

Results: DIR/bench/result.json (or the file given with --json) and DIR/bench/charts. A full run also writes
the tables into docs/PERFORMANCE.md and README.md; a quick one, or one of single sections, does not."""
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
QUICK_SIZE, SIZE = 8, 64


def run(*command):
    """Runs a step and ends the program with its exit code when it fails."""
    done = subprocess.run([str(word) for word in command], check=False, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(done.returncode)


def main():
    arguments = sys.argv[1:]
    if len(arguments) < 2 or arguments[0] != "--build":
        sys.exit(__doc__)
    build, options = Path(arguments[1]).resolve(), arguments[2:]
    folder = build / "bench"
    peers, corpora, result = folder / "peers", folder / "corpora", folder / "result.json"

    if not (build / "build.ninja").exists():
        run("meson", "setup", build, ROOT)
    run("meson", "setup", "--reconfigure", build, ROOT)  # peers may have come since
    run("ninja", "-C", build, "--quiet", "bench/bench", "product")
    if "--compare" in options or "list" in options:
        run(folder / "bench", *options)
        return

    run(sys.executable, HERE / "fetch.py", peers)
    size = int(options[options.index("--size") + 1]) if "--size" in options else SIZE
    run(sys.executable, HERE / "corpora.py", "--peers", peers, "--out", corpora, "--size",
        QUICK_SIZE if "--quick" in options else size)
    run(sys.executable, HERE / "projects.py", "--out", corpora)
    if "--json" in options:
        result = Path(options[options.index("--json") + 1])
    else:
        options += ["--json", result]
    run(folder / "bench", *options)
    run(sys.executable, HERE / "plots.py", result, folder / "charts")
    whole = not any(option in options for option in ("--quick", "--section", "--corpus", "--contestant"))
    if whole:
        run(sys.executable, HERE / "report.py", result, ROOT / "docs" / "PERFORMANCE.md", ROOT / "README.md")
    print(f"results: {result}, charts: {folder / 'charts'}")


if __name__ == "__main__":
    main()
