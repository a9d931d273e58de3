"""Iterators and files."""
import codecs
import contextlib
import os
import tempfile
from collections import Counter
from pathlib import Path

from ._errors import Invalid
from .engine import Stream

PIECE = 1 << 18


def _encoded(text):
    """UTF-8 of a piece of text, which must not have half of a surrogate pair at an end either."""
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        place = error.start
    raise Invalid("half of a surrogate pair", place)


def scrub_chunks(chunks, format="text", policy=None, rules=None, known=None):
    """Scrubs an iterable of str, or of bytes, piece by piece, and yields pieces of the same type.

    Where the input is cut does not matter. After an exception, what was yielded before is final and scrubbed."""
    stream = Stream(format, policy, rules, known)
    decoder = None
    for chunk in chunks:
        if isinstance(chunk, str):
            decoder = decoder or codecs.getincrementaldecoder("utf-8")()
            output = decoder.decode(stream.write(_encoded(chunk)))
        else:
            output = stream.write(chunk)
        if output:
            yield output
    output = stream.finish()
    if decoder:
        output = decoder.decode(output, final=True)
    if output:
        yield output


def _copy(source, destination, stream):
    """Scrubs one binary file into another; returns findings by entity."""
    counts = Counter()
    while piece := source.read(PIECE):
        destination.write(stream.write(piece))
        counts.update(finding.entity for finding in stream.findings)
    destination.write(stream.finish())
    counts.update(finding.entity for finding in stream.findings)
    return counts


@contextlib.contextmanager
def _whole(path):
    """A file that appears under `path` when everything went well, and not at all otherwise."""
    path = Path(path)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            os.chmod(name, path.stat().st_mode & 0o777)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def scrub_file(source, destination, format="text", policy=None, rules=None, known=None):
    """Scrubs one file into another - paths, or binary files that are open - and counts findings by entity.

    A path may be both: the file is replaced when all of it was scrubbed, and stays as it was after an exception. A
    file that is open may hold the scrubbed beginning then. A new file can be read by its owner only."""
    stream = Stream(format, policy, rules, known)
    with contextlib.ExitStack() as stack:
        if not hasattr(source, "read"):
            source = stack.enter_context(open(source, "rb"))
        if not hasattr(destination, "write"):
            destination = stack.enter_context(_whole(destination))
        return _copy(source, destination, stream)
