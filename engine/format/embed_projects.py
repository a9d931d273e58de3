#!/usr/bin/env python3
"""Turns the project files into C: embed_projects.py OUTPUT FILE.yaml...

The patterns of a project become one deterministic machine over the steps of a path, by the subset
construction. docs/PROJECTS.md describes the files."""
import pathlib
import re
import sys

import yaml

KEPT = {"id", "asset", "number", "type"}
FORMATS = {"json": "JSON", "jsonl": "JSON_LINES", "xml": "XML", "javascript": "JAVASCRIPT", "typescript": "TYPESCRIPT",
           "python": "PYTHON", "csv": "CSV", "tsv": "TSV", "html": "HTML", "query": "QUERY", "cookies": "COOKIES",
           "base64": "BASE64",
           "log": "LOG"}
KEYS = {"piiglet", "project", "description", "format", "recognise", "fields"}
KEYS_OR_NOT = {"blocks"}


class Wrong(Exception):
    """A project file that says what cannot be."""


def steps_of(path):
    """The steps of a pattern; None stands for any one step, ... for any number of them."""
    if not path:
        return []
    if not path.startswith("/"):
        raise Wrong(f"{path}: a path begins with /, or is that of the document, which is empty")
    wild = {"*": None, "**": ...}
    steps = path[1:].split("/")
    return [wild[step] if step in wild else step.replace("~1", "/").replace("~0", "~") for step in steps]


def closure(places, patterns):
    """The same places, and those that lie behind steps which may be none."""
    done, todo = set(), list(places)
    while todo:
        place = todo.pop()
        if place in done:
            continue
        done.add(place)
        pattern, at = place
        if at < len(patterns[pattern]) and patterns[pattern][at] is ...:
            todo.append((pattern, at + 1))
    return frozenset(done)


def after(places, name, patterns):
    """Where a step leads; `name` None: one that no pattern names."""
    found = set()
    for pattern, at in places:
        if at == len(patterns[pattern]):
            continue
        step = patterns[pattern][at]
        if step is ...:
            found.add((pattern, at))
        elif step is None or step == name:
            found.add((pattern, at + 1))
    return closure(found, patterns)


def machine(patterns):
    """States, the first one that of the empty path: (places, {name: state}, other)."""
    names = sorted({step for steps in patterns for step in steps if isinstance(step, str)})
    first = closure({(number, 0) for number in range(len(patterns))}, patterns)
    numbers, states = {first: 0}, [first]
    rows = []
    for places in states:
        row = {}
        for name in [*names, None]:
            to = after(places, name, patterns)
            if to not in numbers:
                numbers[to] = len(states)
                states.append(to)
            row[name] = numbers[to]
        other = row.pop(None)
        rows.append(({name: to for name, to in row.items() if to != other}, other))
    return [(places, *row) for places, row in zip(states, rows)]


def ended(places, patterns):
    """The patterns that end here, in the order in which they stand in the file."""
    return sorted(pattern for pattern, at in places if at == len(patterns[pattern]))


def ids_of(blocks):
    """The fields that hold the ids of blocks."""
    fields = []
    for block in blocks if isinstance(blocks, list) else [blocks]:
        if not isinstance(block, dict) or set(block) != {"path", "id"}:
            raise Wrong("a block has a path, and an id: the name of the member or attribute that holds it")
        path, name = block["path"], block["id"]
        if not steps_of(path) or steps_of(path)[-1] is ...:
            raise Wrong(f"{path}: the path of a block has a last step, which is not **")
        if not isinstance(name, str) or not name or "/" in name or name in ("*", "**", ">"):
            raise Wrong(f"{name}: the id of a block stands under one name")
        fields.append({"path": f"{path}/{name}", "block": name})
    paths = [field["path"] for field in fields]
    if len(set(paths)) < len(paths):
        raise Wrong("the id of a block is named twice")
    return fields


def holds_of(field):
    if "block" in field:
        return "PII__HOLDS_BLOCK, NULL"
    if "entity" in field:
        if not re.fullmatch("[A-Z][A-Z0-9_]*", field["entity"]):
            raise Wrong(f"{field['entity']}: no name of an entity")
        return "PII__HOLDS_ENTITY, " + literal(field["entity"])
    return kind_of(field["holds"]) + ", NULL"


def kind_of(what):
    if what == "text":
        return "PII__HOLDS_TEXT"
    if what == "program":
        return "PII__HOLDS_PROGRAM"
    if what in KEPT:
        return "PII__HOLDS_KEPT"
    if what in FORMATS:
        return "PII_FORMAT_" + FORMATS[what]
    raise Wrong(f"{what}: unknown; one of text, {', '.join(sorted(KEPT) + sorted(FORMATS))}")


def literal(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def firsts_of(names):
    """The bits of pii__project_first of all of them."""
    texts = [name.encode() for name in names]
    return sum({1 << ((text[0] + 8 * len(text)) % 64 if text else 0) for text in texts})


def write_machine(name, patterns, tell):
    """C of the states; `tell` makes the rest of a state of the patterns that end there."""
    lines, states = [], []
    for number, (places, edges, other) in enumerate(machine(patterns)):
        if edges:
            lines.append(f"static const pii__project_edge {name}_edges_{number}[] = {{")
            lines += [f"    {{{literal(to)}, {len(to.encode())}, {state}}}," for to, state in edges.items()]
            lines.append("};")
        where = f"{name}_edges_{number}" if edges else "NULL"
        said = tell(ended(places, patterns))
        states.append(f"    {{{where}, {firsts_of(edges):#x}, {len(edges)}, {other}, {said}, false}},")
    return [*lines, f"static const pii__project_state {name}_states[] = {{", *states, "};", ""]


def read(path):
    project = yaml.safe_load(path.read_text(encoding="utf-8"))
    if set(project) - KEYS_OR_NOT != KEYS or project["piiglet"] != 1:
        raise Wrong("has to have exactly " + ", ".join(sorted(KEYS)) + ", and may have " +
                    ", ".join(sorted(KEYS_OR_NOT)) + "; piiglet: 1")
    if not re.fullmatch("[a-z][a-z0-9-]*", project["project"]) or project["project"] in FORMATS:
        raise Wrong("the name of a project is in small letters, and not that of a format")
    if project["format"] not in FORMATS:
        raise Wrong(f"{project['format']}: unknown format")
    for field in project["fields"]:
        if set(field) not in ({"path", "holds"}, {"path", "entity"}):
            raise Wrong("a field has a path, and what it holds, or the entity that it is")
        holds_of(field)
        steps_of(field["path"])
    project["fields"] = ids_of(project.get("blocks", [])) + project["fields"]
    return project


def write(output, projects):
    lines = ["/* Made by embed_projects.py from rules/projects. */", '#include "project.h"', ""]
    facts, rows = [], []
    for project in projects:
        name = project["project"].replace("-", "_")
        fields = project["fields"]
        patterns = [steps_of(field["path"]) for field in fields]
        lines += write_machine(name, patterns, lambda found, fields=fields:
                               (holds_of(fields[found[0]]) if found else "PII__HOLDS_TEXT, NULL") + ", 0")
        bits = 0
        for path in project["recognise"]:
            if path not in facts:
                facts.append(path)
            bits |= 1 << facts.index(path)
        entities = "true" if any("entity" in field for field in fields) else "false"
        names = firsts_of({steps_of(field["path"])[-1] for field in fields if "block" in field})
        rows.append(f"    {{{literal(project['project'])}, PII_FORMAT_{FORMATS[project['format']]}, {name}_states, "
                    f"UINT64_C({bits:#x}), {entities}, {names:#x}, false}},")
    if len(facts) > 64:
        raise Wrong("more than 64 paths to recognise projects by")
    lines += write_machine("finder", [steps_of(path) for path in facts], lambda found:
                           f"PII__HOLDS_TEXT, NULL, UINT64_C({sum(1 << fact for fact in found):#x})")
    lines += ["const pii__project pii__projects[] = {", *rows, "};",
              "const size_t pii__project_count = sizeof pii__projects / sizeof pii__projects[0];",
              'const pii__project pii__project_finder = {"", PII_FORMAT_TEXT, finder_states, 0, false, 0, false};', ""]
    output.write_text("\n".join(lines), encoding="utf-8")


def main():
    projects = []
    for name in sorted(argument for argument in sys.argv[2:] if argument.endswith(".yaml")):
        try:
            projects.append(read(pathlib.Path(name)))
        except (Wrong, KeyError, TypeError, yaml.YAMLError) as error:
            sys.exit(f"{name}: {error}")
    # Those that are recognised by more come first.
    projects.sort(key=lambda project: -len(project["recognise"]))
    write(pathlib.Path(sys.argv[1]), projects)


if __name__ == "__main__":
    main()
