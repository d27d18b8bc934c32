"""The only place of our code that opens the database.

dlt and dbt get path and settings from here; reports and analysts read through `read`.
"""

from capstream.warehouse.connection import LOADING_MEMORY, SCHEMA_VERSION, connect
from capstream.warehouse.names import identifier, qualified_name
from capstream.warehouse.reading import read, read_arrow, reading, warehouse_path
from capstream.warehouse.tables import bootstrap, replace_tables, require_this_layout

__all__ = [
    "LOADING_MEMORY",
    "SCHEMA_VERSION",
    "bootstrap",
    "connect",
    "identifier",
    "qualified_name",
    "read",
    "read_arrow",
    "reading",
    "replace_tables",
    "require_this_layout",
    "warehouse_path",
]
