"""Workbooks: described as frozen values, then rendered."""
