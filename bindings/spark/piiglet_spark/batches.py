"""From Arrow batches to Arrow batches, in the executors' Python processes.

Values are bytes throughout: what is not UTF-8 is scanned as it is, and stays as it is."""
from collections import Counter

import piiglet
import pyarrow as pa
import pyarrow.compute as pc
from pyspark.accumulators import AccumulatorParam

from .settings import known, scrubber

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
        self.known = known(settings)
        self.counts = Counter()

    def value(self, name, data):
        """(output, findings) of one value; (None, None) of one that is dropped."""
        try:
            result = self.scrubber.process(data, self.form, self.known)
        except (piiglet.StreamError, piiglet.EngineFailed) as error:
            if not self.drop:
                raise
            self.counts["", "dropped", ""] += 1
            if isinstance(error, piiglet.Blocked):
                self.counts["", "blocked", ""] += 1
            return None, None
        self._count(name, result.findings)
        return result.output, result.findings

    def _count(self, name, findings):
        for finding in findings:
            self.counts[name, finding.entity, finding.rule] += 1

    def lines(self, name, joined):
        """Output of records that were joined by line ends; None: they have to be asked about one by one."""
        try:
            result = self.scrubber.process(joined, "jsonl", self.known)
        except (piiglet.StreamError, piiglet.EngineFailed):
            return None
        self._count(name, result.findings)
        return result.output


def _bytes(column):
    """A column of strings as bytes, as they are."""
    return column.cast(pa.binary())


def _strings(values, kind):
    """Bytes as a column of a type, as they are."""
    return pc.cast(pa.array(values, type=pa.binary()), kind, safe=False)


def _scrub_run(work, name, column):
    """Outputs of some records, or None where nothing changed. Records are asked about together, unless one of them is null,
    has a line end inside or is refused."""
    if column.null_count == 0:
        joined = pc.binary_join(pa.ListArray.from_arrays([0, len(column)], column), b"\n")[0].as_py()
        if joined.count(b"\n") == len(column) - 1:
            output = work.lines(name, joined)
            if output is joined:
                return None
            if output is not None:
                return output.split(b"\n")
    return _scrub_values(work, name, column.to_pylist())


def _scrub_records(work, name, column):
    """JSON Lines, about JOINED_BYTES at once; None where nothing changed."""
    step = max(1, len(column) * JOINED_BYTES // max(1, column.nbytes))
    runs = [column.slice(at, step) for at in range(0, len(column), step)]
    outputs = [_scrub_run(work, name, run) for run in runs]
    if all(output is None for output in outputs):
        return None
    return [value for run, output in zip(runs, outputs) for value in (run.to_pylist() if output is None else output)]


def _scrub_values(work, name, values):
    return [value if value is None else work.value(name, value)[0] for value in values]


def _scrub_batch(work, batch, names):
    """The batch with these columns scrubbed, and without the rows in which something was dropped."""
    lost = set()
    for name in names:
        index = batch.schema.get_field_index(name)
        column = _bytes(batch.column(index))
        if work.form == "jsonl":
            outputs = _scrub_records(work, name, column)
        else:
            outputs = _scrub_values(work, name, column.to_pylist())
        if outputs is None:
            continue
        valid = column.is_valid().to_pylist() if None in outputs else ()
        lost.update(at for at, present in enumerate(valid) if present and outputs[at] is None)
        columns = [*batch.columns[:index], _strings(outputs, batch.schema.field(index).type), *batch.columns[index + 1:]]
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
