"""Reading workbooks (bảng tính) as they really come; docs/why/workbooks.md says how."""

from sct.reading.workbooks.context import Context
from sct.reading.workbooks.opening import is_workbook
from sct.reading.workbooks.reader import read_workbook

__all__ = ["Context", "is_workbook", "read_workbook"]
