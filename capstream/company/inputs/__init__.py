"""The input tables that a company writes: row models, reading, validation, documentation."""

from capstream.company.inputs.input_tables import InputTables
from capstream.company.inputs.loading import load_inputs
from capstream.company.inputs.registry import INPUT_TABLES

__all__ = ["INPUT_TABLES", "InputTables", "load_inputs"]
