"""Text files in pieces that end where lines end, as Hadoop divides them: a line is of the piece in which it begins."""

READ_BYTES = 1 << 20
MARK = b"\xef\xbb\xbf"


def divide(files, size_max, file_cost):
    """Pieces (file, begin, end) of files (name, bytes), in order, as a list for each task: about `size_max` bytes, where each
    piece counts `file_cost` bytes more than it has."""
    tasks, left = [], 0
    for name, size in files:
        for begin in range(0, size, size_max):
            end = min(size, begin + size_max)
            if end - begin + file_cost > left:
                tasks.append([])
                left = size_max
            tasks[-1].append((name, begin, end))
            left -= end - begin + file_cost
    return tasks


def _first_line(file, begin):
    """Goes to the first line that begins at `begin` or behind it; returns where that is."""
    if begin > 0:
        file.seek(begin - 1)
        file.readline()
    return file.tell()


def runs(file, begin, end, size=READ_BYTES):
    """Yields the lines of a piece of a binary file in runs of about `size` bytes; a run ends with a line end, which is added to
    the last line of a file that has none. A byte order mark of UTF-8 is left out, as Hadoop does."""
    at = _first_line(file, begin)
    while at < end:
        run = file.read(min(size, end - at))
        if not run.endswith(b"\n"):
            run += file.readline()
        if not run:
            return
        if at == 0:
            run = run.removeprefix(MARK)
        at = file.tell()
        yield run if run.endswith(b"\n") else run + b"\n"
