"""What belongs to the project and where."""
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ENGINE = ROOT / "engine"


def engine_files(*suffixes):
    """Files under engine/ with one of the suffixes, in order."""
    return sorted(path for path in ENGINE.rglob("*") if path.suffix in suffixes)


def relative(path):
    """The path as people write it."""
    return path.relative_to(ROOT).as_posix()
