#!/usr/bin/env python3
"""docs/ACCURACY.md is its template with measured parts in between: nobody writes in it by hand."""
import sys

from cases import Cases
from sources import ROOT

sys.path.insert(0, str(ROOT / "bench" / "accuracy"))
from page import fill, template_of  # noqa: E402


def main():
    cases = Cases()
    template = (ROOT / "bench" / "accuracy" / "ACCURACY.in.md").read_text()
    page = (ROOT / "docs" / "ACCURACY.md").read_text()
    cases.check(template_of(page) == template, "docs/ACCURACY.md differs from its template: run make accuracy")
    cases.check(template not in page, "docs/ACCURACY.md holds no figures: run make accuracy")
    sample = "a\n<!-- accuracy:one -->\nb\n<!-- accuracy:two -->\n"
    filled = fill(sample, {"one": "1", "two": "2"})
    cases.check("\n1\n" in filled and "\n2\n" in filled, "sample: parts are put in")
    cases.check(template_of(filled) == sample, "sample: parts are taken out again")
    cases.check(template_of(filled.replace("b\n", "c\n")) != sample, "sample: a change by hand is seen")
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
