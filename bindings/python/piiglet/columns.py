"""Columns of tables: pandas and Arrow, neither of which is needed for anything else.

Texts are scrubbed one by one; what is missing stays missing, and index, name and type of a column stay."""
from .engine import default_scrubber


def _cell(scrubber, format):
    """What becomes of one value: text is scrubbed, what is no text stays."""
    def scrub(value):
        return scrubber.scrub(value, format) if isinstance(value, (str, bytes)) else value
    return scrub


def scrub_series(series, format="text", scrubber=None):
    """A pandas Series with its texts scrubbed."""
    import pandas
    scrub = _cell(scrubber or default_scrubber(), format)
    return pandas.Series([scrub(value) for value in series.array], index=series.index, name=series.name,
                         dtype=series.dtype)


def scrub_frame(frame, columns=None, format="text", scrubber=None):
    """A pandas DataFrame with the texts of some columns scrubbed: of those named, or of all that can hold text."""
    from pandas.api import types
    columns = columns if columns is not None else [
        name for name in frame.columns
        if types.is_object_dtype(frame[name].dtype) or types.is_string_dtype(frame[name].dtype)]
    return frame.assign(**{name: scrub_series(frame[name], format, scrubber) for name in columns})


def scrub_array(array, format="text", scrubber=None):
    """A pyarrow Array or ChunkedArray of strings or binaries with its values scrubbed; the type stays."""
    import pyarrow
    scrub = _cell(scrubber or default_scrubber(), format)
    if isinstance(array, pyarrow.ChunkedArray):
        return pyarrow.chunked_array([scrub_array(chunk, format, scrubber=scrubber) for chunk in array.chunks],
                                     type=array.type)
    return pyarrow.array([scrub(value.as_py()) for value in array], type=array.type)
