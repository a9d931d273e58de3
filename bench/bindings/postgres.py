#!/usr/bin/env python3
"""What an UPDATE costs that scrubs a column, beside one that writes it in capitals, on a server of its own.

Usage: postgres.py [--build DIR] [--rows N] [--lines FILE]

Rows are lines of dialogue, one of 100 with a finding: those of FILE (the benchmark's sparse.txt), or made ones. Each turn
updates a new copy of the table; the forms take turns, and the least time counts. The goal: at most 2 times upper."""
import argparse
import itertools
import sys
import time
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "bindings" / "postgres" / "test")]

import tree  # noqa: E402
from server import Server  # noqa: E402

TURNS = 3
FORMS = ("upper(body)", "pii_scrub(body)", "pii_scrub(body, 'save-under-13')")
SETTINGS = ("shared_buffers = 1GB", "max_wal_size = 8GB", "checkpoint_timeout = 1h", "autovacuum = off", "jit = off")


def lines(file, count):
    """So many lines of dialogue."""
    if file:
        with open(file, encoding="utf-8") as opened:
            yield from itertools.islice(itertools.cycle(line for line in opened if line.strip()), count)
        return
    text = tree.dialogue(Random(1), count * 100).splitlines(keepends=True)
    for number, line in enumerate(text[:count]):
        yield line if number % 100 else f"{tree.FINDING} {number}\n"


def seconds(server, sql):
    """What a statement takes."""
    began = time.perf_counter()
    server.psql(sql)
    return time.perf_counter() - began


def main():
    parser = argparse.ArgumentParser(description="an UPDATE that scrubs, beside upper")
    parser.add_argument("--build", default="build")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--lines")
    arguments = parser.parse_args()
    with Server((ROOT / arguments.build).resolve(), SETTINGS) as server:
        file = server.folder / "lines"
        with open(file, "w", encoding="utf-8") as written:
            written.writelines(line.replace("\\", "/").replace("\t", " ") for line in lines(arguments.lines, arguments.rows))
        file.chmod(0o644)
        server.psql(f"CREATE TABLE lines (id bigserial, body text); COPY lines (body) FROM '{file}'")
        least = {}
        for form in FORMS * TURNS:
            server.psql("DROP TABLE IF EXISTS one; CREATE TABLE one AS TABLE lines; VACUUM ANALYZE one; CHECKPOINT")
            taken = (seconds(server, f"UPDATE one SET body = {form}"), seconds(server, f"SELECT count({form}) FROM lines"))
            least[form] = tuple(map(min, taken, least.get(form, taken)))
        rows, size = server.psql("SELECT count(*), sum(octet_length(body)) FROM lines").strip().split("|")
        print(f"{rows} rows, {int(size) / int(rows):.0f} bytes each, "
              f"{server.psql('SELECT count(*) FROM lines WHERE pii_scrub(body) <> body').strip()} with findings")
        base = least[FORMS[0]]
        for form, (update, select) in least.items():
            print(f"UPDATE ... SET body = {form}: {update:.2f} s, {update / base[0]:.2f} times; "
                  f"SELECT count({form}): {select:.2f} s")
    return 0 if least[FORMS[1]][0] <= 2 * base[0] else 1


if __name__ == "__main__":
    sys.exit(main())
