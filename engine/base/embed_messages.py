#!/usr/bin/env python3
"""Turns rules/messages into C: embed_messages.py OUTPUT embed_messages.py reasons.yaml LANGUAGE.yaml...

English comes first, as it is what every other language falls back to. A file that lacks a message, or has one
too many, stops the build."""
import pathlib
import sys

import yaml


def read(path, keys):
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    if set(tree) != {"piiglet", *keys} or tree["piiglet"] != 1:
        sys.exit(f"{path}: has to have exactly piiglet: 1, {', '.join(sorted(keys))}")
    return tree


def literal(text):
    return '"' + "".join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\?' else "\\%03o" % byte
                         for byte in text.encode()) + '"'


def main():
    output, _, *paths = (pathlib.Path(argument) for argument in sys.argv[1:])
    reasons = read(paths[0], {"reasons"})["reasons"]
    if list(reasons)[-1] != "OTHER":
        sys.exit(f"{paths[0]}: OTHER has to be the last one")
    lines = ["/* Made by embed_messages.py from rules/messages. */", '#include "messages.h"', ""]
    rows = []
    for path in sorted(paths[1:], key=lambda path: (path.stem != "en", path.stem)):
        tree = read(path, {"language", "name", "messages"})
        if tree["language"] != path.stem or set(tree["messages"]) != set(reasons):
            differing = sorted(set(tree["messages"]) ^ set(reasons))
            sys.exit(f"{path}: is of another language than its name, or lacks or has too many: {differing}")
        lines.append(f"static const char *const messages_{path.stem}[] = {{")
        lines += [f"    {literal(tree['messages'][entity])}," for entity in reasons]
        lines.append("};")
        rows.append(f"    {{{literal(path.stem)}, {literal(tree['name'])}, messages_{path.stem}}},")
    lines += ["const pii__reason pii__reasons[] = {",
              *(f"    {{{literal(entity)}, {literal(reason)}}}," for entity, reason in reasons.items()), "};",
              f"const size_t pii__reason_count = {len(reasons)};",
              "const pii__catalogue pii__catalogues[] = {", *rows, "};",
              f"const size_t pii__catalogue_count = {len(rows)};", ""]
    output.write_text("\n".join(lines), encoding="ascii")


if __name__ == "__main__":
    main()
