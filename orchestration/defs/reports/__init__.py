"""Workbooks and the detail behind them."""
