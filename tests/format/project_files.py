#!/usr/bin/env python3
"""project_files.py - what embed_projects.py refuses, and what it says of it.

Each case changes a right file in one place. The last line is "N passed, M failed"."""
import pathlib
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests" / "meta"))
from cases import Cases  # noqa: E402

RIGHT = {
    "piiglet": 1, "project": "story-board", "description": "Pages.", "format": "json", "recognise": ["/pages"],
    "blocks": [{"path": "/pages/*", "id": "id"}, {"path": "/**/part", "id": "a~1b"}],
    "fields": [{"path": "/pages/*/program", "holds": "javascript"}],
}
WRONG = [
    ({"project": "json"}, "not that of a format"),
    ({"format": "yaml"}, "unknown format"),
    ({"more": 1}, "has to have exactly"),
    ({"fields": [{"path": "/a", "holds": "texts"}]}, "unknown; one of"),
    ({"fields": [{"path": "/a"}]}, "a field has a path"),
    ({"fields": [{"path": "a", "holds": "text"}]}, "a path begins with /"),
    ({"blocks": [{"path": "/pages/*"}]}, "a block has a path, and an id"),
    ({"blocks": [{"path": "/pages/*", "id": "id", "more": 1}]}, "a block has a path, and an id"),
    ({"blocks": 7}, "a block has a path, and an id"),
    ({"blocks": ["/pages/*"]}, "a block has a path, and an id"),
    ({"blocks": [{"path": "", "id": "id"}]}, "has a last step"),
    ({"blocks": [{"path": "/pages/**", "id": "id"}]}, "has a last step"),
    ({"blocks": [{"path": "pages", "id": "id"}]}, "a path begins with /"),
    ({"blocks": [{"path": "/pages/*", "id": "a/b"}]}, "under one name"),
    ({"blocks": [{"path": "/pages/*", "id": "*"}]}, "under one name"),
    ({"blocks": [{"path": "/pages/*", "id": 7}]}, "under one name"),
    ({"blocks": [{"path": "/a", "id": "id"}, {"path": "/a", "id": "id"}]}, "named twice"),
]


def run(folder, project):
    file = folder / "project.yaml"
    file.write_text(yaml.safe_dump(project), encoding="utf-8")
    script = ROOT / "engine" / "format" / "embed_projects.py"
    return subprocess.run([sys.executable, script, folder / "projects.c", file], capture_output=True, text=True,
                          check=False)


def main():
    cases = Cases()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        right = run(folder, RIGHT)
        made = (folder / "projects.c").read_text() if right.returncode == 0 else ""
        cases.check(made.count("PII__HOLDS_BLOCK") > 1 and '"a/b"' in made, f"a right file: {right.stderr}")
        for change, text in WRONG:
            done = run(folder, {**RIGHT, **change})
            good = done.returncode != 0 and text in done.stderr and "Traceback" not in done.stderr
            cases.check(good, f"{change}: {done.stderr}")
        without = run(folder, {key: value for key, value in RIGHT.items() if key != "blocks"})
        cases.check(without.returncode == 0, f"a file without blocks: {without.stderr}")
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
