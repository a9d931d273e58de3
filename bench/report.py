#!/usr/bin/env python3
"""Writes the tables of a result into the documents, between `<!-- bench:NAME -->` and `<!-- /bench -->`.

Usage: report.py RESULT.json [FILE.md...]     without files: all tables, to standard output"""
import json
import re
import sys
from pathlib import Path

CORPORA = ["clean", "sparse", "dense", "javascript", "json", "multilingual"]
HEADINGS = {"clean": "clean dialogue", "sparse": "1 % of lines", "dense": "30 % of lines", "javascript": "JavaScript",
            "json": "JSON", "multilingual": "multilingual"}


def table(heads, rows):
    """A Markdown table; the first column is text, the others are numbers."""
    lines = ["| " + " | ".join(heads) + " |", "|---" + "|--:" * (len(heads) - 1) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def short(number):
    """Three digits that count."""
    return f"{number:.3g}" if number < 1000 else f"{number:.0f}"


class Result:
    """Measurements by section, subject and contestant."""

    def __init__(self, data):
        self.data = data
        self.list = data["measurements"]

    def of(self, section):
        return [entry for entry in self.list if entry["section"] == section]

    def find(self, section, subject, contestant):
        return next((entry for entry in self.of(section)
                     if entry["subject"] == subject and entry["contestant"] == contestant), None)

    def names(self, section, key):
        return list(dict.fromkeys(entry[key] for entry in self.of(section)))

    def grid(self, section, cell, head):
        """Contestants down, subjects across."""
        subjects = self.names(section, "subject")
        rows = [[name] + [cell(self.find(section, subject, name)) for subject in subjects]
                for name in self.names(section, "contestant")]
        return table([head] + [HEADINGS.get(subject, subject) for subject in subjects], rows)


def scan(result):
    """Throughput, and in brackets the ratio to memcpy."""
    return result.grid("scan", lambda e: f"{short(e['median'])} ({short(e['ratio'])})" if e else "",
                       "GB/s (x memcpy)")


def summary(result):
    """For the README: piiglet and its peers on clean dialogue."""
    wanted = [("memcpy", "memcpy"), ("piiglet-all-scan", "piiglet, all default rules"),
              ("piiglet-13-scan", "piiglet, 13 comparison rules"), ("re2-alternation", "RE2, one alternation"),
              ("hyperscan-ends", "Hyperscan, ends of matches only"), ("hyperscan-starts", "Hyperscan, with starts"),
              ("pcre2-rules", "PCRE2 JIT, rule by rule")]
    rows = []
    for name, label in wanted:
        entries = [result.find("scan", corpus, name) for corpus in ("clean", "dense", "json")]
        rows.append([label] + [short(entry["median"]) if entry else "absent" for entry in entries])
    return table(["GB/s, one core", "clean dialogue", "30 % of lines", "JSON"], rows)


def process(result):
    rows = [[e["contestant"], short(e["median"]), short(e["ratio"]), e["reference"]] for e in result.of("process")]
    return table(["command", "MB/s", "ratio", "to"], rows)


def latency(result):
    def cell(entry):
        return f"{short(entry['median'] / 1000)} / {short(entry['p99'] / 1000)}" if entry else ""
    return result.grid("latency", cell, "us, median / 99 %")


def documents(result):
    """One line per kind of document and format as which it is read."""
    rows = []
    for rate in result.of("documents"):
        one = result.find("document", rate["subject"], rate["contestant"])
        rows.append([rate["subject"], rate["contestant"], short(one["bytes"] / 1000), short(rate["median"]),
                     short(rate["ratio"]) if rate.get("ratio") else "", short(one["median"] / 1000),
                     short(one["p99"] / 1000)])
    return table(["document", "read as", "KB each", "GB/s", "x json.loads", "us, median", "99 %"], rows)


def startup(result):
    rows = [[e["subject"], e["contestant"], short(e["median"]), short(e["p99"])] for e in result.of("startup")]
    return table(["", "what", "ms, median", "99 %"], rows)


def worst(result):
    contestants = ["pcre2-rules", "piiglet-13-scan", "pcre2-all-rules", "piiglet-all-scan"]
    rows = []
    for subject in result.names("worst", "subject"):
        row = [subject]
        for name in contestants:
            entry = result.find("worst", subject, name)
            row.append("" if not entry else short(entry["median"]) if name.startswith("pcre2")
                       else f"{short(entry['median'])} ({short(entry.get('ratio', 0))})")
        for name in contestants[1::2]:
            entry = result.find("growth", subject, name)
            row.append(f"{entry['median']:.2f}" if entry else "")
        rows.append(row)
    return table(["input", "PCRE2, 13 rules, GB/s", "piiglet (x PCRE2)", "PCRE2, all rules", "piiglet (x PCRE2)",
                  "growth, 13", "growth, all"], rows)


def scaling(result):
    """Rules, threads, stream and memory: one line each."""
    rows = [[section, e["subject"], e["contestant"], f"{short(e['median'])} {e['unit']}", short(e.get("ratio", 1)),
             e.get("reference", "")]
            for section in ("rules", "threads", "stream", "memory") for e in result.of(section)]
    return table(["", "of", "what", "value", "ratio", "to"], rows)


def agreement(result):
    """Per corpus and contestant: spans that are equal, missing and added."""
    sums = {}
    for entry in result.data["agreements"]:
        row = sums.setdefault((entry["corpus"], entry["contestant"]), dict.fromkeys(
            ("reference", "equal", "only_reference", "only_contestant", "folded"), 0))
        for key in row:
            row[key] += entry[key]
    rows = [[corpus, name] + [str(row[key]) for key in row] for (corpus, name), row in sums.items()]
    return table(["corpus", "contestant", "reference", "equal", "missing", "added", "of these beside folded bytes"], rows)


def facts(result):
    """The machine, what was absent, and the counters where there are some."""
    data = result.data
    lines = [f"- {name}: {value}" for name, value in data["facts"].items()]
    lines += [f"- {name.replace('_', ' ')}: {value}" for name, value in data["options"].items()]
    lines += [f"- absent: {entry['contestant']} ({entry['why']})" for entry in data["absent"]]
    return "\n".join(lines)


TABLES = {"facts": facts, "summary": summary, "scan": scan, "agreement": agreement, "process": process,
          "latency": latency, "documents": documents, "startup": startup, "worst": worst, "scaling": scaling}
MARK = re.compile(r"(<!-- bench:([a-z]+) -->\n).*?(<!-- /bench -->)", re.S)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    result = Result(json.loads(Path(sys.argv[1]).read_text()))
    if len(sys.argv) == 2:
        for name, write in TABLES.items():
            print(f"## {name}\n\n{write(result)}\n")
    for name in sys.argv[2:]:
        path = Path(name)
        path.write_text(MARK.sub(lambda mark: mark[1] + "\n" + TABLES[mark[2]](result) + "\n\n" + mark[3],
                                 path.read_text()))


if __name__ == "__main__":
    main()
