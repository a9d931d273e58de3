#!/usr/bin/env python3
"""planted.py PIIGLET DIRECTORY... - project files keep their structure, whatever is found in them.

Each file is read by Python's json, xml or csv, and by `piiglet --format auto`, which must leave it as it is
when it holds nothing. Then a value is planted into each of its texts in turn - alone, at the beginning, at
the end - and Python must see the same document with exactly that text changed. The files of the samples, and
those of corpora of others where PIIGLET_CORPORA names them. The last line is "N passed, M failed"."""
import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

VALUES = [("kid.one@mail.example.org", "[EMAIL]"), ("(415) 555-2671", "[PHONE]"),
          ("742 Evergreen Terrace", "[ADDRESS]")]
MOST = 12  # texts of one file that are tried; of more, so many of them, evenly


class Json:
    """A document as a tree, its texts by their paths."""

    def __init__(self, data):
        self.tree = json.loads(data)

    def texts(self):
        found = []

        def walk(node, path):
            if isinstance(node, str):
                found.append(path)
            for key in node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ():
                walk(node[key], [*path, key])
        walk(self.tree, [])
        return [path for path in found if path]

    def holder(self, path):
        node = self.tree
        for key in path[:-1]:
            node = node[key]
        return node

    def get(self, path):
        return self.holder(path)[path[-1]]

    def put(self, path, text):
        self.holder(path)[path[-1]] = text

    def write(self):
        return json.dumps(self.tree).encode()


class Xml:
    """The same for XML: texts and values of attributes."""

    def __init__(self, data):
        self.tree = ElementTree.fromstring(data)

    def texts(self):
        nodes = list(self.tree.iter())
        return [(i, None) for i, node in enumerate(nodes) if node.text and node.text.strip()] + [
            (i, name) for i, node in enumerate(nodes) for name in node.attrib]

    def get(self, path):
        node = list(self.tree.iter())[path[0]]
        return node.text if path[1] is None else node.attrib[path[1]]

    def put(self, path, text):
        node = list(self.tree.iter())[path[0]]
        if path[1] is None:
            node.text = text
        else:
            node.attrib[path[1]] = text

    def write(self):
        return ElementTree.tostring(self.tree)


class Csv:
    """The same for tables."""

    def __init__(self, data):
        self.rows = list(csv.reader(io.StringIO(data.decode(), newline="")))

    def texts(self):
        return [(r, c) for r, row in enumerate(self.rows) for c in range(len(row)) if r]

    def get(self, path):
        return self.rows[path[0]][path[1]]

    def put(self, path, text):
        self.rows[path[0]][path[1]] = text

    def write(self):
        output = io.StringIO()
        csv.writer(output).writerows(self.rows)
        return output.getvalue().encode()


READERS = {".json": Json, ".xml": Xml, ".csv": Csv, ".sketch-lab": Json, ".chat": Json, ".blockly-json": Json,
           ".blockly-xml": Xml, ".game-lab": Json}
# Fields that projects leave alone, by the last step of their path.
KEPT = {"id", "type", "sourceUrl", "version", "src", "parentId", "x", "y", "source", "target", "xmlns", "avatar", "role"}

passed, failed = 0, 0


def case(good, text):
    global passed, failed
    passed += good
    failed += not good
    if not good:
        print("failed:", text)


def scrub(piiglet, data):
    done = subprocess.run([piiglet, "--format", "auto", "--except", "URL"], input=data, capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None


def kept(path):
    return any(step in KEPT or step == "orderedKeys" for step in path)


def check_text(piiglet, reader, data, path, name):
    for value, replacement in VALUES:
        for form in ("{}", "{} then", "now {}"):
            document = reader(data)
            document.put(path, form.format(value))
            output = scrub(piiglet, document.write())
            expected = reader(data)
            expected.put(path, form.format(replacement))
            good = output is not None and reader(output).write() == expected.write()
            case(good, f"{name}: {form} {replacement} at {path}")
            if not good:
                return


def check_file(piiglet, path):
    reader = READERS.get(path.suffix)
    data = path.read_bytes().replace(b"@@", b"")
    if not reader:
        return
    case(scrub(piiglet, data) == data, f"{path.name}: clean, and as it was")
    try:
        texts = [text for text in reader(data).texts() if not kept(text)]
        written = scrub(piiglet, reader(data).write())
    except (ValueError, ElementTree.ParseError):
        written = None
    if written is None:
        print(f"note: {path.name}: more than Python can read and write")
        return
    for text in texts[::max(1, -(-len(texts) // MOST))]:
        check_text(piiglet, reader, data, text, path.name)


def main():
    corpora = os.environ.get("PIIGLET_CORPORA")
    for directory in [*sys.argv[2:], *([corpora] if corpora else [])]:
        for path in sorted(pathlib.Path(directory).iterdir()):
            check_file(sys.argv[1], path)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
