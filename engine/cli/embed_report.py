#!/usr/bin/env python3
"""Turns the page of piiglet report into C: embed_report.py SOURCE HEADER embed_report.py FILE...

A template NAME.html becomes report_template_NAME: text and slots, in turn. A slot stands as {{name}} and becomes
SLOT_NAME; {{style}} and {{script}} are report.css and report.js, and {{style_hash}} and {{script_hash}} what the
content security policy asks for."""
import base64
import hashlib
import pathlib
import re
import sys

SLOT = re.compile(r"\{\{([a-z_]+)\}\}")


def literal(text):
    """Pieces of a C string that are short enough to be read in the debugger, and by every compiler."""
    data = text.encode()
    pieces = [data[at:at + 96] for at in range(0, len(data), 96)] or [b""]
    return "\n        ".join('"' + "".join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\?' else "\\%03o" % byte
                                          for byte in piece) + '"' for piece in pieces)


def digest(text):
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def main():
    source, header, _, *paths = (pathlib.Path(argument) for argument in sys.argv[1:])
    files = {path.name: path.read_text(encoding="utf-8") for path in paths}
    style, script = files.pop("report.css"), files.pop("report.js")
    if "</" in style or "</" in script:
        sys.exit("report.css and report.js must not hold </")
    fixed = {"style": style, "script": script, "style_hash": digest(style), "script_hash": digest(script)}
    slots, lines, names = set(), ['#include "report_templates.h"', ""], []
    for name, text in sorted(files.items()):
        names.append("report_template_" + name.removesuffix(".html"))
        parts = SLOT.split(SLOT.sub(lambda slot: fixed.get(slot[1], slot[0]), text))
        lines.append(f"const struct report_part {names[-1]}[] = {{")
        for part, slot in zip(parts[::2], parts[1::2] + ["end"]):
            lines.append(f"    {{{literal(part)},\n     {len(part.encode())}, SLOT_{slot.upper()}}},")
            slots.add(slot)
        lines += ["};", ""]
    source.write_text("/* Made by embed_report.py from engine/cli/report. */\n" + "\n".join(lines), encoding="ascii")
    header.write_text("\n".join([
        "/* Made by embed_report.py from engine/cli/report. */", "#ifndef CLI_REPORT_TEMPLATES_H",
        "#define CLI_REPORT_TEMPLATES_H", "", "#include <stddef.h>", "",
        "enum report_slot {", *(f"    SLOT_{slot.upper()}," for slot in sorted(slots)), "};", "",
        "/* Text, and what comes after it; SLOT_END: nothing. */",
        "struct report_part {", "    const char *text;", "    size_t size;", "    enum report_slot slot;", "};", "",
        *(f"extern const struct report_part {name}[];" for name in names), "", "#endif", ""]), encoding="ascii")


if __name__ == "__main__":
    main()
