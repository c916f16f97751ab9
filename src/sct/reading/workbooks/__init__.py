"""Reading workbooks (bảng tính) as they really come; docs/why/workbooks.md says how."""

from sct.reading.workbooks.context import Context
from sct.reading.workbooks.opening import is_workbook
from sct.reading.workbooks.reader import read_workbook
from sct.reading.workbooks.tables import TableCells, read_tables

__all__ = ["Context", "TableCells", "is_workbook", "read_tables", "read_workbook"]
