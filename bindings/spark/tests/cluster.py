"""A cluster of two workers with an executor each, which are processes of their own, below the one that asks."""
import os
import re
import sys
from pathlib import Path

from pyspark.sql import SparkSession

EXECUTOR = "CoarseGrainedExecutorBackend"


def session(folder, workers=2, **settings):
    """A session on workers of one core each; its files are below `folder`."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ["SPARK_LOCAL_DIRS"] = str(folder / "local")
    os.environ["SPARK_WORKER_DIR"] = str(folder / "work")
    builder = SparkSession.builder.master(f"local-cluster[{workers},1,1024]").appName("piiglet")
    builder = builder.config("spark.ui.enabled", False).config("spark.ui.showConsoleProgress", False)
    builder = builder.config("spark.sql.warehouse.dir", str(folder / "warehouse"))
    builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    for name, value in settings.items():
        builder = builder.config(name.replace("_", "."), value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    return spark


def _stat(process):
    """(parent, CPU ticks) of a process, or nothing."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return int(fields[1]), int(fields[11]) + int(fields[12])


def below(ancestor):
    """Processes below one, by their ids."""
    parents = {int(path.name): _stat(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()}
    found, level = [], {ancestor}
    while level:
        level = {process for process, stat in parents.items() if stat and stat[0] in level}
        found += level
    return sorted(found)


def executors():
    """Ids of the processes of our executors."""
    found = []
    for process in below(os.getpid()):
        try:
            line = Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if re.search(rf"\.{EXECUTOR}\0", line) and "launcher.Main" not in line:
            found.append(process)
    return found


def executor_seconds():
    """CPU time of the executors and of their Python processes so far."""
    ticks = sum(stat[1] for executor in executors() for process in (executor, *below(executor))
                if (stat := _stat(process)))
    return ticks / os.sysconf("SC_CLK_TCK")
