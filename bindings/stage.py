#!/usr/bin/env python3
"""Puts what a binding is compiled of into a folder: the engine and the shared code of the bindings as one
static library, the headers, and a pkg-config file that names the rest.

Usage: stage.py FOLDER

A package of a language carries that folder, so that it is installed without a checkout, and the module that is made of
it needs no libpiiglet.so at run time. PIIGLET_BUILD names the build directory (build); it is made when missing."""
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT / "bindings" / "shared"

PKG_CONFIG = """\
Name: piiglet
Description: what bindings of piiglet are compiled of
Version: {version}
Requires: {requires}
Cflags: -I${{pcfiledir}}/include
Libs: -Wl,--exclude-libs,libpiiglet.a ${{pcfiledir}}/libpiiglet.a
"""


def run(*command):
    """Runs a step; what it says is shown when it fails."""
    done = subprocess.run([str(word) for word in command], cwd=ROOT, capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def build_library(build):
    """Makes the two archives of the build directory."""
    if not (build / "build.ninja").exists():
        run("meson", "setup", build)
    run("ninja", "-C", build, "--quiet", "libpiiglet_objects.a", "bindings/libpiiglet_binding.a", "product")


def write_archive(build, folder):
    """One archive of both; of the engine only the public names can be seen."""
    engine, archive = folder / "engine.o", folder / "libpiiglet.a"
    run("ld", "-r", "-o", engine, "--whole-archive", build / "libpiiglet_objects.a")
    run("objcopy", "--localize-hidden", "--strip-debug", engine)
    archive.unlink(missing_ok=True)
    shared = [(build / "bindings" / name).resolve() for name in
              run("ar", "t", build / "bindings" / "libpiiglet_binding.a").split()]
    run("ar", "rcs", archive, engine, *shared)
    engine.unlink()


def write_headers(folder):
    """The public headers and those of the shared code."""
    shutil.rmtree(folder / "include", ignore_errors=True)
    (folder / "include").mkdir()
    for header in [*(ROOT / "engine" / "include").glob("*.h"), *SHARED.glob("*.h")]:
        shutil.copy(header, folder / "include")


def write_pkg_config(build, folder):
    """The libraries that the engine needs are those that the installed one names."""
    installed = (build / "meson-private" / "piiglet.pc").read_text()
    (folder / "piiglet.pc").write_text(PKG_CONFIG.format(
        version=re.search(r"^Version: (.*)$", installed, re.M).group(1),
        requires=re.search(r"^Requires.private: (.*)$", installed, re.M).group(1)))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    build = Path(os.environ.get("PIIGLET_BUILD", ROOT / "build")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    folder = folder.resolve()
    build_library(build)
    write_archive(build, folder)
    write_headers(folder)
    write_pkg_config(build, folder)


if __name__ == "__main__":
    main()
