"""Run apart from everything else: takes a PDF on standard input, writes its characters and rulings as JSON.

PDFium is native code, so it never runs inside the product's own process. Imports nothing of the product. Coordinates
are hundredths of a point, y downwards from the top of the page. A page is {size, chars: [[code, left, top, right,
bottom, size, font]], rulings: [[x0, y0, x1, y1]], images}; `fonts` are the names that `font` counts.
"""

import ctypes
import json
import sys
from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

MOST_PAGES = 2_000
MOST_CHARS = 5_000_000
MOST_RULINGS = 20_000


def chars(text: Any, height: float, fonts: dict[str, int]) -> list[tuple[int, ...]]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    name = ctypes.create_string_buffer(200)
    flags = ctypes.c_int()
    refs = [ctypes.byref(one) for one in (left, right, bottom, top)]
    found: list[tuple[int, ...]] = []
    size, font = 0, 0
    for index in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, index)
        if not raw.FPDFText_GetCharBox(text, index, *refs):
            found.append((code, 0, 0, 0, 0, 0, 0))
            continue
        if (code > 32 and index % 4 == 0) or size == 0:
            size = round(raw.FPDFText_GetFontSize(text, index) * 100)
            length = raw.FPDFText_GetFontInfo(text, index, name, 200, ctypes.byref(flags))
            told = name.raw[: max(0, min(length, 200) - 1)].decode("utf-8", "replace") if length else ""
            font = fonts.setdefault(told, len(fonts))
        box = (left.value, height - top.value, right.value, height - bottom.value)
        found.append((code, *(round(100 * max(-20000.0, min(20000.0, edge))) for edge in box), size, font))
    return found


def rulings(page: Any, height: float) -> tuple[list[list[int]], int]:
    """Level and upright strokes and the edges of boxes; images are counted."""
    straight: list[list[int]] = []
    images = 0
    for item in page.get_objects(max_depth=4):
        images += item.type == raw.FPDF_PAGEOBJ_IMAGE
        if item.type != raw.FPDF_PAGEOBJ_PATH or len(straight) > MOST_RULINGS:
            continue
        for (x0, y0), (x1, y1) in strokes(item):
            edges = (min(x0, x1), height - max(y0, y1), max(x0, x1), height - min(y0, y1))
            is_straight = abs(x0 - x1) < 1.5 or abs(y0 - y1) < 1.5
            if is_straight and all(abs(edge) < 20000 for edge in edges):
                straight.append([round(100 * edge) for edge in edges])
    return straight, images


def strokes(item: Any) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The strokes of a path between the points of the page."""
    matrix = item.get_matrix()
    first = last = None
    for number in range(min(raw.FPDFPath_CountSegments(item.raw), 2_000)):
        segment = raw.FPDFPath_GetPathSegment(item.raw, number)
        x, y = ctypes.c_float(), ctypes.c_float()
        if not raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_LINETO and last is not None:
            yield last, point
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        last = point
        if raw.FPDFPathSegment_GetClose(segment) and first is not None:
            yield last, first


def main() -> None:
    data = sys.stdin.buffer.read()
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        json.dump({"refused": str(error)}, sys.stdout)
        return
    pages: list[dict[str, Any]] = []
    fonts: dict[str, int] = {}
    total = 0
    for number in range(min(count, MOST_PAGES)):
        try:
            page = document[number]
            width, height = page.get_size()
            text = page.get_textpage()
            listed = chars(text.raw, height, fonts)
            lines, images = rulings(page, height)
        except pypdfium2.PdfiumError:
            pages.append({"size": [0, 0], "chars": [], "rulings": [], "images": 0, "broken": True})
            continue
        total += len(listed)
        if total > MOST_CHARS:
            break
        pages.append({"size": [width, height], "chars": listed, "rulings": lines, "images": images})
        text.close()
        page.close()
    json.dump({"pages": pages, "count": count, "fonts": list(fonts)}, sys.stdout)


main()
