"""What goes wrong, as exceptions. None of them holds scanned text."""


class PiigletError(Exception):
    """Any failure of piiglet. There is no text to use then, and what was saved before should stay.

    offset: where in the input, in code points of a str, in bytes of bytes; None when it is no matter of a place."""

    def __init__(self, message, offset=None):
        super().__init__(message)
        self.offset = offset


class StreamError(PiigletError):
    """A base of what a stream may raise. output: bytes that were final before; they are scrubbed."""

    output = b""


class Invalid(StreamError):
    """The input is not what its format promises. fault: in which way."""

    fault = None


class LimitExceeded(StreamError):
    """A limit of the engine was reached."""


class Blocked(StreamError):
    """The policy blocks this input. findings: because of what; empty for streams."""

    findings = ()


class EngineFailed(StreamError):
    """The engine failed in a way that has no other name."""


class RulesRefused(PiigletError):
    """Rule files, or a policy file, were refused. diagnostics: list of (file, line, column, message)."""

    diagnostics = ()


class BadArgument(PiigletError, ValueError):
    """No such format, policy or setting, an entity that the rules do not know, or a key that is missing."""


class BadState(PiigletError):
    """A stream was used after its end, after an error, or by two threads at once."""


# By the values of pii_status, which are stable.
BY_STATUS = {2: BadArgument, 3: BadState, 4: BadState, 5: RulesRefused, 6: Invalid, 7: LimitExceeded, 8: Blocked,
             9: EngineFailed, 11: BadArgument}


def raise_status(status, fault, text, offset, details):
    """Raises what a status of the engine means. `details`: bytes of a stream, findings, or diagnostics."""
    kind = BY_STATUS.get(status, EngineFailed)
    error = kind(f"{text}: {fault}" if fault else text, offset if offset >= 0 else None)
    if kind is Invalid:
        error.fault = fault
    if isinstance(details, bytes):
        error.output = details
    elif kind is Blocked:
        error.findings = details
    elif kind is RulesRefused:
        error.diagnostics = details
        if details:
            error.args = ("; ".join(f"{file}:{line}:{column}: {message}" for file, line, column, message in details),)
    raise error
