#!/usr/bin/env python3
"""Prints how many GB/s Python's json.loads reads of a file of one document a line; the median of five rounds.

Usage: json_loads.py FILE"""
import json
import statistics
import sys
import time


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        documents = file.read().splitlines()
    size = sum(len(document.encode()) for document in documents)
    rates = []
    for _ in range(5):
        start = time.perf_counter()
        for document in documents:
            json.loads(document)
        rates.append(size / (time.perf_counter() - start) / 1e9)
    print(statistics.median(rates))


if __name__ == "__main__":
    main()
