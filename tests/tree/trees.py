"""Trees to run the command on: made of a seed, so that a failure can be had again."""
import os
import random
import subprocess

SENTENCES = [
    "The cave below the library has a red door.", "Press space to jump over the river.",
    "Level 3 is hard, level 4 is harder.", "score = score + 10", "My robot turns left, then right.",
    "Who drew the dragon on page 12?", "The blue sprite hides behind the tree.",
]
FINDINGS = [
    "write to kid.{number}@example.org today", "call me: (415) 555-01{digits}",
    "we live at 12 Harbor View Rd", "my mail is zoe{number}@example.com, ok",
]
TEMPORARY = ".piiglet-"


def text(maker, size, found):
    """About `size` bytes of lines, some of them with something to find."""
    lines, length = [], 0
    while length < size:
        line = maker.choice(SENTENCES)
        if found and maker.random() < 0.1:
            line = maker.choice(FINDINGS).format(number=maker.randrange(1000), digits=maker.randrange(10, 100))
        lines.append(line)
        length += len(line) + 1
    if found:
        lines.append("kid@example.org")
    return "\n".join(lines) + "\n"


def make(top, seed, files):
    """Makes `files` files below `top`: small ones and a few that are longer than the command's buffer."""
    maker = random.Random(seed)
    for number in range(files):
        folder = top / f"class {maker.randrange(6)}" / f"{maker.randrange(4)}"
        folder.mkdir(parents=True, exist_ok=True)
        size = 400_000 if number % 97 == 5 else maker.randrange(3000)
        body = text(maker, size, maker.random() < 0.5)
        name = f"story {number}.txt"
        if number % 7 == 3:
            body, name = '{"say": "%s"}' % body.replace("\n", "\\n"), f"project {number}.json"
        (folder / name).write_text(body)
    # Files that were changed just now are not taken for done by the journal.
    past = 1_700_000_000
    for path in all_files(top):
        os.utime(top / path, (past, past))


def all_files(top):
    """{path below top: bytes} of all regular files."""
    found = {}
    for folder, _, names in os.walk(top):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and not os.path.islink(path):
                with open(path, "rb") as file:
                    found[os.path.relpath(path, top)] = file.read()
    return found


def run(command, *arguments, **more):
    """The finished process; its output as text."""
    return subprocess.run([command, *map(str, arguments)], capture_output=True, text=True, check=False,
                          errors="surrogateescape", stdin=subprocess.DEVNULL, **more)
