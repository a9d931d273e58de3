#!/usr/bin/env python3
"""Every command, with inputs of every format, whole and broken, and on every way to an error: nothing of what was
read shows where it must not.

Argument: the command. Each input is made of words that occur nowhere else. No word at all of an input shows on
standard error; no value that a rule finds, no known value and no key shows anywhere. The last line is
"N passed, N failed"."""
import itertools
import os
import subprocess
import sys
import tempfile
from pathlib import Path

PIIGLET = os.path.abspath(sys.argv[1])
WORD = "quetzalword"  # of a text, but no value: a listing may show it, a message may not
VALUES = ["zqx7.kid@zqcanary.example.org", "415-555-0137", "742 Zqevergreen Terrace"]
# Where a value is written in another way, what stays of it.
PARTS = ["zqx7", "zqcanary", "555-0137", "zqevergreen"]
KNOWN = "Zqada Lovelaceq"
KEY = "zqsecretkeymaterial"
TEXT = f"{WORD} wrote to {VALUES[0]}, {VALUES[1]}, lives at {VALUES[2]} near {WORD}\n"

WHOLE = {
    "text": TEXT * 3,
    "json": f'{{"{VALUES[0]}": "{VALUES[1]}", "{WORD}": ["zqx7.kid\\u0040zqcanary.example.org", {{"a": "{VALUES[2]}"}}]}}',
    "jsonl": f'{{"id": 1, "text": "{VALUES[0]}"}}\n{{"id": 2, "text": "{WORD} {VALUES[1]}"}}\n',
    "xml": f'<{WORD} a="zqx7.kid&#64;zqcanary.example.org"><!-- {VALUES[1]} --><b>{VALUES[2]}</b></{WORD}>',
    "html": f'<p title="{VALUES[0]}">{VALUES[1]}<script>{WORD} = "{VALUES[2]}"</script>',
    "csv": f'{WORD},mail\n"{VALUES[2]}",{VALUES[0]}\n{WORD},{VALUES[1]}\n',
    "javascript": f'let {WORD} = "{VALUES[0]}"; // {VALUES[1]}\nsay(`{VALUES[2]}`);\n',
    "python": f'{WORD} = "{VALUES[0]}"  # {VALUES[1]}\nprint(\'\'\'{VALUES[2]}\'\'\')\n',
}
# What is not well formed, with a value right before the fault.
BROKEN = {
    "json": f'{{"{WORD}": "{VALUES[0]}" "{VALUES[1]}"}}',
    "jsonl": f'{{"text": {WORD} {VALUES[0]}}}\n',
    "xml": f'<{WORD}>{VALUES[0]}</{WORD}q>{VALUES[1]} & <',
    "csv": f'"{WORD} {VALUES[0]}"{VALUES[1]},"',
    "javascript": f'"{WORD} {VALUES[0]}\n{VALUES[1]}`${{',
    "python": f"'{WORD} {VALUES[0]}\n'''{VALUES[1]}",
}
COMMANDS = [["scrub"], ["scan"], ["scan", "--json"], ["scan", "--summary"], ["scan", "--messages"], ["check"],
            ["report"], ["explain"], ["explain", "--json"]]

passed = failed = 0


def check(what, done, quiet=()):
    """`quiet`: what must not show in what was written, beside the values."""
    global passed, failed
    out, err = done.stdout.decode(errors="replace").lower(), done.stderr.decode(errors="replace").lower()
    shown = [part for part in [*PARTS, KNOWN.lower(), KEY, *quiet] if part in out + err]
    shown += [WORD] if WORD in err else []
    if done.returncode < 0:
        shown.append(f"signal {-done.returncode}")
    if shown:
        failed += 1
        print(f"failed: {what}: {', '.join(shown)}", file=sys.stderr)
    else:
        passed += 1


def run(arguments, text=b"", **more):
    return subprocess.run([PIIGLET, *arguments], input=text, capture_output=True, timeout=120, check=False, **more)


def commands_and_formats():
    """Each command on each input, as it is and as what it is not."""
    for command, (name, text) in itertools.product(COMMANDS, WHOLE.items()):
        check(f"{command} {name}", run([*command, "--format", name], text.encode()))
        if "zqx7.kid@" in text:  # as text, escapes are not decoded
            check(f"{command} {name} as text", run(command, text.replace("\\u0040", "@").encode()))
    for command, (name, text) in itertools.product(COMMANDS, BROKEN.items()):
        for lenient in ([], ["--lenient"]):
            check(f"{command} broken {name} {lenient}", run([*command, "--format", name, *lenient], text.encode()))
    for command, (name, text), other in itertools.product(COMMANDS[:3], WHOLE.items(), ("json", "xml")):
        check(f"{command} {name} read as {other}", run([*command, "--format", other], text.encode()))
    for command, cut in itertools.product(COMMANDS[:3], range(5, 90, 9)):
        check(f"{command} json cut at {cut}", run([*command, "--format", "json"], WHOLE["json"][:cut].encode()))


def encodings_and_bytes():
    for command, encoding in itertools.product(COMMANDS, ("utf-16", "utf-16-be", "utf-32")):
        check(f"{command} {encoding}", run(command, TEXT.encode(encoding)))
        check(f"{command} cut {encoding}", run([*command, "--format", "json"], WHOLE["json"].encode(encoding)[:-3]))
    for command in COMMANDS:
        check(f"{command} bytes", run(command, TEXT.replace("@", "\x00@").encode() + b"\xff\xfe\x80" + TEXT.encode()))


def failing_files(folder):
    """Reading and writing that fails, with text in hand."""
    source = folder / "source.txt"
    source.write_text(TEXT * 2000)
    for command in COMMANDS:
        with open("/dev/full", "wb") as full:
            done = subprocess.run([PIIGLET, *command, source], stdout=full, stderr=subprocess.PIPE, check=False)
        check(f"{command} on a full disk", subprocess.CompletedProcess([], done.returncode, b"", done.stderr))
        check(f"{command} missing and directory", run([*command, source, folder / "missing", folder]))
    check("output in no directory", run(["--output", folder / "none" / "x", source]))
    check("output is input", run(["--output", source, source]))
    check("in place, nowhere", run(["--in-place", folder / "missing"]))
    check("too many findings to explain", run(["explain", source]))
    check("tree", run(["scan", "-r", folder]))
    check("records", run(["scan", "--records"], WHOLE["jsonl"].encode() + BROKEN["jsonl"].encode()))
    for threads in ("1", "4"):
        check(f"{threads} threads", run(["scan", "--threads", threads, source]))


def secrets(folder):
    """Known values, keys, policies and rules: their files are wrong, or their values stand in the text."""
    known, key, policy, rules = (folder / name for name in ("known.txt", "key", "policy.yaml", "rules.yaml"))
    text = (TEXT + f"by {KNOWN}\n").encode()
    known.write_text(KNOWN + "\n")
    for command in COMMANDS:
        check(f"{command} known", run([*command, "--known", known], text))
    for line in (f"{KNOWN}\tX", f"X\t{KNOWN}", f"PERSON\t{KNOWN}\tat times", f"{KNOWN}\x00", KNOWN * 400, f"\t{KNOWN}"):
        known.write_text(line + "\n")
        check("wrong known values", run(["--known", known], text))
    for content in (KEY, KEY * 40, KEY + "\n" + KEY):
        key.write_text(content)
        key.chmod(0o600)
        for command in COMMANDS[:2]:
            check("wrong key", run([*command, "--policy", "logs", "--key-file", key], text))
    key.write_bytes((KEY * 2)[:32].encode())
    check("right key", run(["--policy", "logs", "--key-file", f"k1={key}"], TEXT.encode()))
    for name in ("public-gallery", "audit", "messages", "save-under-13"):
        check(f"policy {name}", run(["--policy", name], TEXT.encode()) if name != "audit" else
              run(["check", "--policy", name], TEXT.encode()))
    for content in ("piiglet: 1\n", "a: [", "\x00", "- - -\n" * 99):
        policy.write_text(content)
        rules.write_text(content)
        check("wrong policy", run(["--policy", policy], text))
        check("wrong rules", run(["--rules", rules], text))
        check("wrong rules, listed", run(["rules", "lint", rules]))
    for wrong in (["--format", "none"], ["--only", "NONE"], ["--threads", "0"], ["--min-confidence", "x"],
                  ["--kernel", "none"], ["--column", "a"], ["--subject", ""], ["--today", "x"], ["--records="]):
        for command in COMMANDS[:3]:
            check(f"{command} {wrong}", run([*command, *wrong], TEXT.encode()))


def closed():
    """Without one of the three descriptors."""
    for command, shut in itertools.product(COMMANDS, ("<&-", ">&-", "2>&-")):
        line = f'printf %s "$TEXT" | "$PIIGLET" "$@" {shut}'
        done = subprocess.run(["sh", "-c", line, "sh", *command], capture_output=True, check=False,
                              env={**os.environ, "TEXT": TEXT, "PIIGLET": PIIGLET})
        check(f"{command} {shut}", done)


def main():
    commands_and_formats()
    encodings_and_bytes()
    with tempfile.TemporaryDirectory() as folder:
        failing_files(Path(folder))
        secrets(Path(folder))
    closed()
    seen = run(["scan", "--show-values"], TEXT.encode()).stdout.decode()
    global passed, failed
    if all(value in seen for value in VALUES):
        passed += 1
    else:
        failed += 1
        print("failed: the values are not found at all", file=sys.stderr)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
