#!/usr/bin/env python3
"""The layer law of docs/DESIGN.md: which layer may include which, and which file may include a
dependency's header. Wrong samples at the end prove that the check can fail."""
import re
import sys

from cases import Cases
from sources import ROOT, engine_files, relative

MAY_INCLUDE = {
    "base": set(),
    "unicode": {"base"},
    "validate": {"base"},
    "format": {"base"},
    "match": {"base", "unicode"},
    "redact": {"base", "unicode", "validate", "match"},
    "known": {"base", "unicode", "match", "validate"},
    "pipeline": {"base", "unicode", "validate", "format", "match", "redact", "known"},
    "compile": {"base", "unicode", "match", "validate", "redact"},
    "cli": set(),
    "include": set(),
}

# Headers of dependencies: where they may be included, as path prefixes.
DEPENDENCIES = {
    r"pcre2\.h": ("engine/match/pattern_pcre2.c",),
    r"uni[a-z]+\.h": ("engine/unicode/",),
    r"yaml\.h": ("engine/compile/",),
    r"sodium\w*\.h": ("engine/redact/",),
    r"jansson\.h": ("engine/cli/",),
    r"seccomp\.h": ("engine/cli/",),
}
NOT_UNISTRING = {"unistd.h"}
PUBLIC_ONLY = ("bench", "bindings", "examples", "tests/golden", "tests/split", "tests/property", "tests/support")

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)


def includes(text):
    """(quote, name) of each #include."""
    return INCLUDE.findall(text)


def dependency_breaks(path, name):
    """Why `path` must not include the system header `name`, or None."""
    if name in NOT_UNISTRING:
        return None
    for pattern, places in DEPENDENCIES.items():
        if re.fullmatch(pattern, name):
            if path.endswith(".h") and not path.startswith("engine/cli/"):
                return f"{name} in a header"
            if not path.startswith(places):
                return f"{name} belongs to {' '.join(places)}"
    return None


def breaks(path, text, layer_of):
    """All breaches of the law in one file; `layer_of` maps a header's name to its layer."""
    layer = path.split("/")[1]
    found = []
    for quote, name in includes(text):
        if quote == "<":
            why = dependency_breaks(path, name)
        elif "/" in name:
            why = f'"{name}": bare file names only'
        else:
            target = layer_of.get(name)
            allowed = target is None or target in ("include", layer) or target in MAY_INCLUDE[layer]
            why = None if allowed else f'{layer} must not include "{name}" of {target}'
        if why:
            found.append(why)
    return found


def public_breaks(text, layer_of):
    """Breaches of a program that may see the public headers only."""
    return [f'"{name}" of {layer_of[name]}' for quote, name in includes(text)
            if quote == '"' and layer_of.get(name, "include") != "include"]


SAMPLES = [
    ("engine/base/x.c", '#include "pattern.h"\n', False),
    ("engine/base/x.c", '#include "piiglet_types.h"\n#include <string.h>\n', True),
    ("engine/validate/x.c", '  #  include "rule.h"\n', False),
    ("engine/cli/x.c", '#include "memory.h"\n', False),
    ("engine/cli/x.c", '#include "piiglet.h"\n#include <jansson.h>\n#include <unistd.h>\n', True),
    ("engine/pipeline/x.c", "#include <pcre2.h>\n", False),
    ("engine/match/pattern_pcre2.c", "#include <pcre2.h>\n", True),
    ("engine/match/x.h", "#include <pcre2.h>\n", False),
    ("engine/match/x.c", "#include <unictype.h>\n", False),
    ("engine/unicode/x.c", "#include <unictype.h>\n", True),
    ("engine/pipeline/x.c", '#include "../base/memory.h"\n', False),
    ("engine/pipeline/x.c", "#include <sodium.h>\n", False),
    ("engine/redact/x.c", "#include <sodium.h>\n", True),
]


def main():
    cases = Cases()
    headers = {}
    for path in engine_files(".h"):
        cases.check(path.name not in headers, f"{relative(path)}: there is another {path.name}")
        headers[path.name] = path.relative_to(ROOT).parts[1]

    for path in engine_files(".c", ".h", ".inc"):
        found = breaks(relative(path), path.read_text(), headers)
        cases.check(not found, f"{relative(path)}: {'; '.join(found)}")
    for folder in PUBLIC_ONLY:
        for path in sorted((ROOT / folder).rglob("*.[ch]")):
            found = public_breaks(path.read_text(), headers)
            cases.check(not found, f"{relative(path)}: {'; '.join(found)}")

    known = {"pattern.h": "match", "rule.h": "match", "memory.h": "base", "piiglet_types.h": "include",
             "piiglet.h": "include"}
    for path, text, lawful in SAMPLES:
        cases.check((not breaks(path, text, known)) == lawful, f"sample {path}: {text!r}")
    cases.check(public_breaks('#include "memory.h"\n', known), "sample of a program")
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
