"""Rulesets, policies, scrubbers and streams: the types of the extension module with arguments for people."""
from datetime import date
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


# As pii__policy_source.
USUAL, NAMED, YAML = range(3)
EPOCH = date(1970, 1, 1)


class Policy(_piiglet.Policy):
    """What counts, and what becomes of it; never changed after.

    name: of a built-in policy, such as 'save-under-13'; file: path of a policy file (docs/POLICIES.md). With neither it is
    what counts by default, replaced by "[ENTITY]". The others change that:

    only: names of entities, nothing else counts; on, off: further entities that do or do not.
    minimum_confidence: 0 to 1. limit: 'block' or 'redact' what the engine cannot decide within its limits.
    invalid: 'block' a document that is not well formed, or scan it as 'text'. kernel: for measurements.
    keys: 32 random bytes by id; the last one is used where the policy names none. subject: bytes that say whom a text
    is about. today: a date, for ages."""

    __slots__ = ()

    def __new__(cls, name=None, *, file=None, only=None, on=(), off=(), minimum_confidence=None, limit=None,
                invalid=None, kernel=None, keys=None, subject=None, today=None):
        if name is not None and file is not None:
            raise TypeError("a policy has a name or a file, not both")
        source, text = USUAL, b""
        if name is not None:
            source, text = NAMED, name.encode()
        elif file is not None:
            source, text = YAML, Path(file).read_bytes()
        settings = [("limit", limit), ("invalid", invalid), ("kernel", kernel), ("all", "off" if only is not None else None),
                    *(("on", entity) for entity in (*(only or ()), *on)), *(("off", entity) for entity in off),
                    *((f"key:{key}", secret) for key, secret in (keys or {}).items()), ("subject", subject),
                    ("today", str((today - EPOCH).days) if today else None)]
        given = [(setting, value.encode() if isinstance(value, str) else bytes(value))
                 for setting, value in settings if value is not None]
        return super().__new__(cls, source, text, str(file or name), given, minimum_confidence)


def _policy(policy):
    """A policy, or None, from itself or the name of a built-in one."""
    return Policy(policy) if isinstance(policy, str) else policy


# Options of the library for PERSON.
EXACT, GIVEN_ALONE, SURNAME_ALONE = 1, 2, 4


class Known(_piiglet.Known):
    """Values that are known beforehand: a student's name, username, school; the names of a class. len() is their number.

    values: names of people, or (entity, value); file: the path of a list of more (docs/KNOWN.md). For people in values: exact, only as they are; given_alone and surname_alone, also
    one of the two names. No value is kept, and nothing of them can be read from the object. Costs a call nothing."""

    __slots__ = ()

    def __new__(cls, values=(), *, file=None, exact=False, given_alone=False, surname_alone=False):
        options = exact * EXACT | given_alone * GIVEN_ALONE | surname_alone * SURNAME_ALONE
        pairs = [("PERSON", value) if isinstance(value, str) else value for value in values]
        given = [(entity, value.encode(errors="replace"), options if entity == "PERSON" else 0) for entity, value in pairs]
        return super().__new__(cls, given if file is None else [*given, (None, Path(file).read_bytes(), 0)])


class Scrubber(_piiglet.Scrubber):
    """Scrubs with one ruleset and one policy (or the name of one), in as many threads as you like."""

    __slots__ = ()

    def __new__(cls, policy=None, rules=None):
        return super().__new__(cls, rules or Ruleset.default(), _policy(policy))


class Stream(_piiglet.Stream):
    """Scrubs bytes that come in pieces. However they are cut, the output is the same."""

    __slots__ = ()

    def __new__(cls, format="text", policy=None, rules=None, known=None):
        return super().__new__(cls, rules or Ruleset.default(), _policy(policy), format, known)


@cache
def default_scrubber():
    """The scrubber of the default rules and policy."""
    return Scrubber()
