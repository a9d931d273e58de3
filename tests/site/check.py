#!/usr/bin/env python3
"""The site as `make site` made it: the engine by itself in Node, and the pages in a browser.

Usage: check.py BUILD    BUILD/site, BUILD/site-engine; screenshots go to BUILD/site-screens
The last line is "N passed, N failed"."""
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def counted(*command):
    """(passed, failed) as a program says it; one that says nothing has failed."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL)
    print(done.stderr, end="", file=sys.stderr)
    found = re.findall(r"^(\d+) passed, (\d+) failed$", done.stdout, re.M)
    passed, failed = map(int, found[-1]) if found else (0, 1)
    if failed or done.returncode != 0:
        print(done.stdout, file=sys.stderr)
    return passed, max(failed, int(done.returncode != 0))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    build = Path(sys.argv[1]).resolve()
    vectors = build / "site-engine" / "vectors.json"
    subprocess.run(["ninja", "-C", str(build), "--quiet", "bindings/answer"], check=True)
    subprocess.run([sys.executable, str(ROOT / "bindings/vectors/make.py"), str(build / "bindings/answer"), str(vectors)],
                   check=True, stdout=subprocess.DEVNULL)
    sums = [counted("node", ROOT / "tests/site/vectors.mjs", build / "site/engine.wasm", vectors),
            counted(sys.executable, ROOT / "tests/site/pages.py", build / "site", shutil.which("chromium"),
                    shutil.which("chromedriver"), build / "site-screens")]
    passed, failed = (sum(column) for column in zip(*sums))
    print(f"{passed} passed, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
