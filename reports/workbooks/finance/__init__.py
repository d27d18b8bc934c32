"""The finance workbook: the month's capitalisation workpaper."""
