"""From Arrow batches to Arrow batches, in the executors' Python processes.

Values are bytes throughout: what is not UTF-8 is scanned as it is, and stays as it is."""
from collections import Counter

import piiglet
import pyarrow as pa
import pyarrow.compute as pc
from pyspark.accumulators import AccumulatorParam

from .settings import scrubber

# A call takes so many bytes of JSON Lines at once: little enough that one broken record costs little.
JOINED_BYTES = 1 << 20


class _Counters(AccumulatorParam):
    """Sums of counters."""

    def zero(self, value):
        return Counter()

    def addInPlace(self, value1, value2):
        value1.update(value2)
        return value1


class Tally:
    """Counts of a job by (column, entity, rule), and ("", "records" ...). Spark adds those of a task once, when its partition
    is done, where the tasks are of an action's last stage, as all are that only read, scrub and write."""

    def __init__(self, context):
        self.accumulator = context.accumulator(Counter(), _Counters())

    @property
    def value(self):
        """The Counter so far; for the driver."""
        return self.accumulator.value


class Batch:
    """What a task does with one kind of column, and what it counted."""

    def __init__(self, settings, form):
        self.scrubber, self.form, self.drop = scrubber(settings), form, settings.failed == "drop"
        self.counts = Counter()

    def value(self, name, data):
        """(output, findings) of one value; (None, None) of one that is dropped."""
        try:
            result = self.scrubber.process(data, self.form)
        except (piiglet.StreamError, piiglet.EngineFailed):
            if not self.drop:
                raise
            self.counts["", "dropped", ""] += 1
            return None, None
        self._count(name, result.findings)
        return result.output, result.findings

    def _count(self, name, findings):
        for finding in findings:
            self.counts[name, finding.entity, finding.rule] += 1

    def lines(self, name, values):
        """Outputs of many records of JSON Lines, asked about together; where that fails, one by one."""
        joined = b"\n".join(values)
        try:
            result = self.scrubber.process(joined, "jsonl")
        except (piiglet.StreamError, piiglet.EngineFailed):
            return [self.value(name, value)[0] for value in values]
        self._count(name, result.findings)
        return values if result.output is joined else result.output.split(b"\n")


def _bytes(column):
    """A column of strings as bytes, as they are."""
    return column.cast(pa.binary())


def _strings(values, kind):
    """Bytes as a column of a type, as they are."""
    return pc.cast(pa.array(values, type=pa.binary()), kind, safe=False)


def _runs(values):
    """Index ranges of values that are asked about together; a null, or a line end in a value, stands alone."""
    begin = size = 0
    for at, value in enumerate(values):
        if value is None or b"\n" in value:
            if begin < at:
                yield begin, at
            yield at, at + 1
            begin, size = at + 1, 0
            continue
        size += len(value) + 1
        if size > JOINED_BYTES:
            yield begin, at + 1
            begin, size = at + 1, 0
    if begin < len(values):
        yield begin, len(values)


def _scrub_records(work, name, values):
    """JSON Lines, whole."""
    outputs = []
    for begin, end in _runs(values):
        if end - begin > 1:
            outputs += work.lines(name, values[begin:end])
        else:
            outputs.append(values[begin] if values[begin] is None else work.value(name, values[begin])[0])
    return outputs


def _scrub_values(work, name, values):
    return [value if value is None else work.value(name, value)[0] for value in values]


def _scrub_batch(work, batch, names):
    """The batch with these columns scrubbed, and without the rows in which something was dropped."""
    lost = set()
    for name in names:
        index = batch.schema.get_field_index(name)
        column = batch.column(index)
        values = _bytes(column).to_pylist()
        outputs = (_scrub_records if work.form == "jsonl" else _scrub_values)(work, name, values)
        lost.update(at for at, value in enumerate(outputs) if value is None and values[at] is not None)
        if any(one is not other for one, other in zip(values, outputs)):
            columns = [*batch.columns[:index], _strings(outputs, column.type), *batch.columns[index + 1:]]
            batch = pa.RecordBatch.from_arrays(columns, schema=batch.schema)
    work.counts["", "records", ""] += batch.num_rows
    return batch.filter(pa.array([at not in lost for at in range(batch.num_rows)])) if lost else batch


def scrub_columns(frame, names, settings, form="text", tally=None):
    """A DataFrame with columns of strings scrubbed, each value as a document of the format; other columns stay.

    With 'jsonl' a value is one record; many are asked about in one call. tally: a Tally that findings are added to."""
    accumulator = tally.accumulator if tally else None

    def task(batches):
        work = Batch(settings, form)
        for batch in batches:
            yield _scrub_batch(work, batch, names)
        if accumulator is not None:
            accumulator.add(work.counts)
    return frame.mapInArrow(task, frame.schema)


FINDINGS = pa.schema([("file", pa.string()), ("id", pa.string()), ("column", pa.string()), ("entity", pa.string()),
                      ("rule", pa.string()), ("begin", pa.int64()), ("end", pa.int64()), ("confidence", pa.float64()),
                      ("path", pa.string())])
FINDINGS_SQL = ("file string, id string, column string, entity string, rule string, begin bigint, end bigint, "
                "confidence double, path string")


def _findings(work, batch, names, file, identity):
    """Rows of findings of a batch; begin and end are bytes of the value."""
    files = batch.column(batch.schema.get_field_index(file)).to_pylist() if file else [None] * batch.num_rows
    ids = batch.column(batch.schema.get_field_index(identity)).cast(pa.string()).to_pylist() if identity else \
        [None] * batch.num_rows
    rows = []
    for name in names:
        for at, value in enumerate(_bytes(batch.column(batch.schema.get_field_index(name))).to_pylist()):
            for found in (work.value(name, value)[1] or ()) if value is not None else ():
                rows.append((files[at], ids[at], name, found.entity, found.rule, found.byte_begin, found.byte_end,
                             found.confidence, found.path))
    work.counts["", "records", ""] += batch.num_rows
    columns = list(zip(*rows)) or [[]] * len(FINDINGS)
    return pa.RecordBatch.from_arrays([pa.array(column, type=field.type) for column, field in zip(columns, FINDINGS)],
                                      schema=FINDINGS)


def scan_columns(frame, names, settings, form="text", tally=None, file=None, identity=None):
    """A DataFrame of findings in columns of strings. file, identity: columns that say where a value is from."""
    accumulator = tally.accumulator if tally else None

    def task(batches):
        work = Batch(settings, "json" if form == "jsonl" else form)
        for batch in batches:
            yield _findings(work, batch, names, file, identity)
        if accumulator is not None:
            accumulator.add(work.counts)
    return frame.mapInArrow(task, FINDINGS_SQL)
