"""Engines that run the models in place of DuckDB: PostgreSQL and Spark.

The company's DuckDB file stays where records land and where reports read. A run on another engine
sends the loaded tables there, lets dbt build every model there, and takes the built tables back:
connectors, workbooks, closings and commands know one warehouse, whoever did the arithmetic.
"""

from capstream.warehouse.engines.engine import SENT, TAKEN_BACK, Column, Engine, tables_of
from capstream.warehouse.engines.postgres import PostgresEngine
from capstream.warehouse.engines.spark import SparkEngine

__all__ = ["SENT", "TAKEN_BACK", "Column", "Engine", "PostgresEngine", "SparkEngine", "tables_of"]
