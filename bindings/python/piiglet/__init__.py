"""piiglet takes personal information out of text that children publish.

    >>> import piiglet
    >>> piiglet.scrub("write to kid.one@example.org")
    'write to [EMAIL]'

Everything takes str, bytes, or another buffer, and answers in kind. All objects but Stream are for all threads; the
interpreter runs other threads while a text is scanned. After an exception there is no text to use."""
from ._errors import (BadArgument, BadState, Blocked, EngineFailed, Invalid, LimitExceeded, PiigletError, RulesRefused,
                      StreamError)
from ._piiglet import Finding, Result, build_info, languages, message, reason
from .engine import Known, Policy, Ruleset, Scrubber, Stream, default_scrubber
from .files import scrub_chunks, scrub_file

__all__ = ["BadArgument", "BadState", "Blocked", "EngineFailed", "Finding", "Invalid", "Known", "LimitExceeded", "PiigletError",
           "Policy", "Result", "RulesRefused", "Ruleset", "Scrubber", "Stream", "StreamError", "build_info", "languages", "message",
           "process", "reason", "scan", "scrub", "scrub_chunks", "scrub_file"]

__version__ = build_info()["version"]


def scrub(data, format="text", known=None):
    """The text with everything found replaced, in the type of `data`; by the default rules and policy."""
    return default_scrubber().scrub(data, format, known)


def scan(data, format="text", known=None):
    """The list of findings, by the default rules and policy."""
    return default_scrubber().scan(data, format, known)


def process(data, format="text", known=None):
    """Both, and how the input was read, as a Result; by the default rules and policy."""
    return default_scrubber().process(data, format, known)
