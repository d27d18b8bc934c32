"""The page: cells of the workbooks as one self-contained HTML file."""
