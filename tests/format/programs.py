#!/usr/bin/env python3
"""Scrubbed programs are the same programs but for their literals and comments.

    programs.py PIIGLET SAMPLES [DIRECTORY...]

The programs are the samples, with a value at every mark, those of Python's own library that lie beside
the module os, those of npm where it is installed beside node, and all below each DIRECTORY. Each goes
through twice: with the default rules, and with one that replaces every word, so that every literal and
comment changes. What comes out must parse - Python by ast and tokenize, JavaScript by the acorn that is
inside of node - to the same tokens and the same tree, literals and comments apart; and no word may be
left in a literal or comment. What the reference refuses is no program, and is left out.

Without a node that has acorn, JavaScript is left out, and a line says so."""
import ast
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import token
import tokenize
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "meta"))
from cases import Cases  # noqa: E402

WORDS = """\
piiglet: 1
family: word
description: every word
entities: [X]
rules:
  - id: word.any
    entity: X
    description: letters in a row
    pattern: '(?<pii>[a-z]{3,40})'
    confidence: 1
    tests: {match: ['a {{word}}'], pass: ['a b']}
"""
VALUES = ["kid.one@mail.example.org", "(415) 555-2671", "742 Evergreen Terrace"]
MOST = 400  # programs of a language from one place
WORD = re.compile(r"(?<!\\)[a-z]{3}")

warnings.simplefilter("ignore")


def scrub(piiglet, language, data, *options):
    done = subprocess.run([piiglet, "--format", language, *options], input=data, capture_output=True, check=False)
    return (done.stdout, "") if done.returncode == 0 else (None, done.stderr.decode().strip())


# ---- Python ----

class Masked(ast.NodeTransformer):
    """A tree without the values of its literals; adjacent ones are one in the tree, whatever their forms."""

    def visit_Constant(self, node):
        if isinstance(node.value, (str, bytes)):
            return ast.Constant(value=type(node.value).__name__)
        return node

    def visit_JoinedStr(self, node):
        values = [self.visit(value) for value in node.values if not isinstance(value, ast.Constant)]
        return ast.JoinedStr(values=values)


def python_shape(data):
    """Tree and tokens without the text of literals and comments; and that text."""
    tree = ast.dump(Masked().visit(ast.parse(data)))
    tokens, texts = [], []
    middle = getattr(token, "FSTRING_MIDDLE", -1)
    for each in tokenize.tokenize(io.BytesIO(data).readline):
        is_text = each.type in (token.STRING, tokenize.COMMENT, middle)
        if is_text:
            texts.append(each.string)
        tokens.append((each.type, "" if is_text or each.type == tokenize.NL else each.string))
    # Lines of a comment or string, too, may come and go where an escape held a line end.
    return (tree, [each for each in tokens if each[0] not in (middle, tokenize.ENCODING)]), texts


def python_left(text):
    """A word that has stayed. Letters of escapes are no words, nor is code in an f-string."""
    prefix = re.match(r"[A-Za-z]*", text)[0].lower() if text[-1:] in "\"'" else ""
    if "f" in prefix:
        return False
    return WORD.search(re.sub(r"\\N\{[^}]*\}|\\(?:x..|u....|U........|.)", " ", text[len(prefix):], flags=re.S))


def check_python(cases, piiglet, words, name, data):
    try:
        data.decode()  # the word of a coding line, too, is replaced
        before, _ = python_shape(data)
    except (SyntaxError, ValueError, tokenize.TokenError, RecursionError):
        return False
    for options in ((), words):
        out, said = scrub(piiglet, "python", data, *options)
        if not cases.check(out is not None, f"{name}: {said}"):
            continue
        try:
            after, texts = python_shape(out)
        except (SyntaxError, ValueError, tokenize.TokenError) as error:
            cases.check(False, f"{name}: {options[:1]}: {error}")
            continue
        cases.check(before == after, f"{name}: {options[:1]}: another program")
        if options:
            left = [text for text in texts if python_left(text)]
            cases.check(not left, f"{name}: left: {left[:1]}")
    return True


# ---- JavaScript ----

SHAPE = r"""
const acorn = require('internal/deps/acorn/acorn/dist/acorn');
const fs = require('fs');
const word = /(?<!\\)[a-z]{3}/;
function shape(file) {
  const source = fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  for (const sourceType of ['script', 'module']) {
    const tokens = [], left = [];
    const see = text => {
      const plain = text.replace(/\\(?:x..|u\{[^}]*\}|u....|[^])/g, ' ');
      if (word.test(plain)) left.push(plain.slice(0, 60));
    };
    try {
      acorn.parse(source, {ecmaVersion: 'latest', sourceType, allowHashBang: true, allowReturnOutsideFunction: true,
        allowAwaitOutsideFunction: sourceType === 'module',
        onComment: (block, text) => see(text),
        onToken: t => {
          const text = source.slice(t.start, t.end), label = t.type.label;
          const literal = label === 'string' || label === 'template' || label === 'regexp';
          if (literal) see(label === 'regexp' ? text.slice(0, text.lastIndexOf('/')) : text);
          tokens.push(literal ? label : label + ' ' + text);
        }});
      return {tokens: tokens.join('\n'), left};
    } catch (error) { if (sourceType === 'module') return {error: String(error)}; }
  }
}
const answers = [];
for (const line of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const [before, ...after] = JSON.parse(line);
  const first = shape(before);
  answers.push(first.error ? null : after.map(file => {
    const next = shape(file);
    return next.error || (next.tokens === first.tokens ? '' : 'another program') + '|' + next.left.slice(0, 2).join();
  }));
}
console.log(JSON.stringify(answers));
"""


def node_with_acorn(folder):
    node = shutil.which("node")
    script = folder / "shape.js"
    script.write_text(SHAPE)
    if not node:
        return None
    command = [node, "--expose-internals", "--no-warnings", str(script)]
    done = subprocess.run(command, input=b"", capture_output=True, check=False)
    return command if done.returncode == 0 else None


def check_javascript(cases, piiglet, words, programs, folder):
    command = node_with_acorn(folder)
    if not command:
        print("no node with acorn here: JavaScript is left out")
        return
    lines, names, said = [], [], []
    for number, (name, data) in enumerate(programs):
        paths = [folder / f"{number}.{kind}.js" for kind in ("before", "after", "words")]
        outs = [scrub(piiglet, "javascript", data, *options) for options in ((), words)]
        paths[0].write_bytes(data)
        for path, out in zip(paths[1:], outs):
            path.write_bytes(out[0] or b"")
        lines.append(json.dumps([str(path) for path in paths]))
        names.append(name)
        said.append([out[1] for out in outs])
    done = subprocess.run(command, input="\n".join(lines).encode(), capture_output=True, check=True)
    answers_to_all = json.loads(done.stdout)
    cases.check(any(answers_to_all), "no program in JavaScript")
    for name, answers, refused in zip(names, answers_to_all, said):
        if answers is None:
            continue
        for answer, why in zip(answers, refused):
            cases.check(not why, f"{name}: {why}")
            cases.check(bool(why) or answer.split("|")[0] == "", f"{name}: {answer.split('|')[0]}")
        cases.check(bool(refused[1]) or answers[1].endswith("|"), f"{name}: left: {answers[1]}")


# ---- Programs ----

def samples_of(directory, language):
    for path in sorted(directory.glob(f"*.{language}")):
        for value in ["", *VALUES]:
            yield f"{path.name} with {value!r}", path.read_bytes().replace(b"@@", value.encode())


def sources_below(directories, suffixes):
    for directory in directories:
        paths = sorted(path for suffix in suffixes for path in Path(directory).rglob(f"*{suffix}") if path.is_file())
        step = max(1, len(paths) // MOST)
        for path in paths[::step]:
            yield str(path), path.read_bytes()


def main():
    piiglet, samples, extra = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
    cases = Cases()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "words.yaml").write_text(WORDS)
        words = ("--no-default-rules", "--rules", str(folder / "words.yaml"))
        library = [(str(path), path.read_bytes()) for path in sorted(Path(os.__file__).parent.glob("*.py"))]
        read = sum(check_python(cases, piiglet, words, *program)
                   for program in [*samples_of(samples, "python"), *library[::3], *sources_below(extra, [".py"])])
        cases.check(read > 0, "no program in Python")
        npm = Path(shutil.which("npm") or "/").resolve().parents[1] / "node_modules"
        places = [npm] if npm.name == "node_modules" and npm.is_dir() else []
        programs = [*samples_of(samples, "javascript"), *sources_below([*places, *extra], [".js", ".mjs", ".cjs"])]
        check_javascript(cases, piiglet, words, programs, folder)
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
