from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from os import PathLike
from typing import BinaryIO, Literal, NamedTuple, TypedDict, TypeVar, overload

from typing_extensions import Buffer

__version__: str
__all__: list[str]

_Text = TypeVar("_Text", str, bytes)

class Finding(NamedTuple):
    entity: str
    rule: str
    begin: int
    end: int
    byte_begin: int
    byte_end: int
    confidence: float
    replacement_size: int
    action: str
    path: str
    block: str

class Result(NamedTuple):
    output: str | bytes
    findings: list[Finding]
    format: str
    fault: str | None
    fault_offset: int | None

class PiigletError(Exception):
    offset: int | None

class StreamError(PiigletError):
    output: bytes

class Invalid(StreamError):
    fault: str | None

class LimitExceeded(StreamError): ...

class Blocked(StreamError):
    findings: list[Finding]

class EngineFailed(StreamError): ...

class RulesRefused(PiigletError):
    diagnostics: list[tuple[str, int, int, str]]

class BadArgument(PiigletError, ValueError): ...
class BadState(PiigletError): ...

class Ruleset:
    def __new__(cls, *files: str | PathLike[str], default: bool = True) -> Ruleset: ...
    @staticmethod
    def default() -> Ruleset: ...
    @property
    def entities(self) -> frozenset[str]: ...
    def __len__(self) -> int: ...

class Policy:
    def __new__(cls, name: str | None = None, *, file: str | PathLike[str] | None = None,
                only: Iterable[str] | None = None, on: Iterable[str] = (), off: Iterable[str] = (),
                minimum_confidence: float | None = None, limit: Literal["block", "redact"] | None = None,
                invalid: Literal["block", "text"] | None = None, kernel: str | None = None,
                keys: Mapping[str, bytes] | None = None, subject: bytes | str | None = None,
                today: date | None = None) -> Policy: ...

class Known:
    def __new__(cls, values: Iterable[str | tuple[str, str]] = (), *, file: str | PathLike[str] | None = None,
                exact: bool = False, given_alone: bool = False, surname_alone: bool = False) -> Known: ...
    def __len__(self) -> int: ...

class Scrubber:
    def __new__(cls, policy: Policy | str | None = None, rules: Ruleset | None = None) -> Scrubber: ...
    @overload
    def scrub(self, data: str, format: str | None = "text", known: Known | None = None) -> str: ...
    @overload
    def scrub(self, data: Buffer, format: str | None = "text", known: Known | None = None) -> bytes: ...
    def scan(self, data: str | Buffer, format: str | None = "text", known: Known | None = None) -> list[Finding]: ...
    def process(self, data: str | Buffer, format: str | None = "text", known: Known | None = None) -> Result: ...

class Stream:
    def __new__(cls, format: str | None = "text", policy: Policy | str | None = None,
                rules: Ruleset | None = None, known: Known | None = None) -> Stream: ...
    @property
    def findings(self) -> list[Finding]: ...
    @property
    def format(self) -> str: ...
    @property
    def fault(self) -> tuple[str, int] | None: ...
    def write(self, data: Buffer, /) -> bytes: ...
    def finish(self) -> bytes: ...
    def reset(self) -> None: ...

class _BuildInfo(TypedDict):
    version: str
    pcre2: str
    unicode: str
    kernel: str
    jit: bool

def build_info() -> _BuildInfo: ...
def message(entity: str, language: str | None = None, /) -> str: ...
def reason(entity: str, /) -> str: ...
def languages() -> dict[str, str]: ...
@overload
def scrub(data: str, format: str | None = "text", known: Known | None = None) -> str: ...
@overload
def scrub(data: Buffer, format: str | None = "text", known: Known | None = None) -> bytes: ...
def scan(data: str | Buffer, format: str | None = "text", known: Known | None = None) -> list[Finding]: ...
def process(data: str | Buffer, format: str | None = "text", known: Known | None = None) -> Result: ...
def scrub_chunks(chunks: Iterable[_Text], format: str | None = "text", policy: Policy | str | None = None,
                 rules: Ruleset | None = None, known: Known | None = None) -> Iterator[_Text]: ...
def scrub_file(source: str | PathLike[str] | BinaryIO, destination: str | PathLike[str] | BinaryIO,
               format: str | None = "text", policy: Policy | str | None = None,
               rules: Ruleset | None = None, known: Known | None = None) -> Counter[str]: ...
