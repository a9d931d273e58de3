"""The faults that tests/mutate.py puts into C sources: each a change of one line, as a person could make it by mistake."""
import re
from dataclasses import dataclass

# What no fault is put into; it is blanked out with its places kept.
NO_CODE = re.compile(r"""/\*.*?\*/ | //[^\n]* | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' | ^[ \t]*\#(?:\\\n|[^\n])*""",
                     re.S | re.M | re.X)
SWAPS = {
    "==": ["!="], "!=": ["=="], "<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"],
    "&&": ["||"], "||": ["&&"], "+": ["-"], "-": ["+"], "+=": ["-="], "-=": ["+="], "&": ["|"], "|": ["&"],
    "&=": ["|="], "|=": ["&="], "<<": [">>"], ">>": ["<<"], "*": ["+"], "/": ["*"],
}
# Blanks on both sides tell `a * b` from `char *b`; for - and & a sign or an address has none after it.
OPERATOR = re.compile(r"(?<= )(%s)(?= )" % "|".join(map(re.escape, sorted(SWAPS, key=len, reverse=True))))
STEP = re.compile(r"(\+\+|--)")
NUMBER = re.compile(r"(?<![\w.])(0x[0-9a-fA-F]+|\d+)(?![\w.])")
WORD = re.compile(r"\b(?:return (true|false)|(break|continue)(?=;))")
CONDITION = re.compile(r"\b(if|while) \(")
STATEMENT = re.compile(r"^( +)([A-Za-z_*(][^;{}\n]*;)$", re.M)
# What jumps, and what declares: without it nothing compiles.
NO_STATEMENT = re.compile(r"(?:return|break|continue|goto|case|default|else)\b|\w[\w ]* \**\w+(?:;| =|\[|,)")
OTHER_WORD = {"true": "false", "false": "true", "break": "continue", "continue": "break"}


@dataclass(frozen=True)
class Mutant:
    """A line of a source as it is, and as it becomes."""
    path: str
    line: int
    kind: str
    before: str
    after: str

    def apply(self, text):
        lines = text.split("\n")
        if lines[self.line - 1] != self.before:
            raise ValueError(f"{self.path}:{self.line} has changed")
        lines[self.line - 1] = self.after
        return "\n".join(lines)


def blanked(text):
    return NO_CODE.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def end_of_condition(code, begin):
    """The place of the bracket that closes the one before `begin`."""
    depth = 1
    for at in range(begin, len(code)):
        depth += {"(": 1, ")": -1}.get(code[at], 0)
        if depth == 0:
            return at
    return len(code)


def replacements(code):
    """(kind, begin, end, new text) of each fault; one that spans lines is not made."""
    for found in OPERATOR.finditer(code):
        for other in SWAPS[found.group()]:
            yield "operator", *found.span(), other
    for found in STEP.finditer(code):
        yield "operator", *found.span(), "--" if found.group() == "++" else "++"
    for found in NUMBER.finditer(code):
        value = int(found.group(), 0)
        for other in (value + 1, value - 1) if value else (1,):
            yield "constant", *found.span(), str(other)
    for found in WORD.finditer(code):
        group = 1 if found.group(1) else 2
        yield "return or jump", *found.span(group), OTHER_WORD[found.group(group)]
    for found in CONDITION.finditer(code):
        end = end_of_condition(code, found.end())
        if "\n" not in code[found.end():end]:
            yield "condition", found.end(), end, None
    for found in STATEMENT.finditer(code):
        if not NO_STATEMENT.match(found.group(2)):
            yield "statement", *found.span(2), ";"


def mutants(path, text):
    """All mutants of a source, in the order of its lines."""
    code = blanked(text)
    lines = text.split("\n")
    made = []
    for kind, begin, end, new in replacements(code):
        line = text.count("\n", 0, begin) + 1
        start = text.rfind("\n", 0, begin) + 1
        before = lines[line - 1]
        if new is None:
            new = f"!({text[begin:end]})"
        made.append(Mutant(path, line, kind, before, before[:begin - start] + new + before[end - start:]))
    return sorted(set(made), key=lambda mutant: (mutant.line, mutant.kind, mutant.after))
