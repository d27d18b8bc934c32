"""Rules that a finished workbook must pass, each with a stable number."""
