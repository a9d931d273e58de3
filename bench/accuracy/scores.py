"""Runs the scoring program of the evaluation corpora, and looks its figures up."""
import json
import subprocess
import sys
from pathlib import Path

TABLES = "neg_tables"
SHARED = ("EMAIL", "PHONE", "ADDRESS")  # what must never be shared


class Scores:
    """Figures of one finder over all sets, as score.py counts them."""

    def __init__(self, figures):
        self.sets = {name: figures[name] for name in figures if name != "negatives"}

    def negative_sets(self):
        """Sets without labels, in which every finding is a false alarm."""
        return [name for name, found in self.sets.items() if not found["labels"]]

    def labels(self, name):
        """(entity, subtype, tally) of each label of a set; subtype None is the sum of the entity."""
        for key, tally in self.sets[name]["labels"].items():
            entity, _, subtype = key.partition("/")
            if entity != "ALL":
                yield entity, subtype or None, tally

    def tally(self, names, entities, chosen=None):
        """Sum of what was labelled; `chosen` says of a subtype whether it counts."""
        total = {}
        for name in names:
            for entity, subtype, tally in self.labels(name) if name in self.sets else ():
                wanted = subtype is None if chosen is None else subtype is not None and chosen(subtype)
                if wanted and (entities is None or entity in entities):
                    for key, value in tally.items():
                        total[key] = total.get(key, 0) + value
        return total

    def alarms(self, names, entities=None):
        """False alarms in some sets, and the megabytes of these."""
        count = 0
        for name in names:
            for entity, tally in self.sets[name]["findings"].items():
                if entity != "ALL" and "/" not in entity and (entities is None or entity in entities):
                    count += tally.get("fp", 0)
        return count, sum(self.sets[name]["bytes"] for name in names) / 1e6

    def precision(self, names, entity):
        """Share of the findings of an entity that lie in a label, None without findings."""
        good = bad = 0
        for name in names:
            tally = self.sets[name]["findings"].get(entity, {})
            good += tally.get("tp", 0)
            bad += tally.get("fp", 0)
        return good / (good + bad) if good + bad else None


def leak(tally):
    """Share of the labelled bytes that nothing covered, None where nothing is labelled."""
    return 1 - tally.get("cov", 0) / tally["bytes"] if tally.get("bytes") else None


def core_leak(tally):
    """The same for house number and street alone."""
    return 1 - tally.get("corecov", 0) / tally["core"] if tally.get("core") else None


def run(corpora, command, out, sets=()):
    """Scores a command over `sets`, all when empty; leaves the figures in the file `out`."""
    paths = [str(corpora / "dev" / f"{name}.jsonl") for name in sets]
    out.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([sys.executable, str(corpora / "score.py"), "--by", "subtype", "--json", str(out), *paths,
                           "--", *map(str, command)], capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL)
    if done.returncode != 0 or "warning:" in done.stderr:
        sys.exit(f"accuracy: {' '.join(map(str, command))} could not be scored\n{done.stderr}")
    return Scores(json.loads(Path(out).read_text()))
