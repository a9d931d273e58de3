#!/usr/bin/env python3
"""Measures what piiglet misses and what it flags without reason, and writes docs/ACCURACY.md.

Usage: run.py PIIGLET [--no-page]

The labelled texts are not part of the project: they are looked for in the folder that PIIGLET_CORPORA names, then in
../shared/corpora beside the checkout. Where there are none, nothing is measured and the page stays as it is. Figures
are kept beside the command, in accuracy/*.json."""
import datetime
import os
import subprocess
import sys
from pathlib import Path

import bars
import overlap
import page
import scores

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TEMPLATE = HERE / "ACCURACY.in.md"
PAGE = ROOT / "docs" / "ACCURACY.md"
CLOSURE = ROOT / "tests" / "closure" / "README.md"
BASELINE = "baseline_codeorg.py"


def find_corpora():
    """The folder of the labelled texts, or None."""
    named = os.environ.get("PIIGLET_CORPORA")
    for folder in [Path(named)] if named else [ROOT.parent / "shared" / "corpora"]:
        if (folder / "score.py").is_file() and (folder / "dev").is_dir():
            return folder.resolve()
    return None


def output(*command):
    """What a command prints."""
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True,
                          stdin=subprocess.DEVNULL).stdout


def measured_part(piiglet, ours):
    """When, and with what."""
    version = output(piiglet, "--version").splitlines()
    records = sum(found["records"] for found in ours.sets.values())
    megabytes = sum(found["bytes"] for found in ours.sets.values()) / 1e6
    return (f"Measured on {datetime.date.today().isoformat()} with {version[0]}, "
            f"rules: {version[1].removeprefix('rules').strip()}; {len(ours.sets)} sets, "
            f"{records} texts, {megabytes:.1f} MB.")


def closure_part():
    """The list of transformations that the closure test takes every rule through, below a heading of the page."""
    text = CLOSURE.read_text() if CLOSURE.exists() else ""
    lines = [line for line in text.splitlines() if not line.startswith("# ")]
    fenced = False
    for at, line in enumerate(lines):
        fenced ^= line.startswith("```")
        if line.startswith("#") and not fenced:
            lines[at] = "#" + line
    return "\n".join(lines) if text else "No closure test has been run."


def measure(piiglet, corpora, folder):
    """The parts of the page, and the bars."""
    scan = [piiglet, "scan", "--records"]
    ours = scores.run(corpora, scan, folder / "piiglet.json")
    simple = [sys.executable, corpora / BASELINE]
    baseline = scores.run(corpora, simple, folder / "expressions.json")
    candidates = scores.run(corpora, [*simple, "--address"], folder / "candidates.json")
    entities = {line.split()[1] for line in output(piiglet, "rules", "list").splitlines()[1:]}
    person = None
    if "PERSON" in entities:
        person = scores.run(corpora, [*scan, "--only", "PERSON"], folder / "person.json", ["mixed", "dialog_tasks"])
    reached = bars.all_bars(ours, baseline, person)
    return reached, {
        "measured": measured_part(piiglet, ours),
        "bars": page.bars_part(reached),
        "entities": page.entity_part(ours, baseline, candidates),
        "subtypes": page.subtype_part(ours, baseline, candidates),
        "alarms": page.alarm_part(ours, baseline, candidates),
        "closure": closure_part(),
    }


def arguments_of(name, usage, page_path):
    """(the command, the labelled texts, whether to write the page); no texts: None, and `name` says so."""
    arguments = sys.argv[1:]
    if not arguments or arguments[1:] not in ([], ["--no-page"]):
        sys.exit(usage)
    corpora = find_corpora()
    if corpora is None:
        print(f"{name}: not measured, as the labelled texts are not here; set PIIGLET_CORPORA to the folder that "
              f"holds score.py and dev/. {page_path.relative_to(ROOT)} stays as it is.")
    return Path(arguments[0]).resolve(), corpora, "--no-page" not in arguments


def main():
    piiglet, corpora, write_page = arguments_of("accuracy", __doc__, PAGE)
    if corpora is None:
        return 0
    reached, parts = measure(piiglet, corpora, piiglet.parent / "accuracy")
    for name in ("measured", "subtypes", "entities", "alarms", "bars"):
        print(f"{parts[name]}\n")
    for line in overlap.report(ROOT, corpora):
        print(f"stands in the labelled texts, too: {line}")
    if write_page:
        PAGE.write_text(page.fill(TEMPLATE.read_text(), parts))
        print(f"written: {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
