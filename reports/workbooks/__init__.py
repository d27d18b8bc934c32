"""Workbooks, one package each: one module a sheet, one that assembles."""
