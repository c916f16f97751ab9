"""The reference of indicators as Markdown, made from the declarations (docs/reference/indicators.md)."""

from __future__ import annotations

from collections.abc import Iterator

from sct.catalogue.load import Catalogue, load
from sct.catalogue.model import Indicator

_HEAD = """# Chỉ tiêu

Tệp này do `make docs` sinh ra từ `declarations/indicators`; sửa khai báo, không sửa ở đây. / Generated from the
declarations; do not edit.

{count} mã, trong đó {numbered} có số hiệu của danh mục. Mã đứng sau «→» là chuỗi giữ số liệu của một dòng danh mục.
"""


def reference(catalogue: Catalogue | None = None) -> str:
    """All indicators and views by group: a table of them, then what is declared of each indicator."""
    known = catalogue if catalogue is not None else load()
    entries = known.entries
    lines = [_HEAD.format(count=len(entries), numbered=sum(1 for entry in entries if entry.number))]
    for group in dict.fromkeys(entry.group for entry in entries):
        member = known.breakdowns.get(f"group:{group}")
        lines.append(f"## {member.name if member else group}\n")
        lines.append("| số hiệu | mã | tên | English | đơn vị | loại |\n| --- | --- | --- | --- | --- | --- |")
        lines += [_row(entry) for entry in entries if entry.group == group]
        lines.append("")
        for entry in entries:
            if entry.group == group and not entry.view:
                lines += _details(entry, known)
    return "\n".join(lines).rstrip() + "\n"


def _row(entry: Indicator) -> str:
    code = f"`{entry.code}`"
    if entry.view:
        indicator, breakdown = entry.series
        code += f" → `{indicator}[{breakdown}]`" if breakdown else f" → `{indicator}`"
    cells = (entry.number, code, entry.name, entry.name_en, entry.unit.name or entry.unit.code, entry.kind.value)
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _details(entry: Indicator, known: Catalogue) -> Iterator[str]:
    facts = list(_facts(entry, known))
    if facts:
        yield f"### `{entry.code}` {entry.name}\n"
        yield from (f"- {fact}" for fact in facts)
        yield ""


def _facts(entry: Indicator, known: Catalogue) -> Iterator[str]:
    agency = known.breakdowns.get(f"agency:{entry.agency}")
    if agency is not None:
        yield f"Nguồn: {agency.name}"
    if entry.formula:
        yield f"Công thức: `{entry.formula}`"
    if entry.parent:
        yield f"Thuộc: `{entry.parent}`"
    if entry.breakdowns:
        yield "Phân tổ: " + ", ".join(known.breakdowns[code].name for code in entry.breakdowns)
    for partition in entry.partitions:
        parts = ", ".join(f"`{breakdown or code}`" for code, breakdown in partition.parts)
        yield ("Gồm đủ: " if partition.additive else "Nằm giữa (không cộng): ") + parts
    if entry.aliases:
        yield "Tên gọi khác: " + "; ".join(entry.aliases)
    for near in entry.near_names:
        yield f"Không nhầm với `{near.code}`: {near.why}"
    for definition in entry.definitions:
        law = known.laws.get(definition.law)
        yield f"Từ {definition.valid_from.isoformat()}: {definition.text}" + (f" ({law.number})" if law else "")
    if not entry.confirmed:
        yield "**Chưa xác nhận: phải có người kiểm tra trước khi in.**"
