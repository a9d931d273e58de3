#!/usr/bin/env python3
"""Holds a result against the goals: one line each, exit code 1 when one is missed or was not measured.

Usage: goals.py RESULT.json"""
import json
import sys
from pathlib import Path

# Speed of scanning over that of memcpy: 13 rules with the best kernel and with AVX2, all rules, all rules
# through the sink.
SCAN = {"clean": (1.0, 0.9, 0.8, 0.8), "sparse": (0.9, 0.85, 0.7, 0.7), "dense": (0.33, 0.27, 0.25, 0.22),
        "javascript": (0.9, 0.6, 0.6, 0.6), "json": (0.8, 0.5, 0.5, 0.5), "multilingual": (0.65, 0.55, 0.5, 0.5)}
CONTESTANTS = ("piiglet-13-scan", "piiglet-13-scan-avx2", "piiglet-all-scan", "piiglet-all-sink")
PEERS = [("clean", "hyperscan-starts", 40), ("clean", "hyperscan-ends", 12), ("clean", "re2-alternation", 8),
         ("dense", "hyperscan-starts", 10)]
LATENCY = {"message 200 B": 300, "dialogue 20 KB": 5000, "project JSON 20 KB": 10000}
DOCUMENTS = [("blockly-json", "blockly-json"), ("sketch-lab", "sketch-lab"), ("blockly-xml", "blockly-xml")]
STARTUP = [("process < /dev/null", "piiglet", 5), ("library", "piiglet, embedded rules", 2),
           ("library", "piiglet, 500 user rules", 50)]


class Goals:
    """Looks measurements up and counts goals."""

    def __init__(self, measurements):
        self.found = {(e["section"], e["subject"], e["contestant"]): e for e in measurements}
        self.missed = 0

    def value(self, section, subject, contestant, key="median"):
        return self.found.get((section, subject, contestant), {}).get(key)

    def subjects(self, section):
        return list(dict.fromkeys(subject for name, subject, _ in self.found if name == section))

    def check(self, what, value, least=None, most=None):
        """One goal; `value` None: not measured."""
        good = value is not None and (least is None or value >= least) and (most is None or value <= most)
        bar = f">= {least}" if least is not None else f"<= {most}"
        shown = "not measured" if value is None else f"{value:.3g}"
        print(f"{'met   ' if good else 'missed'}  {what}: {shown} ({bar})")
        self.missed += not good

    def check_times(self, what, ours, theirs, least):
        """How many times faster than a peer."""
        self.check(what, ours / theirs if ours is not None and theirs else None, least=least)


def check_scan(goals):
    for corpus, bars in SCAN.items():
        for contestant, bar in zip(CONTESTANTS, bars):
            goals.check(f"{contestant} on {corpus}, x memcpy", goals.value("scan", corpus, contestant, "ratio"), least=bar)
    for corpus, peer, bar in PEERS:
        goals.check_times(f"piiglet-13-scan on {corpus}, x {peer}", goals.value("scan", corpus, "piiglet-13-scan"),
                          goals.value("scan", corpus, peer), bar)


def check_process(goals):
    for name in ("piiglet", "cat | piiglet | cat"):
        goals.check(f"{name}, x cat in its place", goals.value("process", "clean", name, "ratio"), least=0.7)
    goals.check_times("piiglet, x rg --passthru -r", goals.value("process", "clean", "piiglet"),
                      goals.value("process", "clean", "rg --passthru -r"), 5)
    goals.check_times("two threads, x one, on a file", goals.value("process", "clean", "piiglet, file, 2 threads"),
                      goals.value("process", "clean", "piiglet, file"), 1.8)


def check_latency(goals):
    for subject, bar in LATENCY.items():
        median = goals.value("latency", subject, "piiglet-all-scrub")
        goals.check(f"{subject}, ns", median, most=bar)
        high = goals.value("latency", subject, "piiglet-all-scrub", "p99")
        goals.check(f"{subject}, 99th percentile, x median", high / median if median else None, most=4)


def check_documents(goals):
    for corpus, name in DOCUMENTS:
        goals.check(f"{corpus}, GB/s", goals.value("documents", corpus, name), least=1)
        if "xml" not in corpus:
            goals.check(f"{corpus}, x json.loads", goals.value("documents", corpus, name, "ratio"), least=10)
    goals.check("a project in Blockly's JSON, ns", goals.value("document", "blockly-json", "blockly-json"), most=25000)
    goals.check("a project in Blockly's JSON, 99th percentile, ns",
                goals.value("document", "blockly-json", "blockly-json", "p99"), most=60000)


def check_worst(goals):
    for subject in goals.subjects("worst"):
        for contestant in ("piiglet-13-scan", "piiglet-all-scan"):
            goals.check(f"{subject}: {contestant}, x PCRE2 rule by rule",
                        goals.value("worst", subject, contestant, "ratio"), least=1.5)
            goals.check(f"{subject}: {contestant}, power of growth", goals.value("growth", subject, contestant),
                        most=1.15)


def check_growth(goals):
    for subject, contestant, bar in STARTUP:
        goals.check(f"{contestant}, {subject}, ms", goals.value("startup", subject, contestant), most=bar)
    for corpus in ("clean", "json"):
        goals.check(f"500 rules on {corpus}, x one rule", goals.value("rules", corpus, "piiglet, 500 rules", "ratio"),
                    most=50)
    longest = goals.subjects("stream")[-1:] or [""]
    for contestant in ("piiglet, time", "piiglet, peak memory"):
        goals.check(f"{contestant}, stream of {longest[0]}, x the shortest",
                    goals.value("stream", longest[0], contestant, "ratio"), most=1.2)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    goals = Goals(json.loads(Path(sys.argv[1]).read_text())["measurements"])
    for check in (check_scan, check_process, check_latency, check_documents, check_worst, check_growth):
        check(goals)
    print(f"{goals.missed} goals missed")
    sys.exit(goals.missed > 0)


if __name__ == "__main__":
    main()
