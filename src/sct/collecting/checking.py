"""The checks of a form: what is empty and may not be, and the declared rules. One finding a cell and rule.

The rule for missing values: a check waits while one of its cells is empty (its emptiness is a finding of its own when
the form is sent); a dash counts as 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sct.catalogue.forms import Form, Rule
from sct.collecting.entries import illegal
from sct.collecting.filling import DASH, Values, cells_of, number_of, row_name, rows_of, with_sums
from sct.vietnamese.write import write_number
from sct.words import _


@dataclass(frozen=True, slots=True)
class Remark:
    """Nhận xét của phép kiểm: at a cell, an error (cannot be sent) or a warning, with its arithmetic in words."""

    path: str
    severity: str  # error | warning
    text: str
    code: str

    @property
    def stops(self) -> bool:
        return self.severity == "error"


def remarks(form: Form, values: Values, before: Values | None = None, known: Values | None = None) -> list[Remark]:
    """What the declared rules say of the values so far; `before` are the values of the period before, `known` what the
    registers say of the entries in the form's rows."""
    filled, earlier = with_sums(form, values), with_sums(form, before or {})
    found: list[Remark] = []
    for rule in form.rules:
        found += _RULES[rule.kind](form, rule, filled, earlier)
    found += [Remark(path, "error", text, "step") for path, text in illegal(form, filled, known or {})]
    return found


def missing(form: Form, values: Values) -> list[Remark]:
    """The cells that may not be empty and are; a table's only in rows where something stands."""
    found: list[Remark] = []
    for code, field in form.fields.items():
        if field.required and not field.sum and not values.get(code):
            found.append(_empty(code, field.label))
    for table in form.tables:
        for row in rows_of(table, values):
            for column in table.columns:
                path = table.path(row, column)
                if column.required and not values.get(path):
                    found.append(_empty(path, f"{column.label}, {row_name(table, row, values)}"))
    return found


def _empty(path: str, name: str) -> Remark:
    return Remark(path, "error", _("Chưa có: {name}").format(name=name), "empty")


def _known(values: Values, path: str) -> Fraction | None:
    """The number for a check: a dash is 0, an empty cell None."""
    text = values.get(path, "")
    return Fraction(0) if text == DASH else number_of(text)


def _label(form: Form, path: str, values: Values) -> str:
    """The name of a cell in a sentence; of a table's, with the thing its row tells of."""
    field = form.at(path)
    assert field is not None, path
    code, _dot, rest = path.partition(".")
    table = form.table(code) if rest else None
    return field.label if table is None else f"{field.label} ({row_name(table, rest.partition('.')[0], values)})"


def _said(rule: Rule, arithmetic: str) -> str:
    return f"{arithmetic}. {rule.note}" if rule.note else arithmetic


def _text_of(number: Fraction) -> str:
    decimals = 0
    while decimals < 4 and (number * 10**decimals).denominator != 1:
        decimals += 1
    return write_number(number, decimals)


def _parts(form: Form, rule: Rule, values: Values, _before: Values) -> Iterator[Remark]:
    whole = _known(values, rule.whole)
    parts = [_known(values, part) for part in rule.parts]
    if whole is None or None in parts:
        return
    total = sum((part for part in parts if part is not None), Fraction(0))
    if total == whole or (not rule.complete and total < whole):
        return
    written = " + ".join(_text_of(part) for part in parts if part is not None)
    relation = _("phải bằng") if rule.complete else _("không được quá")
    text = _("{sum} = {total}, {relation} {name} {whole}").format(
        sum=written,
        total=_text_of(total),
        relation=relation,
        name=_label(form, rule.whole, values),
        whole=_text_of(whole),
    )
    yield Remark(rule.whole, rule.severity, _said(rule, text), "parts")


def _at_most(form: Form, rule: Rule, values: Values, _before: Values) -> Iterator[Remark]:
    fields, limits = cells_of(form, rule.field, values), cells_of(form, rule.than, values)
    for path, limit in zip(fields, limits if len(limits) == len(fields) else limits * len(fields), strict=True):
        mine, most = _known(values, path), _known(values, limit)
        if mine is not None and most is not None and mine > most:
            text = _("{name} {mine} lớn hơn {other} {most}").format(
                name=_label(form, path, values),
                mine=_text_of(mine),
                other=_label(form, limit, values),
                most=_text_of(most),
            )
            yield Remark(path, rule.severity, _said(rule, text), "at-most")


def _change(form: Form, rule: Rule, values: Values, before: Values) -> Iterator[Remark]:
    now, then = _known(values, rule.field), _known(before, rule.field)
    if now is None or not then:
        return
    percent = (now / then - 1) * 100
    if abs(percent) > Fraction(str(rule.percent)):
        verb = _("tăng") if percent > 0 else _("giảm")
        text = _("{name} {verb} {percent}% so với kỳ trước ({then})").format(
            name=_label(form, rule.field, values), verb=verb, percent=write_number(abs(percent), 1), then=_text_of(then)
        )
        yield Remark(rule.field, rule.severity, _said(rule, text), "change")


def _rise(form: Form, rule: Rule, values: Values, before: Values) -> Iterator[Remark]:
    now, then = _known(values, rule.field), _known(before, rule.field)
    if now is not None and then is not None and now < then:
        text = _("{name} lũy kế {now} thấp hơn kỳ trước {then}").format(
            name=_label(form, rule.field, values), now=_text_of(now), then=_text_of(then)
        )
        yield Remark(rule.field, rule.severity, _said(rule, text), "rise")


def _explain(form: Form, rule: Rule, values: Values, _before: Values) -> Iterator[Remark]:
    number = _known(values, rule.field)
    if number and number > 0 and not values.get(rule.text):
        text = _("{name} là {n} nên cần ghi «{other}»").format(
            name=_label(form, rule.field, values), n=_text_of(number), other=_label(form, rule.text, values)
        )
        yield Remark(rule.text, rule.severity, _said(rule, text), "explain")


_RULES: Mapping[str, Callable[[Form, Rule, Values, Values], Iterator[Remark]]] = {
    "parts": _parts,
    "at_most": _at_most,
    "change": _change,
    "rise": _rise,
    "explain": _explain,
}
