#!/usr/bin/env python3
"""Vectors for the bindings: inputs made of texts.py, with what the library itself answers to them.

Usage: make.py ANSWER FILE      ANSWER is the program made of answer.c; FILE gets

    {"vectors": [{"name", "format", "options", "text" or "base64": the input, "expect"}, ...]}

where "expect" has the status (of pii_status), "format", "fault" and "offset" of a fault or error, "findings" as
[entity, rule, begin, end, confidence, replacement size, action, path, block] with places in bytes, and, if the status is 0, "output" in
base64. They are made anew for each run of the tests, and so are never out of date; every binding must answer the same."""
import base64
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import texts

ENTITIES_AT_LEAST, VECTORS_AT_LEAST = 14, 200


def cases():
    """(name, format, options, input as str or bytes)"""
    for number, sentence in enumerate(texts.SENTENCES):
        for kind, (before, after) in enumerate(texts.SURROUNDINGS[:3] if number % 2 else texts.SURROUNDINGS[3:]):
            yield f"text {number}.{kind}", "text", {}, before + sentence + after
    for number, raw in enumerate(texts.RAW):
        yield f"bytes {number}", "text", {}, raw
    yield from documents()
    for number, (form, data) in enumerate(texts.BROKEN):
        yield f"broken {number}", form, {}, data
        if form != "auto":
            yield f"broken {number}, read as text", form, {"invalid": "text"}, data
    whole = "\n".join([*texts.SENTENCES, texts.KNOWN])
    for number, options in enumerate(texts.OPTIONS):
        yield f"options {number}", "text", options, whole
        yield f"options {number}, json", "json", options, json.dumps({"all": texts.SENTENCES, "é": whole})


def documents():
    """Each format with some of the sentences."""
    for number, sentence in enumerate(texts.SENTENCES):
        before, after = texts.SURROUNDINGS[number % 4]
        words = before + sentence + after
        value = {texts.JSON_VALUES[number % 3]: words, "list": [number, sentence], "n": 10500}
        plain = sentence.replace("'", "").replace('"', "").replace("&", "").replace("<", "")
        yield f"json {number}", "json", {}, json.dumps(value, ensure_ascii=number % 2 == 0)
        yield f"auto {number}", "auto", {}, json.dumps(value, indent=2)
        board = {"source": {"nodes": [{"id": f"node-{number}", "data": {"label": words}}, {"data": {"text": sentence}}]}}
        yield f"blocks {number}", "auto", {}, json.dumps(board)
        if number % 3 == 0:
            yield f"jsonl {number}", "jsonl", {}, json.dumps(value) + "\n" + json.dumps({"b": plain}) + "\n"
            yield f"html {number}", "html", {}, texts.HTML.format(plain, plain, plain)
        elif number % 3 == 1:
            yield f"xml {number}", "xml", {}, texts.XML.format(plain.replace("--", ""), plain)
            yield f"csv {number}", "csv", {}, texts.CSV.format(plain, plain)
        else:
            yield f"javascript {number}", "javascript", {}, texts.JAVASCRIPT.format(plain, plain)
            yield f"python {number}", "python", {}, texts.PYTHON.format(plain, plain)
            yield f"base64 {number}", "base64", {}, base64.b64encode(words.encode()).decode()


def settings(options):
    """Options as lines of answer.c; the same in each binding."""
    if "name" in options:
        yield "policy", options["name"]
    if "minimum_confidence" in options:
        yield "confidence", str(options["minimum_confidence"])
    if "only" in options:
        yield "set all", "off"
    for setting, entities in (("on", [*options.get("only", ()), *options.get("on", ())]), ("off", options.get("off", ()))):
        yield from ((f"set {setting}", entity) for entity in entities)
    yield from ((f"set {name}", options[name]) for name in ("limit", "invalid", "subject") if name in options)
    yield from ((f"set key:{key}", secret) for key, secret in options.get("keys", {}).items())
    if "today" in options:
        yield "set today", str((date.fromisoformat(options["today"]) - date(1970, 1, 1)).days)
    yield from (("known", f"{entity}\t{value}") for entity, value in options.get("known", ()))


def asked(form, options, data):
    """One vector as answer.c reads it."""
    lines = [f"{line} {word}\n" for line, word in settings(options)]
    lines.append(f"run {form} {len(data)}\n")
    return "".join(lines).encode() + data + b"\n"


def expectation(lines):
    """What answer.c says of one vector."""
    expect = {"fault": None, "findings": []}
    for line in lines:
        word, _, rest = line.partition(" ")
        if word == "status":
            status, expect["format"], offset = rest.split()
            expect["status"], expect["offset"] = int(status), int(offset)
        elif word == "fault":
            expect["fault"] = rest
        elif word == "output":
            expect["output"] = base64.b64encode(bytes.fromhex(rest)).decode()
        elif word == "finding":
            entity, rule, begin, end, confidence, size, action, path, block = rest.split(" ")
            expect["findings"].append([entity, rule, int(begin), int(end), float(confidence), int(size), action,
                                       bytes.fromhex(path).decode(), bytes.fromhex(block).decode()])
        elif word == "end":
            return expect
    sys.exit("answer said too little")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    vectors, questions = [], []
    for name, form, options, given in cases():
        data = given if isinstance(given, bytes) else given.encode()
        questions.append(asked(form, options, data))
        entry = {"text": given} if isinstance(given, str) else {"base64": base64.b64encode(data).decode()}
        vectors.append({"name": name, "format": form, "options": options, **entry})
    said = iter(subprocess.run([sys.argv[1]], input=b"".join(questions), check=True,
                               capture_output=True).stdout.decode().splitlines())
    for vector in vectors:
        vector["expect"] = expectation(said)
    entities = {finding[0] for vector in vectors for finding in vector["expect"]["findings"]}
    refused = sum(vector["expect"]["status"] != 0 for vector in vectors)
    if len(vectors) < VECTORS_AT_LEAST or len(entities) < ENTITIES_AT_LEAST or not refused:
        sys.exit(f"too little to compare: {len(vectors)} vectors, {len(entities)} entities, {refused} refused")
    Path(sys.argv[2]).parent.mkdir(parents=True, exist_ok=True)
    Path(sys.argv[2]).write_text(json.dumps({"vectors": vectors}, indent=1))
    print(f"{len(vectors)} vectors, {len(entities)} entities, {refused} refused")


if __name__ == "__main__":
    main()
