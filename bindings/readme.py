"""Examples in the READMEs of the bindings, for what runs them."""
import re
from pathlib import Path

BLOCK = re.compile(r"^```(?:python|ruby|js)\n(.*?)^```", re.S | re.M)


def readme_example(language):
    """The first block of code in the README of a binding."""
    return BLOCK.search((Path(__file__).resolve().parent / language / "README.md").read_text(encoding="utf-8")).group(1)
