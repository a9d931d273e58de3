"""Columns of pandas and Arrow; skipped where these are not installed."""
import piiglet
import pytest

from piiglet import columns

TEXTS = ["write to kid.one@example.org", None, "nothing", "é 415-555-0134"]
CLEAN = ["write to [EMAIL]", None, "nothing", "é [PHONE]"]


def values(column):
    """The texts of a column, with None for what is missing, whichever way pandas writes that."""
    return [value if isinstance(value, str) else None for value in column]


def test_series_and_frame():
    pandas = pytest.importorskip("pandas")
    for kind in ("object", "string"):
        series = pandas.Series(TEXTS, index=[3, 5, 7, 9], name="say", dtype=kind)
        scrubbed = columns.scrub_series(series)
        assert scrubbed.name == "say" and list(scrubbed.index) == [3, 5, 7, 9] and scrubbed.dtype == series.dtype
        assert values(scrubbed) == CLEAN
    frame = pandas.DataFrame({"say": TEXTS, "n": [1, 2, 3, 4], "also": TEXTS})
    both = columns.scrub_frame(frame)
    assert values(both["say"]) == CLEAN == values(both["also"]) and list(both["n"]) == [1, 2, 3, 4]
    one = columns.scrub_frame(frame, ["say"], scrubber=piiglet.Scrubber(piiglet.Policy(only=["PHONE"])))
    assert values(one["say"]) == [TEXTS[0], None, "nothing", "é [PHONE]"] and values(one["also"]) == TEXTS


def test_arrow():
    pyarrow = pytest.importorskip("pyarrow")
    for kind in (pyarrow.string(), pyarrow.large_string()):
        array = pyarrow.array(TEXTS, type=kind)
        assert columns.scrub_array(array).to_pylist() == CLEAN and columns.scrub_array(array).type == kind
        chunks = pyarrow.chunked_array([TEXTS, TEXTS], type=kind)
        assert columns.scrub_array(chunks).to_pylist() == CLEAN * 2
    raw = pyarrow.array([b"\xff kid.one@example.org"])
    assert columns.scrub_array(raw).to_pylist() == [b"\xff [EMAIL]"]
