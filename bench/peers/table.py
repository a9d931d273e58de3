#!/usr/bin/env python3
"""Peers that take personal information out of text, side by side with piiglet in one run: what each misses, what it
flags without reason, how fast it is. Installs them below BUILD/peers and writes the tables of docs/PEERS.md.

Usage: table.py PIIGLET [--no-page]

The texts and their scoring program are those of `make accuracy`; without them nothing is measured. The labelled sets
are used whole, of those without labels each SHARE-th record, as the slowest peer needs minutes even for that."""
import datetime
import gzip
import json
import re
import resource
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "accuracy"), str(HERE.parent)]
import bars  # noqa: E402
import fetch  # noqa: E402
import page  # noqa: E402
import scores  # noqa: E402
from run import arguments_of, output  # noqa: E402

PAGE = HERE.parent.parent / "docs" / "PEERS.md"
PART = re.compile(r"(<!-- peers:(\w+) -->\n).*?(<!-- /peers -->)", re.S)
SHARE = 10         # of the records without labels, for false alarms
SHARE_TIMED = 100  # of all records, for speed
REPEATED = 50      # times the timed texts, for a command that is done with them before it can be timed
ROUNDS = 3
SYSTEM_PYTHON = "/usr/bin/python3"


@dataclass
class Peer:
    """A package, how to ask it, which of the three shared entities it looks for, and how it was set up."""
    title: str
    package: str  # as pip and npm name it, without extras
    version: str
    finder: str  # of find.py; "" for redact-pii
    claims: tuple
    setup: str
    extra: str = ""

    def command(self, folder):
        if not self.finder:
            return ["node", HERE / "find_redact_pii.js", folder]
        return [folder / self.package / "bin" / "python", HERE / "find.py", self.finder]

    def install(self, folder):
        """None, or why it is absent."""
        if not self.finder:
            return None if fetch.node_modules(folder) else "npm could not install it"
        environment = folder / self.package
        if not (environment / "bin" / "pip").exists() and not fetch.run(SYSTEM_PYTHON, "-m", "venv", environment):
            return "no virtual environment could be made"
        wanted = f"{self.package}{self.extra}=={self.version}"
        installed = fetch.run(environment / "bin" / "pip", "install", "--quiet", wanted)
        return None if installed else "pip could not install it"


MAIL, TELEPHONE, PLACE = scores.SHARED
ABROAD = "ADDRESS, abroad"  # none of the peers, as set up here, looks for these
PEERS = [
    Peer("Presidio", "presidio-analyzer", "2.2.366", "presidio", (MAIL, TELEPHONE),
         "all recognisers that are on by default, no threshold (its default), over an empty English pipeline of spaCy: "
         "no trained model, so no names, places and organisations; it has no rule for street addresses"),
    Peer("scrubadub", "scrubadub", "2.0.1", "scrubadub", (MAIL, TELEPHONE),
         "all detectors it loads by itself, `en_US`; its addresses are another package, which needs libpostal"),
    Peer("DataFog", "datafog", "4.9.0", "datafog", (MAIL, TELEPHONE),
         "`scan` as it comes: expressions in Python; it has no expression for addresses", "[rust]"),
    Peer("DataFog, Rust", "datafog", "4.9.0", "datafog_rust", (MAIL, TELEPHONE),
         "the same with `backend=\"rust\"`", "[rust]"),
    Peer("redact-pii", "redact-pii", json.loads((HERE.parent / "package.json").read_text())["dependencies"]
         ["redact-pii"], "", (MAIL, TELEPHONE, PLACE), "all built-in redactors but names, which come last"),
    Peer("CommonRegex Improved", "commonregex-improved", "1.0.2", "commonregex", (MAIL, TELEPHONE, PLACE),
         "its expressions for personal information, not those for times, prices, colours, hashes and books"),
    Peer("pyap", "pyap", "0.3.1", "pyap", (PLACE,), "addresses of the United States, which must have a town or ZIP code"),
]


def records(path):
    """The records of a set that are scored, or none."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8", newline="\n") as lines:
        return [line for line in lines if '"spans"' in line]


def sample(corpora, folder):
    """The texts of this run in a folder that the scoring program takes for its own, and those that are timed."""
    chosen = folder / "texts"
    shutil.rmtree(chosen, ignore_errors=True)
    (chosen / "dev").mkdir(parents=True)
    (chosen / "score.py").symlink_to(corpora / "score.py")
    timed = []
    for path in sorted((corpora / "dev").glob("*.jsonl*")):
        lines = records(path)
        timed += lines[::SHARE_TIMED]
        kept = lines[::SHARE] if path.name.startswith("neg_") else lines
        if kept:
            (chosen / "dev" / path.name.removesuffix(".gz")).write_text("".join(kept), newline="\n")
    texts = [{"id": at, "text": json.loads(line)["text"]} for at, line in enumerate(timed)]
    (folder / "timed.jsonl").write_text("".join(json.dumps(text, ensure_ascii=False) + "\n" for text in texts))
    return chosen, sum(len(text["text"].encode()) for text in texts)


def seconds_of_peer(command, timed):
    """What a finder says that its peer took, the least of some runs."""
    def once():
        with timed.open("rb") as texts:
            return float(subprocess.run([*command, "--time"], stdin=texts, capture_output=True, check=True).stdout)
    return min(once() for _ in range(ROUNDS))


def used():
    """Seconds of processor time of all commands that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def seconds_of_command(command, timed):
    """What a command needs for the texts beyond what it needs for none: reading and writing JSON is counted."""
    def once(data):
        start = used()
        subprocess.run(command, input=data, stdout=subprocess.DEVNULL, check=True)
        return used() - start
    data = timed.read_bytes() * REPEATED
    return (min(once(data) for _ in range(ROUNDS)) - min(once(b"") for _ in range(ROUNDS))) / REPEATED


def row(title, version, claims, found, speed):
    """Cells of one contestant; what it does not look for is left out."""
    labelled = [name for name in found.sets if found.sets[name]["labels"]]
    negatives = found.negative_sets()
    prose = [name for name in negatives if name != scores.TABLES]

    def leak(entity, names, chosen=None, claim=None):
        tally = found.tally(names, [entity], chosen)
        return page.percent(scores.leak(tally)) if (claim or entity) in claims else ""

    def alarms(names, entities=None):
        return f"{bars.per_megabyte(found, names, entities):.1f}"

    return [title, version, leak(MAIL, labelled), leak(TELEPHONE, labelled),
            leak(TELEPHONE, ["phone"], bars.phone_plain), leak(PLACE, ["address_us", "dialog_tasks"]),
            leak(PLACE, ["address_intl"], claim=ABROAD), alarms(prose, scores.SHARED), alarms(prose),
            alarms([scores.TABLES], scores.SHARED), f"{speed:.3g}"]


HEAD = ["", "version", "EMAIL", "PHONE", "PHONE, US and +", "ADDRESS, US", ABROAD, "false alarms",
        "all its kinds", "in tables", "MB/s"]


def contest(peer, folder, texts, size):
    """(row, None), or (None, why the peer is absent)."""
    absent = peer.install(folder)
    if absent:
        return None, absent
    command = peer.command(folder)
    try:
        found = scores.run(texts, command, folder / f"{peer.title}.json")
        speed = size / seconds_of_peer(command, folder / "timed.jsonl") / 1e6
    except (SystemExit, subprocess.CalledProcessError, OSError):
        return None, "it could not be run"
    return row(peer.title, peer.version, peer.claims, found, speed), None


def measure(piiglet, corpora, folder):
    """The parts of the page."""
    texts, size = sample(corpora, folder)
    scan = [piiglet, "scan", "--records"]
    ours = scores.run(texts, scan, folder / "piiglet.json")
    version = output(piiglet, "--version").split()[1]
    speed = size / seconds_of_command(scan, folder / "timed.jsonl") / 1e6
    rows, setups = [row("piiglet", version, (*scores.SHARED, ABROAD), ours, speed)], []
    for peer in PEERS:
        print(f"peers: {peer.title}", flush=True)
        cells, absent = contest(peer, folder, texts, size)
        if cells:
            rows.append(cells)
        setups.append([peer.title, f"absent: {absent}" if absent else peer.setup])
    negatives = sum(ours.sets[name]["bytes"] for name in ours.negative_sets()) / 1e6
    total = sum(found["bytes"] for found in ours.sets.values()) / 1e6
    return {"measured": f"Measured on {datetime.date.today().isoformat()}: {len(ours.sets)} sets, {total:.2f} MB, of "
                        f"which {negatives:.2f} MB without labels (each {SHARE}th record of these sets); speed on "
                        f"{size / 1e6:.2f} MB.\n",
            "table": page.table(HEAD, rows),
            "setup": "\n".join(["| peer | how it was set up |", "|---|---|",
                                *(f"| {title} | {setup} |" for title, setup in setups)]) + "\n"}


def main():
    piiglet, corpora, write_page = arguments_of("peers", __doc__, PAGE)
    if corpora is None:
        return 0
    folder = piiglet.parent / "peers"
    folder.mkdir(parents=True, exist_ok=True)
    parts = measure(piiglet, corpora, folder)
    print(parts["measured"] + parts["table"] + parts["setup"])
    if write_page:
        PAGE.write_text(PART.sub(lambda mark: f"{mark[1]}\n{parts[mark[2]]}\n{mark[3]}", PAGE.read_text()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
