#!/usr/bin/env python3
"""Tests the extension on a server of its own: pg_regress, settings that need files, the vectors, memory.

Usage: run.py BUILD VECTORS      the last line is "N passed, N failed" """
import base64
import json
import os
import re
import shutil
import sys
from pathlib import Path

import yaml
from server import POSTGRES, Failed, Server

TESTS = ("scrub", "tables", "errors")
POLICIES = POSTGRES.parent.parent / "rules" / "policies"
SQLSTATE = {6: "22P02", 7: "54000", 8: "23514"}
LEAK_CALLS = int(os.environ.get("PIIGLET_LEAK_CALLS", "100000"))
GROWTH_MAX = 4 << 20

# Calls pii_scrub and pii_scan; an error becomes its SQLSTATE.
ASK = """
CREATE FUNCTION ask(value text, policy text, format text, by_settings boolean, known text[], OUT output text, OUT state text,
    OUT findings jsonb) LANGUAGE plpgsql AS $$
BEGIN
    output := CASE WHEN by_settings THEN pii_scrub(value) ELSE pii_scrub(value, policy, format, known) END;
    SELECT coalesce(jsonb_agg(jsonb_build_array(f.entity, f.rule, f.begin, f.end, f.confidence) ORDER BY f.begin), '[]')
        INTO findings FROM (SELECT * FROM pii_scan(value, policy, format, known) WHERE NOT by_settings
                            UNION ALL SELECT * FROM pii_scan(value) WHERE by_settings) AS f;
    state := '00000';
EXCEPTION WHEN others THEN
    state := sqlstate;
END $$;
"""


def policy_of(options):
    """A policy as SQL takes it: a name, or what a policy file would say."""
    changes = set(options) - {"name", "keys", "subject", "today", "known"}
    if not changes:
        return options.get("name", "default")
    file = {"piiglet": 1, "policy": "vector", "description": "of a vector"}
    if "name" in options:
        read = yaml.load((POLICIES / f"{options['name']}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
        file = {**read, "piiglet": 1}
    entities = file.setdefault("entities", {})
    if "only" in options:
        file["base"] = "none"
    for entity in (*options.get("only", ()), *options.get("on", ())):
        entities[entity] = "replace"
    for entity in options.get("off", ()):
        entities[entity] = "off"
    if "minimum_confidence" in options:
        file["min_confidence"] = options["minimum_confidence"]
    file |= {name: options[name] for name in ("limit", "invalid") if name in options}
    return yaml.safe_dump(file, sort_keys=False)


def quoted(text):
    """A string of SQL."""
    return "'" + text.replace("'", "''") + "'"


def known_of(options):
    """An array of known values."""
    return "ARRAY[" + ", ".join(quoted("\t".join(pair)) for pair in options.get("known", ())) + "]::text[]"


def settings(vector, folder):
    """Settings of a vector that needs keys, a subject or a day; its format is text then."""
    options = vector["options"]
    keys = []
    for key, secret in options.get("keys", {}).items():
        path = folder / f"{key}.key"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_bytes(secret.encode())
            if os.geteuid() == 0:
                shutil.chown(path, 65534, 65534)
        keys.append(f"{key}={path}")
    return {"piiglet.policy": policy_of(options), "piiglet.key_files": ", ".join(keys),
            "piiglet.subject": options.get("subject", ""), "piiglet.today": options.get("today", "")}


def characters(data, findings, encoding):
    """Findings as SQL has them."""
    def place(byte):
        return byte if encoding == "bytes" else len(data[:byte].decode())
    return [[entity, rule, place(begin), place(end), confidence]
            for entity, rule, begin, end, confidence, *_ in findings]


def ask(server, vector, data, encoding):
    """(output, state, findings) of the server."""
    by_settings = bool({"keys", "subject", "today"} & set(vector["options"]))
    lines = []
    if by_settings:
        lines = [f"SET {name} = {quoted(value)};" for name, value in settings(vector, server.folder).items()]
    value = f"convert_from('\\x{data.hex()}', getdatabaseencoding())"
    lines.append(f"SELECT json_build_object('output', encode(convert_to(output, getdatabaseencoding()), 'base64'), "
                 f"'state', state, 'findings', findings) FROM ask({value}, {quoted(policy_of(vector['options']))}, "
                 f"'{vector['format']}', {str(by_settings).lower()}, {known_of(vector['options'])});")
    if by_settings:
        lines.append("RESET ALL;")
    return lines


def expected(vector, data, encoding):
    """The same of the library."""
    expect = vector["expect"]
    if expect["status"] != 0:
        return {"output": None, "state": SQLSTATE[expect["status"]], "findings": None}
    return {"output": base64.b64decode(expect["output"]), "state": "00000",
            "findings": characters(data, expect["findings"], encoding)}


def fits(data, encoding):
    """Whether a database can hold this as a text."""
    try:
        return b"\0" not in data and (encoding == "bytes" or data.decode(encoding) is not None)
    except UnicodeDecodeError:
        return False


def vectors(server, file):
    """Cases that pass; those without a form in SQL are counted apart."""
    entries = json.loads(Path(file).read_text(encoding="utf-8"))["vectors"]
    passed, wrong, left_out = 0, [], set()
    for encoding in ("utf8", "bytes"):
        server.psql(ASK, encoding)
        chosen = []
        for vector in entries:
            data = base64.b64decode(vector["base64"]) if "base64" in vector else vector["text"].encode()
            keyed = {"keys", "subject", "today"} & set(vector["options"])
            if fits(data, encoding) and not (keyed and vector["format"] != "text"):
                chosen.append((vector, data))
            elif encoding == "bytes":
                left_out.add(vector["name"])
        said = server.psql("\n".join(line for vector, data in chosen for line in ask(server, vector, data, encoding)),
                           encoding).splitlines()
        for (vector, data), line in zip(chosen, said, strict=True):
            answer = json.loads(line)
            if answer["output"] is not None:
                answer["output"] = base64.b64decode(answer["output"])
            if answer == expected(vector, data, encoding):
                passed += 1
            else:
                wrong.append(f"{vector['name']} in {encoding}: {answer['state']}")
    print(f"postgres: {len(left_out)} vectors cannot be asked in SQL: {', '.join(sorted(left_out))}")
    return passed, wrong


def regress(server):
    """pg_regress as make installcheck runs it; the differences if there are any."""
    output = server.folder / "regress"
    shutil.copytree(POSTGRES / "test", server.folder / "test")
    output.mkdir()
    for path in (output, server.folder / "test"):
        if os.geteuid() == 0:
            shutil.chown(path, 65534, 65534)
    program = server.ask["pgxs"].parent.parent / "test" / "regress" / "pg_regress"
    said = server.as_user(program, f"--inputdir={server.folder / 'test'}", f"--outputdir={output}",
                          f"--bindir={server.bin}", f"--host={server.socket}", "--dbname=regression", "--encoding=UTF8",
                          "--load-extension=piiglet", "--user=postgres", *TESTS, check=False)
    differences = output / "regression.diffs"
    if differences.exists():
        print(differences.read_text(encoding="utf-8"))
    elif "All" not in said:
        print(said)
    return len(re.findall(r"^(?:test .*\.\.\. ok|ok )", said, re.M))


def check(name, good, told=""):
    """One case: whether it is good."""
    if not good:
        print(f"postgres: {name}: {told}")
    return bool(good)


def own_cases(server):
    """What needs a file, another encoding or the log."""
    rules = server.folder / "rules.yaml"
    rules.write_text("piiglet: 1\nfamily: own\ndescription: own rules\nentities: [BADGE]\nrules:\n  - id: own.badge\n    entity: BADGE\n"
                     "    description: a badge\n    pattern: 'badge-[0-9]{6}'\n    confidence: 0.9\n"
                     "    tests: {match: ['my {{badge-123456}}'], pass: ['badge-12345']}\n")
    told = server.psql(f"SET piiglet.rule_files = '{rules}'; SELECT pii_scrub('badge-123456 a@example.org'); "
                       "SELECT pii_scrub('badge-123456', 'default')", check=False)
    yield check("rule files", told == "[BADGE] [EMAIL]\nbadge-123456\n", told)
    rules.write_text("piiglet: 1\nrules: 7\n")
    told = server.psql(f"SET piiglet.rule_files = '{rules}'; SELECT pii_scrub('a@example.org')", check=False)
    yield check("refused rule files", "was refused" in told and ":2: " in told and "example.org" not in told, told)
    told = server.psql("SELECT convert_to(pii_scrub(convert_from('\\xe92061406578616d706c652e6f7267', 'LATIN1')), "
                       "'LATIN1'), (SELECT begin FROM pii_scan(convert_from('\\xe92061406578616d706c652e6f7267', "
                       "'LATIN1')))", "latin1")
    yield check("LATIN1", told == "\\xe9205b454d41494c5d|2\n", told)
    told = server.psql("SELECT pii_scrub('a@example.org', E'piiglet: 1\\npolicy: p\\ndescription: d\\nentities: "
                       "{EMAIL: {action: text, text: \"\\\\u6f22\"}}')", "latin1", check=False)
    yield check("a character that LATIN1 lacks", "lacks a character" in told and "example.org" not in told, told)
    known = server.folder / "known.txt"
    known.touch(mode=0o600)
    known.write_text("Ada Lovelace\nURL\tskater_kid\n")
    if os.geteuid() == 0:
        shutil.chown(known, 65534, 65534)
    told = server.psql(f"SET piiglet.known_files = '{known}'; SELECT pii_scrub('A. Lovelace, skater-kid'), "
                       "pii_has('A. Lovelace', '{PERSON}'), pii_has('skater-kid', '{PERSON}'); "
                       "SELECT pii_scrub('A. Lovelace', 'default')")
    yield check("known files", told == "[PERSON], [URL]|t|f\nA. Lovelace\n", told)
    known.write_text("Ada Lovelace\nPERSON\tRosa Parks\tnever\n")
    told = server.psql(f"SET piiglet.known_files = '{known}'; SELECT pii_scrub('A. Lovelace')", check=False)
    yield check("refused known files", "line 2: " in told and "Rosa" not in told, told)
    known.chmod(0o644)
    told = server.psql(f"SET piiglet.known_files = '{known}'; SELECT pii_scrub('A. Lovelace')", check=False)
    yield check("known files of others", "read by others" in told, told)
    example = re.search(r"^```sql\n(.*?)^```", (POSTGRES / "README.md").read_text(encoding="utf-8"), re.S | re.M).group(1)
    server.psql("CREATE DATABASE readme", "postgres")
    told = server.psql("CREATE TABLE message (body text);" + example, "readme")
    yield check("README", told == 'write to [EMAIL]\n{"phone": "[PHONE]"}\nPHONE|5|17|phone.nanp|1\n[PERSON], level 7\n', told)
    server.psql("SELECT pii_scrub('{\"a\": \"never.logged@example.org\"', 'default', 'json')", check=False)
    yield check("values in the log", "never.logged" not in server.log.read_text(encoding="utf-8"))


def memory(server):
    """Growth of a backend over many calls, in bytes."""
    used = "SELECT pg_backend_pid() AS pid \\gset\n\\setenv PID :pid\n\\! grep VmRSS /proc/$PID/status\n"
    calls = (f"SELECT count(pii_scrub('mail kid' || i || '@example.org')), count(pii_has('x', '{{EMAIL}}')) "
             f"FROM generate_series(1, {LEAK_CALLS}) AS i;\n"
             "SELECT count(f.begin) FROM generate_series(1, 1000) AS i, pii_scan('kid' || i || '@example.org') AS f;\n"
             "DO $$ BEGIN FOR i IN 1..40 LOOP PERFORM set_config('piiglet.subject', i::text, false), "
             "pii_scrub('x', 'default', 'text', ARRAY['Ada Lovelace the ' || i]), "
             "pii_scrub('x'), pii_scrub('x', E'piiglet: 1\\npolicy: p' || i || E'\\ndescription: d'); END LOOP; END $$;\n")
    told = server.psql(calls + used + calls + used)
    first, second = (int(size) << 10 for size in re.findall(r"VmRSS:\s+(\d+)", told))
    return second - first


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    passed = failed = 0
    with Server(Path(sys.argv[1]).resolve()) as server:
        good = regress(server)
        passed, failed = good, len(TESTS) - good
        same, wrong = vectors(server, sys.argv[2])
        print(*wrong, sep="\n", end="\n" if wrong else "")
        passed, failed = passed + same, failed + len(wrong)
        growth = memory(server)
        for case in (*own_cases(server), check("memory", growth < GROWTH_MAX, f"{growth} bytes more")):
            passed, failed = passed + case, failed + (not case)
    print(f"{passed} passed, {failed} failed")
    return 0 if passed > 0 and failed == 0 else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as problem:
        print(problem)
        sys.exit("0 passed, 1 failed")
