#!/usr/bin/env python3
"""What readers of others make of XML and HTML that the command has rewritten.

    markup.py PIIGLET SAMPLES

Lists of documents that XML allows, and that it does not: expat and the command agree on each. Generated
documents with something planted into their fields, and the samples: expat and html.parser see the same in
the output as in the input, but for what was planted (not where it is a name of HTML). PIIGLET_CORPORA names
a directory outside of the project with XML files: each comes out as it is, and with something planted at
either end of each of its fields, written in several ways, only that is replaced."""
import html.parser
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.parsers import expat

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "meta"))
from cases import Cases  # noqa: E402

PLANTED = {"[EMAIL]": "kid.one@mail.example.org", "[PHONE]": "(415) 555-2671", "[ADDRESS]": "742 Evergreen Terrace"}
OFFSET = re.compile(rb"piiglet: standard input: byte (\d+): ")

GOOD = [
    "<a/>", "<a></a>", " \n<a >x</a >\t", "<a b='1' c = \"2\"\n/>", "<?xml version='1.0'?><a/>",
    "<a>&#x10FFFF;&#9;</a>",
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\" ?><!-- x --><?p q?><a/><?r?><!-- - -->",
    "<!DOCTYPE a><a/>", "<!DOCTYPE a SYSTEM 'x>y'><a/>",
    "<!DOCTYPE a [<!ENTITY b 'c>'><!-- ' --><?p ' ?>] ><a>&b;</a>", "<a:b xmlns:a='u'/>", "<_/>",
    "<\u00e9\u4e00 \u00e0='\u00b7'>\u00b7</\u00e9\u4e00>", "<a>]] ></a>", "<a b=']]>'/>", "<a b='>'>></a>",
    "<a><![CDATA[<&]]]]><![CDATA[>]]></a>", "<a><!----></a>", "<a><?xmlx?></a>",
    "<a>&lt;&gt;&amp;&quot;&apos;</a>", "<a>\U0001F600\u007f\u0085\ufffd</a>", "<a b=\"'\" c='\"'/>",
    "<a><b/><b/></a>", "<a\n>\r\n</a\n>", "<a-.1:/>",
]
BAD = [
    "", " ", "a", "<", "<a", "<a>", "<a/", "</a>", "<a></b>", "<a><b></a></b>", "<a/><b/>", "<a/>x",
    "x<a/>", "<a b/>", "<a b=1/>", "<a b='1'c='2'/>", "<a b='1' b='2'/>", "<a b='<'/>", "<a b='1/>",
    "<a &b;/>", "<1/>", "<-a/>", "< a/>", "<a>&</a>", "<a>&b</a>", "<a>&b;</a>", "<a>&#;</a>",
    "<a>&#x;</a>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>&#xFFFE;</a>", "<a>&#x110000;</a>", "<a>&#12;</a>",
    "<a>&#X41;</a>", "<a>\x01</a>", "<a>\x0c</a>", "<a b='\x00'/>", "<a>\ufffe</a>", "<a>]]></a>",
    "<a><!-- -- --></a>", "<a><!-- ---></a>", "<a><![CDATA[</a>", "<![CDATA[x]]><a/>",
    "<a><?xml version='1.0'?></a>", " <?xml version='1.0'?><a/>", "<?xml?><a/>",
    "<?xml encoding='UTF-8'?><a/>", "<?xml version='1.0' standalone='maybe'?><a/>", "<a><?XML x?></a>",
    "<a/><!DOCTYPE a>", "<a><!DOCTYPE a></a>", "<!DOCTYPE a><!DOCTYPE a><a/>", "<!DOCTYPEa><a/>",
    "<!DOCTYPE a [ x ]><a/>", "<!-- x", "<? x?><a/>", "<?p", "<!x><a/>", "<a><!x></a>",
    "<a b = '1' = '2'/>", "<a / >", "<a></a b='1'>", "<\u00d7/>", "<a \u00b7='1'/>",
]
BAD_BYTES = [b"<a>\xff</a>", b"<a>\xc3</a>", b"<a b='\xed\xa0\x80'/>", b"<a\xc3/>", b"<a><!--\xf8--></a>", b"<a><?p \xc0\x80?></a>"]


def run(piiglet, data, *options):
    done = subprocess.run([piiglet, *options], input=data, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr


# ---- Readers ----

def xml_events(data):
    """What expat tells of a document: names, values, text with text beside it, comments, instructions."""
    events = []
    reader = expat.ParserCreate()
    reader.ordered_attributes = True
    reader.buffer_text = True
    reader.buffer_size = 1 << 20
    for kind in ("StartElement", "EndElement", "CharacterData", "Comment", "ProcessingInstruction", "EntityDecl",
                 "StartDoctypeDecl", "XmlDecl"):
        setattr(reader, kind + "Handler", lambda *what, kind=kind: events.append((kind, what)))
    reader.Parse(data, True)
    return events


class HtmlReader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.events = []

    def handle_starttag(self, tag, attrs):
        self.events.append(("start", (tag, attrs)))

    def handle_endtag(self, tag):
        self.events.append(("end", (tag,)))

    def handle_data(self, data):
        self.events.append(("text", (data,)))

    def handle_comment(self, data):
        self.events.append(("comment", (data,)))


def html_events(data):
    reader = HtmlReader()
    reader.feed(data.decode())
    reader.close()
    return reader.events


def is_rewritten(before, after):
    """The same, but that what was planted is replaced, and perhaps what stands beside it."""
    if isinstance(before, (list, tuple)):
        return len(before) == len(after) and all(map(is_rewritten, before, after))
    if not isinstance(before, str) or not any(text in before for text in PLANTED.values()):
        return before == after
    gone = not any(text in after for text in PLANTED.values())
    return gone and any(replacement in after for replacement in PLANTED)


# ---- Lists ----

def well_formed(data):
    try:
        xml_events(data)
    except expat.ExpatError:
        return False
    return True


def lists(cases, piiglet):
    for text in GOOD:
        data = text.encode()
        cases.check(well_formed(data), f"expat refuses {data}")
        cases.check(run(piiglet, data, "--format", "xml") == (0, data, b""), f"not as it was: {data}")
    for data in [text.encode() for text in BAD] + BAD_BYTES:
        cases.check(not well_formed(data), f"expat takes {data}")
        code, out, said = run(piiglet, data, "--format", "xml")
        offset = OFFSET.match(said)
        refused = code == 3 and out == b"" and offset and int(offset[1]) <= len(data)
        cases.check(refused, f"not refused: {data}: {code} {said}")
        planted = data + b" kid.one@mail.example.org"
        code, out, said = run(piiglet, planted, "--format", "xml", "--lenient")
        cases.check(code == 0 and out == data + b" [EMAIL]" and said, f"lenient: {planted}: {code} {out} {said}")


def limits(cases, piiglet):
    """Names in a tag as long as may be, and longer; in one piece, and across the pieces that are read."""
    for before in (0, 32700, 65500):
        for size, code in ((4091, 0), (4092, 4)):  # b and c, and a byte after each name
            data = ("<a>" + " " * before + f"<{'n' * size} b='' c=''/></a>").encode()
            answer = run(piiglet, data, "--format", "xml")[0]
            cases.check(answer == code, f"a name of {size} bytes after {before} bytes: {answer}")


# ---- Generated documents ----

def xml_writings(text):
    return [text, "".join(f"&#{ord(c)};" for c in text),
            "".join(f"&#x{ord(c):x};" if i % 2 else c for i, c in enumerate(text))]


class XmlMaker:
    WORDS = ["the wind", "Level 2", "Game Over", "R2-D2", "#ff8800", "caf\u00e9", "&lt;", "&amp;", "]] ",
             "10500", "\n", "it's", "\U0001F600"]

    def __init__(self, seed):
        self.random = random.Random(seed)

    def text(self, references=True):
        words = [self.random.choice(self.WORDS) for _ in range(self.random.randrange(6))]
        if self.random.random() < 0.4:
            value = self.random.choice(list(PLANTED.values()))
            writings = xml_writings(value) if references else [value]
            words.insert(self.random.randrange(len(words) + 1), self.random.choice(writings))
        return " ; ".join(["", *words, ""])

    def attributes(self):
        names = self.random.sample(["id", "name", "x", "b:y", "note", "\u00e9"], self.random.randrange(4))
        return "".join(f" {name}={quote}{self.text().replace(quote, '')}{quote}"
                       for name in names for quote in [self.random.choice("'\"")])

    def part(self, depth):
        kind = self.random.randrange(8 if depth < 6 else 5)
        if kind < 2:
            return self.text()
        if kind == 2:
            return "<!-- " + self.text(False) + " -->"
        if kind == 3:
            return "<![CDATA[" + self.text(False) + self.random.choice(["", "]> ", "] "]) + "]]>"
        return "<?say " + self.text(False) + "?>" if kind == 4 else self.element(depth + 1)

    def element(self, depth):
        name = self.random.choice(["block", "title", "a", "b:value", "gr\u00f6\u00dfe"])
        content = "".join(self.part(depth) for _ in range(self.random.randrange(7)))
        return f"<{name}{self.attributes()}>{content}</{name} >" if content else f"<{name}{self.attributes()}/>"


def generated(cases, piiglet, count):
    for seed in range(count):
        data = XmlMaker(seed).element(0).encode()
        code, out, _ = run(piiglet, data, "--format", "xml", "--only", "EMAIL,PHONE,ADDRESS")
        try:
            same = code == 0 and is_rewritten(xml_events(data), xml_events(out))
        except expat.ExpatError:
            same = False
        cases.check(same, f"document with seed {seed} reads otherwise: {code}")


def samples(cases, piiglet, directory):
    for path in sorted(directory.glob("*ml")):
        known = {".xml": xml_events, ".html": html_events}.get(path.suffix)
        if not known or path.name.startswith("names."):
            continue
        for text in PLANTED.values():
            data = path.read_bytes().replace(b"@@", text.encode())
            code, out, _ = run(piiglet, data, "--format", path.suffix[1:])
            same = code == 0 and is_rewritten(known(data), known(out))
            cases.check(same, f"{path.name} reads otherwise with {text}")


# ---- Files of others ----

FIELD = re.compile(r">([^<>]*[^<>\s][^<>]*)<|=\"([^\"<]*)\"")


def variants(text):
    """The file with something planted at either end of each field, and what must come of it."""
    for field in FIELD.finditer(text):
        begin, end = field.span(1 if field[1] is not None else 2)
        for replacement, value in PLANTED.items():
            for writing in xml_writings(value):
                for before, after in (("", " | "), (" | ", "")):
                    at = begin if after else end
                    yield (text[:at] + before + writing + after + text[at:],
                           text[:at] + before + replacement + after + text[at:])


def corpora(cases, piiglet, directory):
    for path in sorted(directory.rglob("*.xml")):
        data = path.read_bytes()
        cases.check(run(piiglet, data, "--format", "xml") == (0, data, b""), f"{path.name}: not as it was")
        with tempfile.TemporaryDirectory() as folder:
            expected = {}
            for number, (planted, scrubbed) in enumerate(variants(data.decode())):
                name = Path(folder) / f"{number}.xml"
                name.write_bytes(planted.encode())
                expected[name] = scrubbed.encode()
            done = subprocess.run([piiglet, "--format", "xml", "--in-place", *map(str, expected)], check=False)
            wrong = [name for name, scrubbed in expected.items() if name.read_bytes() != scrubbed]
            if wrong and os.environ.get("MARKUP_SHOW"):
                print(path.name, wrong[0].read_bytes()[:3000].decode(), expected[wrong[0]][:3000].decode(), sep="\n")
        cases.check(done.returncode == 0 and not wrong, f"{path.name}: {len(wrong)} of {len(expected)} plantings")


def main():
    piiglet, directory = sys.argv[1], Path(sys.argv[2])
    cases = Cases()
    lists(cases, piiglet)
    limits(cases, piiglet)
    generated(cases, piiglet, 300)
    samples(cases, piiglet, directory)
    if os.environ.get("PIIGLET_CORPORA"):
        corpora(cases, piiglet, Path(os.environ["PIIGLET_CORPORA"]))
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
