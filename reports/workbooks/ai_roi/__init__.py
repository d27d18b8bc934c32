"""The AI workbook: what AI tools cost and who uses them."""
