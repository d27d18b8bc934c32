"""Sheets and readings that every workbook shares."""
