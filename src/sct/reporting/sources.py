"""The annex of sources: every number of a report gets a row there, each figure one row however often it is printed."""

from __future__ import annotations

from sct.catalogue.model import Figure
from sct.reporting import labels
from sct.reporting.blocks import Number, SourceRow
from sct.reporting.known import Known, Names, Value

_Key = tuple[object, ...]


class References:
    """Hands out numbers bound to rows of the annex, and makes the rows."""

    def __init__(self, known: Known, names: Names) -> None:
        self._known = known
        self._names = names
        self._rows: dict[_Key, SourceRow] = {}

    def bind(self, text: str, value: Value, shown: str = "") -> Number:
        """A number that prints a value; `shown` is how the annex prints it if the text is only a part."""
        key: _Key = tuple(_identity(figure) for figure in value.figures)
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = self._published(value, shown or text)
        return Number(text, row.row, value.figures, value.formula, value.operands)

    def reckon(
        self, text: str, what: str, formula: str, operands: tuple[Figure, ...], period: str, *, shown: str = ""
    ) -> Number:
        """A number the report itself counts, divides or subtracts from figures it prints."""
        key: _Key = (what, formula)
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = SourceRow(
                row=len(self._rows) + 1,
                number=shown or text,
                name=what,
                period=period,
                stage=labels.RECKONED,
                title=formula,
                url="",
                published="",
                place=self._operands(operands),
            )
        return Number(text, row.row, (), formula, operands)

    def rows(self) -> tuple[SourceRow, ...]:
        """The rows in order of first use."""
        return tuple(self._rows.values())

    def _published(self, value: Value, text: str) -> SourceRow:
        figure = value.figure
        origin = figure.origin
        computed = bool(value.formula)
        name = labels.series_name(self._names, figure.series)
        how = labels.TRANSFORMATIONS[figure.transformation]
        return SourceRow(
            row=len(self._rows) + 1,
            number=labels.bound(value) + text,
            name=f"{name} ({how})" if how else name,
            period=labels.period_name(figure.period),
            stage=labels.STAGES[figure.stage],
            title=labels.formula(self._names, value.formula) if computed else origin.title,
            url="" if computed else origin.url,
            published=_printed_day(figure),
            place=self._operands(value.operands) if computed else origin.place or origin.file,
            earlier=tuple(labels.told(other) for other in self._known.earlier(figure)),
            figure=figure,
        )

    def _operands(self, operands: tuple[Figure, ...]) -> str:
        """The operands' own rows where they are printed, otherwise what they are."""
        said = []
        for figure in operands:
            row = self._rows.get((_identity(figure),))
            title = figure.origin.title or figure.origin.url
            said.append(f"dòng {row.row}" if row else f"{labels.told(figure)} {title}".strip())
        return "; ".join(dict.fromkeys(said))


def _identity(figure: Figure) -> object:
    return figure.id or figure


def _printed_day(figure: Figure) -> str:
    """The day of publication if the source prints it; an inferred one is not shown as fact."""
    if figure.origin.published_basis == "inferred":
        return f"khoảng {labels.day(figure.published)}" if figure.published else ""
    return labels.day(figure.published)
