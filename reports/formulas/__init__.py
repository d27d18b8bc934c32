"""Formula nodes: each writes itself for a spreadsheet and computes itself over the description.

The computation follows the spreadsheet's reading: text compares without case, a criterion that
looks like a number meets text that looks like the same number, an empty cell counts as zero.
Only functions that Excel 2016 and LibreOffice 7.4 both compute are written.
"""

from reports.formulas.arithmetic import (
    Absolute,
    Cumulative,
    Difference,
    Plus,
    Product,
    Quotient,
    Ratio,
    Round,
)
from reports.formulas.decisions import Choose, Concat, IsFormula, Lookup, Status, where_known
from reports.formulas.extremes import ColumnProduct, Greatest, Least, Percentile
from reports.formulas.references import Alongside, Const, CrossRef, Here, Named, Span, Total
from reports.formulas.sums import ColumnTotal, CountIfs, MatrixSum, RowSum, Subtotal, Sum, SumIfs
from reports.formulas.values import CONSTANTS, DAY_ZERO, ZERO, as_number, criterion_key

__all__ = [
    "CONSTANTS",
    "DAY_ZERO",
    "ZERO",
    "Absolute",
    "Alongside",
    "Choose",
    "ColumnProduct",
    "ColumnTotal",
    "Concat",
    "Const",
    "CountIfs",
    "CrossRef",
    "Cumulative",
    "Difference",
    "Greatest",
    "Here",
    "IsFormula",
    "Least",
    "Lookup",
    "MatrixSum",
    "Named",
    "Percentile",
    "Plus",
    "Product",
    "Quotient",
    "Ratio",
    "Round",
    "RowSum",
    "Span",
    "Status",
    "Subtotal",
    "Sum",
    "SumIfs",
    "Total",
    "as_number",
    "criterion_key",
    "where_known",
]
