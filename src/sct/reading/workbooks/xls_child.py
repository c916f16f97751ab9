"""Run apart from everything else: opens an old workbook (.xls) from standard input and says how many cells it has.

A record that was tampered with can ask the native library for more memory than there is, which ends the process it
runs in; so this one does it first, with little memory to lose. Imports nothing of the product.
"""

import io
import sys

from python_calamine import CalamineWorkbook

MOST_CELLS = 8_000_000


def main() -> int:
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    cells = 0
    for sheet in map(book.get_sheet_by_name, book.sheet_names):
        cells += sheet.total_height * sheet.total_width
        if cells > MOST_CELLS:
            return 3
        sheet.to_python(skip_empty_area=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
