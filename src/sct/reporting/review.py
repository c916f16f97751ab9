"""The annual review (báo cáo tổng kết): from figures and the declared plan to a `Report` of bound numbers.

Structure: domain-rules §6.2. Every sentence is filled from the ledger; a section without figures is left out or says
plainly that the ledger has none. Nothing here knows Word or HTML.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sct.catalogue.model import Figure
from sct.reporting import charts, labels, tables, targets
from sct.reporting.blocks import Annex, Block, Heading, Number, Paragraph, Report, Run, Table
from sct.reporting.known import Derived, Known, Names
from sct.reporting.phrases import Runs, Teller, joined
from sct.reporting.plan import (
    AssessmentPlan,
    ChartPlan,
    Content,
    GridPlan,
    ParagraphPlan,
    PlanTable,
    ReportPlan,
    Section,
    SummaryPlan,
    letterhead,
    report_plan,
)
from sct.reporting.sources import References
from sct.vietnamese.periods import Period


def build(  # noqa: PLR0917 (the rooms' contract)
    year: int,
    area: str,
    figures: Sequence[Figure],
    derived: Derived | None,
    planned: Iterable[Figure],
    catalogue: Names,
    *,
    as_of: date | None = None,
    dated: date | None = None,
    number: str = "",
    code: str = "annual_review",
) -> Report:
    """The review of a year for an area (its key).

    `figures` are all vintages known to the ledger, `planned` further targets (those among the figures count too),
    `derived` what the engine computed. `as_of` keeps what was published by that day; `dated` and `number` fill the
    header, empty ones stay blank for the officer. Same input, same report.
    """
    plan = report_plan(code)
    known = Known([*figures, *planned], derived, as_of)
    references = References(known, catalogue)
    teller = Teller(known, catalogue, references, area=area, year=year, groups=plan.groups)
    maker = _Maker(plan, teller)
    blocks = maker.sections(plan.sections)
    annexes = maker.annexes()
    return Report(
        code=plan.code,
        title=plan.title,
        summary=teller.plain(plan.summary),
        letterhead=letterhead(catalogue.area(area).code),
        blocks=tuple(blocks),
        annexes=annexes,
        year=year,
        area=area,
        number=number,
        dated=dated.isoformat() if dated else "",
        as_of=as_of.isoformat() if as_of else "",
        unfilled=tuple(maker.unfilled),
    )


class _Maker:
    """Makes blocks of declared sections."""

    def __init__(self, plan: ReportPlan, teller: Teller) -> None:
        self._plan = plan
        self._teller = teller
        self._targets = targets.Targets(teller, plan.lower_is_better)
        self._tables = 0
        self._charts = 0
        self.unfilled: list[str] = []

    def sections(self, sections: Sequence[Section]) -> list[Block]:
        """Headings with their contents; a heading of parts stands only where a part of it does."""
        made = [(section, self._section(section)) for section in sections]
        blocks: list[Block] = []
        for place, (section, contents) in enumerate(made):
            parts = _parts(made[place + 1 :], section.level)
            if contents or any(parts):
                blocks.append(Heading(self._teller.plain(section.title), section.level))
                blocks += contents
        return blocks

    def annexes(self) -> tuple[Annex, ...]:
        """Declared annexes that have figures, then the annex of sources, numbered I, II …"""
        made = [(self._teller.plain(section.title), self._section(section)) for section in self._plan.annexes]
        filled = [(title, blocks) for title, blocks in made if blocks]
        annexes = [Annex(labels.ROMAN[place], title, tuple(b)) for place, (title, b) in enumerate(filled, 1)]
        rows = self._teller.references.rows()
        annexes.append(Annex(labels.ROMAN[len(filled) + 1], "Nguồn của số liệu trong báo cáo", sources=rows))
        return tuple(annexes)

    def _section(self, section: Section) -> list[Block]:
        blocks = [block for content in section.contents for block in self._content(content)]
        if not blocks and section.contents:
            self.unfilled.append(self._teller.plain(section.title))
        if not blocks and section.empty:
            blocks.append(Paragraph((self._teller.plain(section.empty),)))
        return blocks

    def _content(self, content: Content) -> list[Block]:
        match content:
            case ParagraphPlan():
                return self._paragraph(content)
            case ChartPlan():
                return self._chart(content)
            case AssessmentPlan():
                return self._assessment()
        table = self._table(content)
        return [table] if table else []

    def _paragraph(self, content: ParagraphPlan) -> list[Block]:
        sentences = [runs for sentence in content.sentences for runs in self._teller.sentences(sentence)]
        runs: Runs = []
        for sentence in sentences:
            runs += [" ", *sentence] if runs else sentence
        return [Paragraph(tuple(joined(runs)))] if runs else []

    def _table(self, content: GridPlan | SummaryPlan | PlanTable) -> Table | None:
        title = f"Bảng {self._tables + 1}. {self._teller.plain(content.title)}"
        if isinstance(content, GridPlan):
            table = tables.grid(content, self._teller, title)
        elif isinstance(content, SummaryPlan):
            table = tables.summary(content, self._teller, title)
        elif content.which == "result":
            table = targets.result_table(self._targets, self._teller, title)
        else:
            chosen = self._targets.next_year() if content.which == "next" else self._targets.spans()
            table = targets.target_table(self._teller, title, chosen)
        self._tables += table is not None
        return table

    def _chart(self, content: ChartPlan) -> list[Block]:
        made = charts.chart(content, self._teller, f"Biểu đồ {self._charts + 1}. ")
        self._charts += made is not None
        return [made] if made else []

    def _assessment(self) -> list[Block]:
        outcomes = self._targets.outcomes()
        if not outcomes:
            return []
        year = self._teller.year
        kinds = (
            ("chỉ tiêu đạt hoặc vượt", (targets.REACHED, targets.EXCEEDED)),
            ("chỉ tiêu không đạt", (targets.MISSED,)),
            ("chỉ tiêu chưa có số liệu cả năm", (targets.NO_FIGURE, targets.PARTIAL)),
            ("chỉ tiêu chưa đủ căn cứ đánh giá", (targets.UNDECIDED,)),
        )
        whole = self._count(outcomes, "chỉ tiêu kế hoạch")
        parts = [(words, [o for o in outcomes if o.judgement in judgements]) for words, judgements in kinds]
        filled = [(words, chosen) for words, chosen in parts if chosen]
        if len(filled) == 1:
            words = filled[0][0].removeprefix("chỉ tiêu ")
            return [Paragraph(("Cả ", whole, f" chỉ tiêu kế hoạch năm {year} có trong sổ số liệu đều {words}."))]
        runs: list[Run] = ["Trong số ", whole, f" chỉ tiêu kế hoạch năm {year} có trong sổ số liệu"]
        for words, chosen in filled:
            runs += [", ", self._count(chosen, words), f" {words}"]
        return [Paragraph((*joined(runs), "."))]

    def _count(self, outcomes: list[targets.Outcome], what: str) -> Number:
        """A count of rows of the table of results, bound to the targets it counts."""
        counted = tuple(outcome.target.figure for outcome in outcomes)
        names = "; ".join(labels.series_name(self._teller.names, figure.series) for figure in counted)
        when = labels.period_name(Period.of_year(self._teller.year))
        return self._teller.references.reckon(str(len(outcomes)), f"Số {what}", f"đếm: {names}", counted, when)


def _parts(after: Sequence[tuple[Section, list[Block]]], level: int) -> list[list[Block]]:
    """The contents of the sections under a heading."""
    parts = []
    for section, contents in after:
        if section.level <= level:
            break
        parts.append(contents)
    return parts
