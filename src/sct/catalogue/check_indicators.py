"""Faults of the indicators that a schema cannot see: references, formulas, cycles, names claimed twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sct.catalogue.faults import Field, fault, items, unknown, words
from sct.catalogue.formula import names_in
from sct.declared import Row
from sct.errors import UserError
from sct.words import _

Rows = Mapping[str, Row]


class _Known:
    """The codes that references may name."""

    def __init__(self, rows: Rows, breakdowns: Iterable[str], laws: Iterable[str], units: Iterable[str]) -> None:
        self.breakdowns = set(breakdowns)
        self.laws = set(laws)
        self.units = set(units)
        self.views = {str(view.get("code")) for row in rows.values() for _i, view in items(row, "views")}
        self.indicators = set(rows)
        self.named = self.indicators | self.views


def indicator_faults(
    rows: Rows, breakdowns: Iterable[str], laws: Iterable[str], units: Iterable[str]
) -> list[UserError]:
    """Every fault of the indicator rows (schema apart)."""
    known = _Known(rows, breakdowns, laws, units)
    found: list[UserError] = []
    for row in rows.values():
        found += _references(row, known)
        found += _view_references(row, known)
        found += _formula(row, known)
        found += _ranges(row)
    found += _claimed_twice(rows)
    found += _cycles(rows)
    return found


def _references(row: Row, known: _Known) -> Iterator[UserError]:
    for kind, field, code, codes in _named(row, known):
        if code not in codes:
            yield unknown(kind, row, field, code, codes)
    for index, item in items(row, "near_names"):
        if item.get("code") == row["code"]:
            yield fault("near-itself", _("Chỉ tiêu không thể dễ nhầm với chính nó"), row, ("near_names", index, "code"))


def _named(row: Row, known: _Known) -> Iterator[tuple[str, Field, str, set[str]]]:
    """Every reference of a row: what it should be, where it stands, its code, the codes there are."""
    single = (
        (_("Đơn vị"), "unit", "", known.units),
        (_("Chỉ tiêu tổng"), "parent", "", known.indicators),
        (_("Cơ quan"), "agency", "agency:", known.breakdowns),
        (_("Nhóm"), "group", "group:", known.breakdowns),
    )
    for kind, field, prefix, codes in single:
        if field in row:
            yield kind, (field,), f"{prefix}{row[field]}", codes
    for index, word in words(row, "breakdowns"):
        yield _("Phân tổ"), ("breakdowns", index), word, known.breakdowns
    for index, item in items(row, "near_names"):
        yield _("Chỉ tiêu dễ nhầm"), ("near_names", index, "code"), str(item.get("code")), known.named
    for index, item in items(row, "definitions"):
        if "law" in item:
            yield _("Văn bản"), ("definitions", index, "law"), str(item["law"]), known.laws
    for index, item in items(row, "partitions"):
        for number, part in words(item, "parts"):
            member = ":" in part
            yield (
                _("Phần"),
                ("partitions", index, "parts", number),
                part,
                known.breakdowns if member else known.indicators,
            )


def _view_references(row: Row, known: _Known) -> Iterator[UserError]:
    dimensions = {word for _i, word in words(row, "breakdowns")}
    field: Field
    for index, view in items(row, "views"):
        for number, item in items(view, "near_names"):
            if item.get("code") not in known.named:
                field = ("views", index, "near_names", number, "code")
                yield unknown(_("Chỉ tiêu dễ nhầm"), row, field, str(item.get("code")), known.named)
        breakdown = view.get("breakdown")
        if breakdown is None:
            continue
        field = ("views", index, "breakdown")
        if breakdown not in known.breakdowns:
            yield unknown(_("Phân tổ"), row, field, str(breakdown), known.breakdowns)
        elif str(breakdown).partition(":")[0] not in dimensions:
            what = _("Chỉ tiêu không khai báo phân tổ này ở mục breakdowns")
            yield fault("undeclared-breakdown", what, row, field, breakdown)


def _formula(row: Row, known: _Known) -> Iterator[UserError]:
    if "formula" not in row:
        return
    try:
        names = names_in(str(row["formula"]))
    except UserError as error:
        yield error.at(row.exact("formula"))
        return
    for name in names:
        if name.code not in known.named:
            yield unknown(_("Chỉ tiêu trong công thức"), row, ("formula",), name.code, known.named)
        if name.member and name.member not in known.breakdowns:
            yield unknown(_("Phân tổ"), row, ("formula",), name.member, known.breakdowns)


def _ranges(row: Row) -> Iterator[UserError]:
    for index, item in items(row, "plausible"):
        low, high = item.get("low"), item.get("high")
        if isinstance(low, int | float) and isinstance(high, int | float) and low >= high:
            yield fault("bad-range", _("Cận dưới không nhỏ hơn cận trên"), row, ("plausible", index), f"{low} … {high}")


def _claims(rows: Rows) -> Iterator[tuple[str, str, Row, Field]]:
    """Everything that may be claimed once only: (kind, text, row, field)."""
    for row in rows.values():
        yield "code", str(row["code"]), row, ("code",)
        for index, word in words(row, "codes"):
            yield "code", word, row, ("codes", index)
        yield from _naming(row, row, ())
        for index, view in items(row, "views"):
            yield "code", str(view.get("code")), row, ("views", index, "code")
            yield from _naming(view, row, ("views", index))


def _naming(named: Mapping[str, object], row: Row, where: Field) -> Iterator[tuple[str, str, Row, Field]]:
    if "number" in named:
        yield "number", str(named["number"]), row, (*where, "number")
    seen = {str(named.get("name", "")).lower()}
    yield "alias", str(named.get("name", "")).lower(), row, (*where, "name")
    for index, word in words(named, "aliases"):
        if word.lower() not in seen:
            seen.add(word.lower())
            yield "alias", word.lower(), row, (*where, "aliases", index)


def _claimed_twice(rows: Rows) -> Iterator[UserError]:
    messages = {
        "code": ("duplicate-code", _("Mã đã có ở {place}")),
        "number": ("duplicate-number", _("Số hiệu đã có ở {place}")),
        "alias": ("duplicate-alias", _("Tên gọi đã thuộc chỉ tiêu ở {place}")),
    }
    first: dict[tuple[str, str], Row] = {}
    for kind, text, row, field in _claims(rows):
        if (kind, text) in first:
            code, what = messages[kind]
            yield fault(code, what.format(place=first[kind, text].place), row, field, text)
        else:
            first[kind, text] = row


def _cycles(rows: Rows) -> Iterator[UserError]:
    """Formulas, and wholes, that come back to themselves; each circle is told once."""
    uses: dict[str, list[str]] = {}
    for code, row in rows.items():
        try:
            uses[code] = [name.code for name in names_in(str(row["formula"]))] if "formula" in row else []
        except UserError:
            uses[code] = []
    wholes = {code: [str(row["parent"])] if "parent" in row else [] for code, row in rows.items()}
    for field, edges in (("formula", uses), ("parent", wholes)):
        for circle in _circles(edges):
            row = rows[circle[0]]
            yield fault("cycle", _("Khai báo vòng tròn"), row, (field,), " → ".join([*circle, circle[0]]))


def _circles(edges: Mapping[str, list[str]]) -> list[list[str]]:
    found: list[list[str]] = []
    done: set[str] = set()

    def walk(code: str, path: list[str]) -> None:
        if code in path:
            circle = path[path.index(code) :]
            if not any(set(circle) == set(other) for other in found):
                found.append(circle)
            return
        if code in done:
            return
        for other in edges.get(code, ()):
            walk(other, [*path, code])
        done.add(code)

    for code in edges:
        walk(code, [])
    return found
