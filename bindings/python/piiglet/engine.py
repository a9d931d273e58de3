"""Rulesets, policies, scrubbers and streams: the types of the extension module with arguments for people."""
from functools import cache
from pathlib import Path

from . import _piiglet


class Ruleset(_piiglet.Ruleset):
    """Compiled rules: the built-in ones, unless `default` is false, and those of YAML files.

    files: paths of rule files. Raises RulesRefused with diagnostics, and OSError. len() is the number of rules."""

    __slots__ = ()

    def __new__(cls, *files, default=True):
        named = [(str(file), Path(file).read_bytes()) for file in files]
        return super().__new__(cls, named, default)

    @staticmethod
    @cache
    def default():
        """The built-in rules."""
        return Ruleset()


class Policy(_piiglet.Policy):
    """What counts, and what becomes of it; never changed after.

    only: names of entities, nothing else counts; on, off: entities beside those that are on by default.
    minimum_confidence: 0 to 1. limit: 'block' or 'redact' what the engine cannot decide within its limits.
    invalid: 'block' a document that is not well formed, or scan it as 'text'. kernel: for measurements."""

    __slots__ = ()

    def __new__(cls, *, only=None, on=(), off=(), minimum_confidence=0.5, limit="block", invalid="block",
                kernel="best"):
        settings = [("limit", limit), ("invalid", invalid), ("kernel", kernel)]
        if only is not None:
            settings += [("all", "off"), *(("on", entity) for entity in only)]
        settings += [*(("on", entity) for entity in on), *(("off", entity) for entity in off)]
        return super().__new__(cls, settings, minimum_confidence)


class Scrubber(_piiglet.Scrubber):
    """Scrubs with one ruleset and one policy, in as many threads as you like."""

    __slots__ = ()

    def __new__(cls, policy=None, rules=None):
        return super().__new__(cls, rules or Ruleset.default(), policy)


class Stream(_piiglet.Stream):
    """Scrubs bytes that come in pieces. However they are cut, the output is the same."""

    __slots__ = ()

    def __new__(cls, format="text", policy=None, rules=None):
        return super().__new__(cls, rules or Ruleset.default(), policy, format)


@cache
def default_scrubber():
    """The scrubber of the default rules and policy."""
    return Scrubber()
