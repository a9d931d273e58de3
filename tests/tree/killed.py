#!/usr/bin/env python3
"""A run over a tree that is killed at any point, and again, and then goes on, comes to what a run comes to
that nobody disturbs.

Arguments: the command, how often to kill each way of running, a seed (default 1). After each kill every file is
the old one or the new one; at the end the tree is what it should be, the backups are the old files, and no
temporary file is left."""
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import trees

FILES = 300
SUFFIX = ".old"


class Way:
    """One way of running: in place, with copies, or a list of findings."""

    def __init__(self, command, name, top):
        self.command, self.name, self.top = command, name, top
        self.tree, self.copy, self.journal = top / "tree", top / "copy", top / "journal"

    def arguments(self):
        threads = ["--threads", "3", "--journal", self.journal]
        if self.name == "in place":
            return ["-r", "--in-place", "--backup", SUFFIX, *threads, self.tree]
        if self.name == "copy":
            return ["-r", "-o", self.copy, *threads, self.tree]
        return ["scan", "-r", *threads, self.tree]

    def fresh(self, original):
        """Puts the tree back, and forgets all that was done."""
        for path in (self.tree, self.copy):
            shutil.rmtree(path, ignore_errors=True)
        self.journal.unlink(missing_ok=True)
        shutil.copytree(original, self.tree)
        time.sleep(0.02)

    def start(self, output):
        return subprocess.Popen([self.command, *map(str, self.arguments())], stdin=subprocess.DEVNULL, stdout=output,
                                stderr=subprocess.PIPE)

    def result(self):
        """What the run has made: files, or nothing for a list."""
        if self.name == "copy":
            return trees.all_files(self.copy) if self.copy.exists() else {}
        return trees.all_files(self.tree)


def whole(before, after, now):
    """What is neither old nor new; temporary files do not count while the run is not over."""
    wrong = []
    for path, data in now.items():
        name = path.rsplit("/", 1)[-1]
        if name.startswith(trees.TEMPORARY):
            continue
        if path.endswith(SUFFIX) and path not in before:
            if data != before[path[:-len(SUFFIX)]]:
                wrong.append(f"{path}: is a backup, and not the old file")
        elif data not in (before.get(path), after.get(path)):
            wrong.append(f"{path}: neither old nor new")
    return wrong


def try_way(way, original, kills, maker):
    """Kills the run until it has been killed `kills` times; the problems."""
    before = trees.all_files(original)
    way.fresh(original)
    began = time.monotonic()
    listing = subprocess.run([way.command, *map(str, way.arguments())], capture_output=True, check=False,
                             stdin=subprocess.DEVNULL)
    seconds = time.monotonic() - began
    if listing.returncode != 0:
        return [f"exit code {listing.returncode}: {listing.stderr.decode()}"]
    after, lines = way.result(), set(listing.stdout.splitlines())
    if way.name != "scan" and not any(after.get(path) != data for path, data in before.items()):
        return ["nothing was scrubbed"]
    wrong, killed, resumed = [], 0, 0
    while killed < kills and not wrong:
        way.fresh(original)
        output = way.top / "lines"
        output.write_bytes(b"")
        for finished in range(1000):
            with output.open("ab") as file:
                process = way.start(file)
                if killed < kills and maker.random() < 0.9:
                    time.sleep(maker.random() * seconds * 0.8)
                    process.kill()
                errors = process.communicate()[1].decode()
            if process.returncode >= 0:
                resumed += finished > 0 and "done before" in errors
                break
            killed += 1
            wrong += whole(before, after, way.result())
        now = way.result()
        if process.returncode != 0:
            wrong.append(f"exit code {process.returncode}: {errors}")
        wrong += [f"{path}: is not what it should be" for path in after.keys() | now.keys()
                  if after.get(path) != now.get(path)]
        # A killed run may have been in the middle of a line that the next one wrote again.
        if not lines <= set(output.read_bytes().splitlines()):
            wrong.append("findings were lost")
    if not wrong and resumed == 0:
        wrong.append("no run has gone on where another was killed")
    return wrong


def main():
    command, kills = str(Path(sys.argv[1]).resolve()), int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    maker, failed = random.Random(seed), 0
    with tempfile.TemporaryDirectory() as folder:
        original = Path(folder) / "original"
        trees.make(original, seed, FILES)
        for name in ("in place", "copy", "scan"):
            top = Path(folder) / name
            top.mkdir()
            wrong = try_way(Way(command, name, top), original, kills, maker)
            failed += bool(wrong)
            for problem in wrong[:20]:
                print(f"failed: {name}: {problem}")
    print(f"{3 - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
