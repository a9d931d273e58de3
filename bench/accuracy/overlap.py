"""Which of our tests use a text that stands in the labelled texts, too: nothing may be taken over from those.

Well-known test numbers, and values that anybody would make up, turn up here as well; look at each."""
import gzip
import json
import re

MARK = re.compile(r"\{\{(?:[A-Z_]+:)?(.+?)\}\}(?!\})")
LEAST = 7  # characters; shorter ones say nothing


def marked(root):
    """{text of a finding: file} of all tests of rules and of all cases."""
    found = {}
    for path in [*sorted((root / "rules").glob("*.yaml")), *sorted((root / "tests" / "cases").glob("*.txt"))]:
        for text in MARK.findall(path.read_text()):
            if len(text) >= LEAST:
                found.setdefault(text.lower(), path.relative_to(root).as_posix())
    return found


def texts(corpora):
    """All labelled texts, in small letters, one after the other."""
    parts = []
    for path in sorted((corpora / "dev").glob("*.jsonl*")):
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
            parts += [json.loads(line).get("text", "") for line in lines]
    return "\0".join(parts).lower()


def report(root, corpora):
    """Lines "file: text" for people."""
    together = texts(corpora)
    return [f"{path}: {text}" for text, path in sorted(marked(root).items(), key=lambda item: item[::-1])
            if text in together]
