"""Files as Spark sees them: whatever has a Hadoop file system, by its own calls."""
import json


class Storage:
    """Lists, reads and writes small files through the driver's JVM."""

    def __init__(self, spark):
        self.jvm = spark.sparkContext._jvm  # pylint: disable=protected-access
        self.configuration = spark.sparkContext._jsc.hadoopConfiguration()  # pylint: disable=protected-access

    def _path(self, name):
        path = self.jvm.org.apache.hadoop.fs.Path(name)
        return path, path.getFileSystem(self.configuration)

    def address(self, name):
        """The whole address of what a job calls `name`."""
        path, system = self._path(name)
        return system.makeQualified(path).toString()

    def exists(self, name):
        path, system = self._path(name)
        return system.exists(path)

    def files(self, name):
        """(address, bytes, time of change) of each file that a path or pattern names, in order; hidden ones are none."""
        path, system = self._path(name)
        found = []
        for status in system.globStatus(path) or ():
            listed = system.listFiles(status.getPath(), True)
            top = status.getPath().toString()
            while listed.hasNext():
                file = listed.next()
                address = file.getPath().toString()
                steps = address[len(top):].split("/")
                if not any(step.startswith(("_", ".")) for step in steps):
                    found.append((address, file.getLen(), file.getModificationTime()))
        return sorted(found)

    def read_json(self, name):
        path, system = self._path(name)
        stream = system.open(path)
        try:
            return json.loads(self.jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8"))
        finally:
            stream.close()

    def write_json(self, name, value):
        """Writes beside and renames: the file is there whole, or not at all."""
        path, system = self._path(name)
        beside, _ = self._path(name + ".new")
        stream = system.create(beside, True)
        try:
            stream.write(json.dumps(value, indent=1).encode() + b"\n")
        finally:
            stream.close()
        system.delete(path, False)
        if not system.rename(beside, path):
            raise OSError(f"{name} could not be written")
