#!/usr/bin/env python3
"""The page of piiglet report: it holds no value, takes nothing of a text or a name for markup, loads nothing,
is bounded, and is the same for any number of threads.

Argument: the command."""
import base64
import hashlib
import re
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests" / "meta"))
from cases import Cases  # noqa: E402

VALUES = ["kid@example.org", "415-555-0134", "742 Evergreen Terrace", "4111 1111 1111 1111", "dragonfire9"]
HOSTILE = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script> &amp; {{lines}} ]]> \u202e \x1b[31m \x00 "
TEXT = (f"{HOSTILE}mail {VALUES[0]} now\nor call {VALUES[1]},\r\nhome is {VALUES[2]}, Springfield, IL 62704\n"
        f"card {VALUES[3]}\n\n\nmy password is {VALUES[4]}\n")
VOID = {"meta", "input", "rect", "br", "link"}


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.faults, self.ids, self.texts = [], [], [], set(), {}
        self.feed(text)
        self.close()
        self.faults += [f"{tag} is open" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if "id" in attributes:
            if attributes["id"] in self.ids:
                self.faults.append(f"id {attributes['id']} twice")
            self.ids.add(attributes["id"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> ends something else")

    def handle_data(self, data):
        key = self.open[-1] if self.open else ""
        self.texts[key] = self.texts.get(key, "") + data


def report(command, folder, *arguments):
    """(exit code, page)."""
    done = subprocess.run([command, "report", *arguments], cwd=folder, capture_output=True, check=False,
                          stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout.decode("utf-8", "strict")


def digest(text):
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def check_markup(cases, page, what):
    """Whole, closed to the outside, and without anything that a text or a name could have brought in."""
    parsed = Page(page)
    cases.check(not parsed.faults, f"{what}: {parsed.faults[:3]}")
    policy = [tag["content"] for name, tag in parsed.tags if tag.get("http-equiv") == "Content-Security-Policy"]
    wanted = (f"default-src 'none'; style-src {digest(parsed.texts['style'])}; "
              f"script-src {digest(parsed.texts['script'])}; base-uri 'none'; form-action 'none'")
    cases.check(policy == [wanted], f"{what}: policy {policy}")
    names = [name for name, _ in parsed.tags]
    cases.check(names.count("script") == 1 and "img" not in names, f"{what}: scripts and pictures")
    reaching = [(name, key, value) for name, tag in parsed.tags for key, value in tag.items()
                if key.startswith("on") or key in ("src", "style", "action", "srcdoc")
                or (key == "href" and not re.fullmatch(r"#[a-z0-9-]+", value))]
    cases.check(not reaching, f"{what}: {reaching[:3]}")
    targets = [tag["href"][1:] for _, tag in parsed.tags if "href" in tag]
    targets += [tag["aria-describedby"] for name, tag in parsed.tags if name == "mark"]
    cases.check(all(target in parsed.ids for target in targets), f"{what}: links that lead nowhere")
    cases.check(not re.search("[\u202e\x00\x1b\r]", page), f"{what}: characters that change what is seen")
    return parsed


def check_values(cases, command, folder, names):
    """Values show with --show-values only, in texts and in names."""
    code, page = report(command, folder, *names)
    cases.check(code == 0, f"exit code {code}")
    for value in VALUES:
        cases.check(value not in page, f"the page holds {value}")
    cases.check("[EMAIL]" in page and "alert(2)" in page, "the page holds no text")
    parsed = check_markup(cases, page, "masked")
    cases.check(sum(name == "mark" for name, _ in parsed.tags) == 5 * len(names), "a mark for each finding")
    lines = re.findall(r'<span class="number">(\d+)</span>', page)
    cases.check(lines == [str(line) for line in range(1, 8)] * len(names), f"lines {lines}")
    _, shown = report(command, folder, "--show-values", *names)
    check_markup(cases, shown, "with values")
    for value in VALUES:
        cases.check(value in shown, f"--show-values hides {value}")
    _, threads = report(command, folder, "--threads", "4", *names)
    cases.check(threads == page, "another page on several threads")
    _, arabic = report(command, folder, "--messages", "ar-EG", *names)
    cases.check('lang="ar" dir="auto"' in arabic and "\u0631\u0642\u0645 \u0647\u0627\u062a\u0641" in arabic, "Arabic")


def check_surroundings(cases, command, folder):
    """Of a large file only what stands around findings, with its lines; nothing twice, nothing cut in a character."""
    words = "the \u00fc dragon \u4e2d sleeps \U0001f600 below "
    rows = [f"line {number} {words}" for number in range(1, 3001)]
    rows[1499] += "write to kid@example.org " + words * 40 + "or kid@example.org"
    rows[1501] += "and 415-555-0134"
    Path(folder, "large.txt").write_text("\n".join(rows) + "\n")
    _, page = report(command, folder, "large.txt")
    check_markup(cases, page, "large")
    shown = re.findall(r'<span class="number">(\d+)</span><span class="code">([^<]*)', page)
    cases.check([int(number) for number, _ in shown] == [1498, 1499, 1500, 1500, 1501, 1502, 1503, 1504],
                f"lines {[number for number, _ in shown]}")
    cases.check(all(text.startswith((f"line {number} ", "\u2026")) for number, text in shown), f"texts {shown}")
    cases.check(page.count("\ufffd") == 0 and "\\x" not in page, "a character was cut")
    cases.check(page.count('class="gap"') == 2, "gaps")

    Path(folder, "many.txt").write_text("kid@example.org is a line\n" * 20000)
    _, page = report(command, folder, "many.txt", "many.txt", "large.txt")
    cases.check(len(page) < 3 << 20, f"{len(page)} characters")
    cases.check("40003 private details in 3 of 3 files" in page, "all are counted")
    cases.check(page.count("more are counted, and not shown") == 2, "what is not shown")
    check_markup(cases, page, "bounded")


def check_faults(cases, command, folder):
    """A page of what could be read; the exit code and a note tell of the rest."""
    Path(folder, "clean.txt").write_text("nothing here\n")
    Path(folder, "broken.json").write_text('{"say": "kid@example.org"} {')
    code, page = report(command, folder, "--format", "auto", "clean.txt", "missing.txt")
    cases.check(code == 5 and "Nothing private found" in page, f"exit code {code}")
    check_markup(cases, page, "nothing found")
    code, page = report(command, folder, "--format", "json", "broken.json", "broken.json")
    cases.check(code == 3 and "2 files could not be read" in page, f"exit code {code}")
    Path(folder, "harmless.json").write_text('{"say": "the wind"} {')
    code, page = report(command, folder, "--format", "json", "harmless.json")
    cases.check(code == 3 and "Nothing private found in what could be read" in page, "the headline is of a part")
    cases.check("kid@example.org" not in page, "a value of a file with a fault")
    check_markup(cases, page, "faults")
    done = subprocess.run([command, "report", "-o", "page.html", "clean.txt"], cwd=folder, check=False)
    cases.check(done.returncode == 0 and Path(folder, "page.html").read_text().endswith("</html>\n"), "-o")
    before = Path(folder, "clean.txt").read_text()
    done = subprocess.run([command, "report", "-o", "clean.txt", "clean.txt"], cwd=folder, check=False,
                          capture_output=True)
    cases.check(done.returncode == 5 and Path(folder, "clean.txt").read_text() == before, "-o over an input")


def check_trees(cases, command, folder):
    """-r: the same page for any number of threads, its own file left out, and bounded."""
    tree = Path(folder, "tree")
    for number in range(48):
        Path(tree, f"{number % 5}").mkdir(parents=True, exist_ok=True)
        Path(tree, f"{number % 5}", f"{number}.txt").write_text("kid@example.org says so\n" * 1200)
    pages = []
    for threads in ("1", "4"):
        done = subprocess.run([command, "report", "-r", "--threads", threads, "-o", "tree/page.html", "tree"], cwd=folder,
                              check=False, capture_output=True)
        cases.check(done.returncode == 0, f"-r: {done.stderr}")
        pages.append(Path(tree, "page.html").read_text())
    cases.check(pages[0] == pages[1], "-r: another page on several threads, or its own file is in it")
    cases.check("57600 private details in 48 of 48 files" in pages[0], "-r: all are counted")
    cases.check(12 << 20 < len(pages[0]) < 18 << 20, f"-r: {len(pages[0])} characters")
    left = re.search(r"(\d+) files with findings are counted, and not shown", pages[0])
    shown = pages[0].count('<section class="document')
    cases.check(left and int(left[1]) + shown == 48, f"-r: {shown} are shown")
    ids = re.findall(r' id="([^"]*)"', pages[0])
    cases.check(len(ids) == len(set(ids)) and pages[0].endswith("</html>\n"), "-r: an id is there twice")


def main():
    command = Path(sys.argv[1]).resolve()
    cases = Cases()
    with tempfile.TemporaryDirectory() as folder:
        names = ["plain.txt", "<script>alert(1)<\u2215script>\"'.txt", "to kid@example.org.txt", "new\nline.txt",
                 "broken\udcff.txt"]
        for name in names:
            Path(folder, name).write_text(TEXT, newline="")
        check_values(cases, command, folder, names)
        check_surroundings(cases, command, folder)
        check_faults(cases, command, folder)
        check_trees(cases, command, folder)
    for sample in ("<p><mark></p>", "<p>", '<p id="a"></p><p id="a"></p>'):
        cases.check(Page(sample).faults, f"sample {sample}")
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
