"""Capstream's pure Python: companies, connectors, the warehouse and the close.

Nothing below this package imports Dagster, dbt or a spreadsheet writer.
"""

__version__ = "0.1.0"
