#!/usr/bin/env python3
"""The NEON kernel beside the scalar one, on an emulated 64-bit ARM.

Arguments: build directory, rounds. Needs aarch64-linux-gnu-gcc and qemu-aarch64-static."""
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ENGINE = ROOT / "engine"
COMPILER = ["aarch64-linux-gnu-gcc", "-std=gnu11", "-O3", "-static", "-Wall", "-Wextra"]
INCLUDED = ["include", "base", "unicode", "match"]
SOURCES = ["match/kernel.c", "match/kernel_neon.c", "match/kernel_scalar.c", "unicode/kept_prefix.c", "unicode/utf8.c"]
TABLES = ["fold_table.c", "odd_sequences.c"]


def main():
    build, rounds = Path(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "kernels_agree")
        subprocess.run([*COMPILER, *(f"-I{ENGINE / name}" for name in INCLUDED), f"-I{ROOT / 'tests/support'}",
                        *(ENGINE / name for name in SOURCES), *(build / "engine/unicode" / name for name in TABLES),
                        ROOT / "tests/support/tally.c", ROOT / "tests/cross/kernels_agree.c", "-o", program], check=True)
        return subprocess.run(["qemu-aarch64-static", program, rounds], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
