"""Counting of cases, for checks that are scripts."""
import sys


class Cases:
    """Counts cases, tells failures on stderr, ends with "N passed, N failed"."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, good, what):
        """One case; `what` is shown when it fails."""
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print(f"failed: {what}", file=sys.stderr)
        return good

    def end(self):
        """The exit code of the program. No case at all is a failure."""
        print(f"{self.passed} passed, {self.failed} failed")
        return 0 if self.failed == 0 and self.passed > 0 else 1
