#!/usr/bin/env python3
"""Makes the site out of the documents: each page is made of the file that is read in the checkout, too.

Usage: build_site.py ENGINE FOLDER    ENGINE: engine.wasm of build_engine.py; FOLDER gets the pages

README.md and docs/*.md become pages of their own, the public headers become the page of the interface, manual pages
what mandoc makes of them, some tables a chart beside them. The page to try it comes from docs/site/templates."""
import html
import re
import shutil
import subprocess
import sys
from pathlib import Path

import markdown

import charts

SITE = Path(__file__).resolve().parent
ROOT = SITE.parent.parent
POLICY = ("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
          "connect-src 'self'; base-uri 'none'; form-action 'none'")

# What the navigation shows, in order; the other documents follow by name.
NAMES = {"README": "Guide", "play": "Try it", "RULES": "Rules", "POLICIES": "Policies", "interface": "C interface",
         "BINDINGS": "Languages", "GUARANTEES": "Guarantees", "ACCURACY": "Accuracy", "PERFORMANCE": "Speed"}
MANUALS = ["piiglet.1", "piiglet-rules.5", "libpiiglet.3"]
HEADERS = ["piiglet.h", "piiglet_scan.h", "piiglet_policy.h", "piiglet_compile.h", "piiglet_format.h", "piiglet_known.h",
           "piiglet_message.h", "piiglet_types.h"]


def page_name(stem):
    return {"README": "index.html"}.get(stem, f"{stem.lower()}.html")


def documents():
    """stem: path, of all Markdown that becomes a page."""
    return {"README": ROOT / "README.md", **{path.stem: path for path in sorted((ROOT / "docs").glob("*.md"))}}


class Site:
    """A folder of pages with one navigation."""

    def __init__(self, folder):
        self.folder = folder
        self.template = (SITE / "templates/page.html").read_text()
        self.version = re.search(r"version: '([^']+)'", (ROOT / "meson.build").read_text()).group(1)
        self.sources = documents()
        self.titles = {stem: NAMES[stem] for stem in NAMES if stem in self.sources or stem in ("play", "interface")}
        self.titles |= {stem: re.search(r"^# (.*)$", path.read_text(), re.M).group(1)
                        for stem, path in self.sources.items() if stem not in self.titles}
        self.titles["manual"] = "Manual pages"

    def navigation(self, current):
        """The pages that most readers look for, and the others folded away."""
        lines = {stem: f'<li><a href="{page_name(stem)}"{" aria-current=page" if stem == current else ""}>{title}</a></li>'
                 for stem, title in self.titles.items()}
        first = [lines[stem] for stem in lines if stem in NAMES]
        more = [lines[stem] for stem in lines if stem not in NAMES]
        unfolded = " open" if current not in NAMES else ""
        return "\n".join([*first, f"<li><details{unfolded}><summary>More</summary><ul>", *more, "</ul></details></li>"])

    def write(self, stem, content, head=""):
        page = self.template
        for name, value in (("policy", POLICY), ("title", html.escape(self.titles[stem])), ("head", head),
                            ("navigation", self.navigation(stem)), ("version", self.version), ("content", content)):
            page = page.replace(f"{{{name}}}", value)
        (self.folder / page_name(stem)).write_text(page)

    def link(self, source, match):
        """A link of a document: to its page, or, where there is none, only its words."""
        attributes, target, words = match.groups()
        if re.match(r"https?:|mailto:|#", target):
            return match.group(0)
        path, _, place = target.partition("#")
        found = (source.parent / path).resolve()
        for stem, document in self.sources.items():
            if found == document:
                return f'<a{attributes}href="{page_name(stem)}{"#" + place if place else ""}">{words}</a>'
        if found.parent == ROOT / "docs" and found.suffix in (".1", ".3", ".5"):
            return f'<a{attributes}href="manual.html">{words}</a>'
        return f'<a{attributes}href="interface.html">{words}</a>' if "engine/include" in target else words

    def write_document(self, stem, source):
        text = re.sub(r"^<!-- .*? -->\n", "", source.read_text(), flags=re.M)
        content = markdown.markdown(text, extensions=["tables", "fenced_code", "toc", "sane_lists"])
        content = re.sub(r'<a( [^>]*?)?\s*href="([^"]*)"[^>]*>(.*?)</a>',
                         lambda match: self.link(source, Link(match)), content, flags=re.S)
        for picture in re.findall(r'<img [^>]*src="([^"]+)"', content):
            shutil.copy(source.parent / picture, self.folder)
        # Cells of markdown are aligned by style attributes, which the policy of the page does not let through.
        content = re.sub(r' style="text-align: \w+;"', "", content)
        content = charts.add(content, stem)
        content = re.sub(r"(<table>.*?</table>)", r'<div class="table" tabindex="0">\1</div>', content, flags=re.S)
        self.write(stem, content)


class Link:
    """A match whose first group may be missing."""

    def __init__(self, match):
        self.match = match

    def groups(self):
        attributes, target, words = self.match.groups()
        return (attributes or "") + " ", target, words

    def group(self, index):
        return self.match.group(index)


def prose(comment):
    """Paragraphs of a comment of C."""
    lines = [re.sub(r"^ ?\* ?", "", line) for line in comment.strip("/* \n").split("\n")]
    paragraphs = re.split(r"\n\s*\n", "\n".join(lines).strip("-\n "))
    return "".join(f"<pre>{html.escape(text)}</pre>" if re.search(r"^  ", text, re.M) else
                   f"<p>{html.escape(text)}</p>" for text in paragraphs)


def header(path):
    """A header as prose and declarations."""
    text = re.sub(r"#(?:ifndef|define) PIIGLET_\w*H\n|#ifdef __cplusplus\n.*?#endif\n|#endif\n*\Z", "",
                  path.read_text(), flags=re.S)
    parts = [f'<h2 id="{path.stem}">{path.name}</h2>']
    for part in re.split(r"(^/\*.*?\*/$)", text, flags=re.M | re.S):
        title = re.fullmatch(r"/\* -+ (.*?) -+ \*/", part.strip())
        if title:
            parts.append(f"<h3>{html.escape(title.group(1))}</h3>")
        elif part.startswith("/*"):
            parts.append(prose(part))
        elif part.strip():
            parts.append(f"<pre><code>{html.escape(part.strip())}</code></pre>")
    return "\n".join(parts)


def interface():
    content = ["<h1>C interface</h1>", '<p class="lead">The public headers, which are the reference.</p>', "<ul>"]
    content += [f'<li><a href="#{Path(name).stem}">{name}</a></li>' for name in HEADERS] + ["</ul>"]
    return "\n".join(content + [header(ROOT / "engine/include" / name) for name in HEADERS])


def manual():
    """Manual pages; mandoc's own styles stay out."""
    content = ["<h1>Manual pages</h1>"]
    for name in MANUALS:
        made = subprocess.run(["mandoc", "-T", "html", "-O", "fragment", str(ROOT / "docs" / name)], check=True,
                              capture_output=True, text=True).stdout
        made = re.sub(r' style="[^"]*"', "", made)
        prefix = name.replace(".", "-")
        made = re.sub(r'(id="|href="#)', rf"\g<1>{prefix}-", made)
        content.append(re.sub(r"<(/?)h1", r"<\1h2", made))
    return "\n".join(content)


def rule_example():
    """The example of docs/RULES.md."""
    return re.search(r"^```yaml\n(piiglet: 1\n.*?)^```", (ROOT / "docs/RULES.md").read_text(), re.M | re.S).group(1)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    engine, folder = Path(sys.argv[1]), Path(sys.argv[2])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    site = Site(folder)
    for stem, source in site.sources.items():
        site.write_document(stem, source)
    site.write("interface", interface())
    site.write("manual", manual())
    site.write("play", (SITE / "templates/play.html").read_text().replace("{rule_example}", html.escape(rule_example())),
               '<script type="module" src="play.js"></script>')
    for asset in sorted((SITE / "assets").iterdir()):
        shutil.copy(asset, folder)
    shutil.copy(engine, folder / "engine.wasm")


if __name__ == "__main__":
    main()
