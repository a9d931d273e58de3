"""piiglet on Spark: the job behind `piiglet-spark`, and the same for DataFrames of one's own.

    from piiglet_spark import Settings, scrub_columns
    clean = scrub_columns(frame, ["body"], Settings(policy="save-under-13"))
"""
from .batches import Tally, scan_columns, scrub_columns
from .settings import Settings

__all__ = ["Settings", "Tally", "scan_columns", "scrub_columns"]
