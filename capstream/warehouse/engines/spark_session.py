"""How a Spark session is started for the models, and what the machine must have for it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from capstream.errors import UsageError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

STANDARD = "spark.sql.ansi.enabled"

MEANING: Mapping[str, str] = {
    STANDARD: "true",
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
    "spark.sql.cteRecursionLevelLimit": "100000",
    "spark.sql.cteRecursionRowLimit": "-1",
    "spark.sql.sources.default": "parquet",
}
"""What a statement means: standard casts and names, times without a zone, exact products."""

ONE_MACHINE: Mapping[str, str] = {
    "spark.master": "local[2]",
    "spark.sql.catalogImplementation": "in-memory",
    # A shuffle, a compiled stage or a rule of the optimizer that pays for itself on millions of
    # rows costs more than it saves on some hundred small tables.
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.constraintPropagation.enabled": "false",
    "spark.sql.lightweightPlanChangeValidation": "false",
    "spark.sql.runSQLOnFiles": "false",
    "spark.sql.artifact.isolation.enabled": "false",
    "spark.sql.ui.explainMode": "simple",
    "spark.sql.maxPlanStringLength": "100",
    "spark.sql.files.maxPartitionBytes": "1g",
    "spark.sql.parquet.compression.codec": "uncompressed",
    "spark.broadcast.compress": "false",
    "spark.shuffle.compress": "false",
    # Every sort, window or aggregate takes a page of memory, by default 64 MB of it.
    "spark.buffer.pageSize": "1m",
    "spark.driver.memory": "4g",
    "spark.driver.extraJavaOptions": (
        "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m -XX:MetaspaceSize=512m "
        "-XX:+UseSerialGC -Xms3g -Xmn2g"
    ),
    # Nothing listens but on this machine, and nothing is told but errors.
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.retainedJobs": "1",
    "spark.ui.retainedStages": "1",
    "spark.ui.retainedTasks": "1",
    "spark.sql.ui.retainedExecutions": "1",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
"""What suits a session on one machine; a cluster has its own (docs/engines.md)."""

PACKAGES = ("pyspark", "dbt.adapters.spark")
JAVA = "install Java 17 or newer and put it on PATH, or set JAVA_HOME"


def missing_for_spark() -> tuple[str, str] | None:
    """Say what this machine lacks for a session, and what to do about it; None when nothing."""
    for package in PACKAGES:
        if importlib.util.find_spec(package) is None:
            needed = package.replace(".adapters.", "-")
            return f"target spark needs the package {needed}", "pip install 'capstream[spark]'"
    home = os.environ.get("JAVA_HOME")
    if shutil.which(f"{home}/bin/java" if home else "java") is None:
        return "target spark needs Java, and there is none", JAVA
    return None


def started_session(home: Path) -> SparkSession:
    """Start a session whose files lie in a folder.

    Raises:
        UsageError: A package or a Java runtime that fits is not installed.
    """
    if missing := missing_for_spark():
        raise UsageError(": ".join(missing))
    with warnings.catch_warnings():  # of pandas, which is not used here
        warnings.simplefilter("ignore", FutureWarning)
        from pyspark.errors import PySparkRuntimeError
        from pyspark.logger import PySparkLogger
        from pyspark.sql import SparkSession
    # It would print the whole plan of a refused statement; dbt tells the error itself.
    PySparkLogger.getLogger("SQLQueryContextLogger").disabled = True
    folders = {"spark.sql.warehouse.dir": home / "tables", "spark.local.dir": home / "scratch"}
    builder = SparkSession.builder
    for name, value in {**MEANING, **ONE_MACHINE, **folders}.items():
        builder = builder.config(name, str(value))
    try:
        session = builder.getOrCreate()
    except PySparkRuntimeError as error:
        raise UsageError(f"Spark did not start ({str(error).splitlines()[0]}): {JAVA}") from error
    return _kept_standard(session)


def _kept_standard(session: SparkSession) -> SparkSession:
    """Turn standard arithmetic on again before every statement.

    dbt-spark takes this very object for each statement and turns it off first, whatever the
    profile says: an overflow would then become null in silence.
    """
    plain = session.sql

    def standard(statement: str) -> DataFrame:
        session.conf.set(STANDARD, MEANING[STANDARD])
        return plain(statement)

    vars(session)["sql"] = standard
    return session
