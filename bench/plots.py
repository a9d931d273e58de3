#!/usr/bin/env python3
"""Draws the charts of a result with gnuplot, each as PNG and SVG.

Usage: plots.py RESULT.json FOLDER"""
import json
import shutil
import subprocess
import sys
from pathlib import Path

CORPORA = ["clean", "sparse", "dense", "javascript", "json", "multilingual"]
ENGINES = ["memcpy", "piiglet-13-scan", "piiglet-all-scan", "piiglet-all-sink", "re2-alternation", "hyperscan-ends",
           "hyperscan-starts", "vectorscan-ends", "pcre2-rules"]
TERMINALS = {"png": "pngcairo size 1000,560 font ',11'", "svg": "svg size 1000,560 font ',12' background 'white'"}


def rows(result, section):
    return [entry for entry in result["measurements"] if entry["section"] == section]


def block(name, lines):
    """Data that gnuplot reads from the script itself."""
    return f"${name} << END\n" + "\n".join(lines) + "\nEND\n"


def scan_chart(result):
    """Bars per corpus, one colour per engine, on a logarithmic scale."""
    found = {(e["subject"], e["contestant"]): e["median"] for e in rows(result, "scan")}
    engines = [name for name in ENGINES if any((corpus, name) in found for corpus in CORPORA)]
    lines = [" ".join(["corpus"] + engines)]
    for corpus in CORPORA:
        values = [f"{found[corpus, name]:.6g}" if (corpus, name) in found else "NaN" for name in engines]
        if any((corpus, name) in found for name in engines):
            lines.append(" ".join([corpus] + values))
    if not engines or len(lines) < 2:
        return None
    return (block("data", lines) + "set style data histograms\nset style fill solid 0.85\nset logscale y\n"
            "set ylabel 'GB/s, one core'\nset title 'Scanning text, logarithmic'\nset key outside right\nset grid ytics\n"
            f"plot for [i=2:{len(engines) + 1}] $data using i:xtic(1) title columnheader(i)\n")


def process_chart(result):
    """Whole commands, one bar each."""
    lines = [f'"{e["contestant"]}" {e["median"]:.6g}' for e in rows(result, "process")]
    if not lines:
        return None
    return (block("data", lines) + "set style fill solid 0.85\nset boxwidth 0.7\nset logscale y\nset grid ytics\n"
            "set ylabel 'MB/s'\nset title 'Whole commands, logarithmic'\nset xtics rotate by -40 noenhanced\nset bmargin 10\nset rmargin 14\n"
            "plot $data using 0:2:xtic(1) with boxes notitle\n")


def latency_chart(result):
    """Median of one call, per kind of text."""
    entries = rows(result, "latency")
    subjects = list(dict.fromkeys(e["subject"] for e in entries))
    contestants = list(dict.fromkeys(e["contestant"] for e in entries))
    found = {(e["subject"], e["contestant"]): e["median"] / 1000 for e in entries}
    if not found:
        return None
    lines = [" ".join(["text"] + contestants)]
    lines += [" ".join([f'"{subject}"'] + [f"{found.get((subject, name), float('nan')):.6g}" for name in contestants])
              for subject in subjects]
    return (block("data", lines) + "set style data histograms\nset style fill solid 0.85\nset logscale y\n"
            "set ylabel 'microseconds, median'\nset title 'One call on a small text, logarithmic'\n"
            "set key outside right\nset grid ytics\nset xtics rotate by -20\n"
            f"plot for [i=2:{len(contestants) + 1}] $data using i:xtic(1) title columnheader(i)\n")


def rules_chart(result):
    """Time per byte against the number of rules."""
    entries = rows(result, "rules")
    plots, blocks = [], []
    for number, corpus in enumerate(dict.fromkeys(e["subject"] for e in entries)):
        lines = [f'{e["contestant"].split()[1]} {e["median"]:.6g}' for e in entries if e["subject"] == corpus]
        blocks.append(block(f"data{number}", lines))
        plots.append(f"$data{number} using 1:2 with linespoints lw 2 title '{corpus}'")
    if not plots:
        return None
    return ("".join(blocks) + "set logscale xy\nset xlabel 'rules'\nset ylabel 'ns per byte'\nset grid\n"
            "set title 'Growth with the number of rules that share anchors'\nplot " + ", ".join(plots) + "\n")


CHARTS = {"scan": scan_chart, "process": process_chart, "latency": latency_chart, "rules": rules_chart}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    if shutil.which("gnuplot") is None:
        print("no charts: gnuplot is not there")
        return
    result = json.loads(Path(sys.argv[1]).read_text())
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for name, chart in CHARTS.items():
        script = chart(result)
        for ending, terminal in TERMINALS.items() if script else ():
            head = f"set terminal {terminal}\nset output '{folder / name}.{ending}'\nset termoption noenhanced\n"
            subprocess.run(["gnuplot"], input=head + script, text=True, check=True)


if __name__ == "__main__":
    main()
