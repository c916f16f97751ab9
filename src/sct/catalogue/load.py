"""The catalogue: every declaration as a typed value, found by code or by name. Loaded once a declarations folder."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from sct import declared
from sct.catalogue import laws as law_room
from sct.catalogue.areas import Areas, load_areas
from sct.catalogue.breakdowns import Breakdowns, Member, load_breakdowns
from sct.catalogue.forms import (
    Division,
    Form,
    Holiday,
    Weight,
    load_divisions,
    load_forms,
    load_holidays,
    load_traits,
    load_weights,
)
from sct.catalogue.indicators import indicator_of, views_of
from sct.catalogue.model import Area, Indicator, Partition, Stage
from sct.declared import Row
from sct.errors import UserError
from sct.vietnamese.periods import Regime
from sct.vietnamese.quantities import Unit
from sct.words import _


class Alias(NamedTuple):
    """Words by which a text names a series."""

    text: str
    code: str
    breakdown: str


@dataclass(frozen=True, slots=True)
class ReleaseStage:
    """A release stage (loại số liệu) with the words that tell it and its usual time."""

    stage: Stage
    name: str
    name_en: str
    rank: int  # later stages replace earlier ones in people's minds; 0 for plans
    words: tuple[str, ...] = ()
    typical: str = ""
    law: str = ""


class Catalogue:
    """What is declared. Areas, breakdowns, laws and parameters are read when first asked for."""

    def __init__(self, rows: Mapping[str, Row]) -> None:
        self.units: Mapping[str, Unit] = _units()
        self.indicators: dict[str, Indicator] = {}
        self.views: dict[str, Indicator] = {}
        self._codes: dict[str, str] = {}
        for code, row in rows.items():
            indicator = indicator_of(row, self.units)
            self.indicators[code] = indicator
            for view in views_of(row, indicator):
                self.views[view.code] = view
            for other in row.get("codes", ()):
                self._codes[other] = code

    # -- indicators -----------------------------------------------------------------------------------

    @property
    def entries(self) -> list[Indicator]:
        """Indicators and views, as the printed list of indicators has them."""
        views: dict[str, list[Indicator]] = {}
        for view in self.views.values():
            views.setdefault(view.parent, []).append(view)
        return [entry for one in self.indicators.values() for entry in (one, *views.get(one.code, ()))]

    def indicator(self, code: str) -> Indicator:
        """The indicator or view of a code; raises `UserError("unknown-indicator")` with the nearest codes."""
        code = self._codes.get(code, code)
        found = self.indicators.get(code) or self.views.get(code) or self._by_number.get(code.upper())
        if found is None:
            raise self._unknown(code)
        return found

    def resolve(self, code: str) -> tuple[str, str]:
        """(indicator, breakdown) of a code: `exports_textiles` → `("exports", "commodity:textiles")`.

        Also takes `exports[commodity:textiles]`. Raises `UserError("unknown-indicator")`.
        """
        base, bracket, member = code.strip().partition("[")
        if not bracket:
            return self.indicator(base).series
        member = member.removesuffix("]")
        indicator = self.indicator(base)
        if member not in self.breakdowns or member.partition(":")[0] not in indicator.breakdowns:
            raise UserError(
                "unknown-breakdown",
                _("Chỉ tiêu {name} không có phân tổ này").format(name=indicator.name),
                value=member,
                expected=", ".join(indicator.breakdowns),
            )
        return indicator.series[0], member

    def _unknown(self, code: str) -> UserError:
        near = difflib.get_close_matches(code, [*self.indicators, *self.views, *self._codes], n=3, cutoff=0.5)
        return UserError(
            "unknown-indicator",
            _("Không có chỉ tiêu mang mã này"),
            value=code,
            expected=_("gần nhất: {codes}").format(codes=", ".join(near)) if near else "",
            way_out=_("Xem danh sách mã ở trang Chỉ tiêu hoặc docs/reference/indicators.md"),
        )

    def name_of(self, indicator: str, breakdown: str = "") -> str:
        """The Vietnamese name of a series: that of its view if it has one, else name and member."""
        view = self._view_of.get((indicator, breakdown))
        if view is not None:
            return view.name
        name = self.indicator(indicator).name
        return f"{name}: {self.breakdowns[breakdown].name}" if breakdown in self.breakdowns else name

    @cached_property
    def aliases(self) -> list[Alias]:
        """Names and aliases of all series, longest first, then alphabetically."""
        found: dict[str, Alias] = {}
        for entry in self.entries:
            if entry.view and ":" not in entry.breakdown:
                continue  # a transformation or a whole breakdown is no series of its own
            code, breakdown = entry.series
            for text in (entry.name, *entry.aliases):
                found.setdefault(text.lower(), Alias(text, code, breakdown))
        return sorted(found.values(), key=lambda alias: (-len(alias.text), alias.text))

    @cached_property
    def partitions(self) -> list[Partition]:
        """Every declared complete division of a whole into parts."""
        return [partition for indicator in self.indicators.values() for partition in indicator.partitions]

    def parts(self, code: str) -> list[Indicator]:
        """The components and views right under an indicator."""
        return [entry for entry in self.entries if entry.parent == code]

    @cached_property
    def _by_number(self) -> dict[str, Indicator]:
        return {entry.number: entry for entry in self.entries if entry.number}

    @cached_property
    def _view_of(self) -> dict[tuple[str, str], Indicator]:
        return {view.series: view for view in self.views.values() if ":" in view.breakdown}

    # -- the other rooms of the declarations ----------------------------------------------------------

    def unit(self, code: str) -> Unit:
        if code in self.units:
            return self.units[code]
        raise UserError("unknown-unit", _("Đơn vị chưa được khai báo"), value=code)

    @cached_property
    def areas(self) -> Areas:
        return load_areas()

    @cached_property
    def home(self) -> str:
        """Key of the province whose department this is: the one with most communes declared under it."""
        counted: dict[str, int] = {}
        for area in self.areas.values():
            if area.level == "commune" and area.valid_to is None:
                counted[area.parent] = counted.get(area.parent, 0) + 1
        return max(counted, key=lambda key: (counted[key], key))

    def area(self, key: str, on: date | None = None) -> Area:
        """By key (`01@2008-08-01`), or by the code in force on a day (None: now)."""
        return self.areas.find(key, on)

    def area_named(self, name: str, on: date | None = None) -> Area:
        """The area a text calls by this name on a day; raises `UserError` when unknown or ambiguous."""
        return self.areas.named(name, on)

    @cached_property
    def breakdowns(self) -> Breakdowns:
        return load_breakdowns()

    def member(self, code: str) -> Member:
        if code in self.breakdowns:
            return self.breakdowns[code]
        raise UserError("unknown-breakdown", _("Phân tổ chưa được khai báo"), value=code)

    @cached_property
    def regimes(self) -> Mapping[str, Regime]:
        rows = declared.merged("regimes", lambda row: str(row["code"]))
        return {code: Regime(code, int(row["first_day"]), row["name"]) for code, row in rows.items()}

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        return load_forms(self.units, self.regimes, self.resolve)

    def form(self, code: str) -> Form:
        """A declared form; raises `UserError("unknown-form")`."""
        if code in self.forms:
            return self.forms[code]
        near = difflib.get_close_matches(code, list(self.forms), n=3, cutoff=0.5)
        raise UserError("unknown-form", _("Không có biểu mẫu này"), value=code, expected=", ".join(near))

    @cached_property
    def divisions(self) -> Mapping[str, Division]:
        return load_divisions()

    @cached_property
    def holidays(self) -> Mapping[date, Holiday]:
        return load_holidays()

    @cached_property
    def traits(self) -> Mapping[str, frozenset[str]]:
        """Trait of areas (`clusters`) → keys of the areas that have it."""
        return load_traits()

    @cached_property
    def weights(self) -> tuple[Weight, ...]:
        """Recorded shares across changes of boundaries."""
        return load_weights()

    @cached_property
    def stages(self) -> Mapping[Stage, ReleaseStage]:
        rows = declared.merged("stages", lambda row: str(row["code"]))
        return {Stage(code): _stage(row) for code, row in rows.items()}

    @cached_property
    def laws(self) -> Mapping[str, law_room.Law]:
        return law_room.load_laws()

    def laws_in_force(self, on: date, topic: str = "") -> list[law_room.Law]:
        return [law for law in self.laws.values() if law.in_force(on) and topic in ("", *law.topics)]

    @cached_property
    def parameters(self) -> Mapping[str, law_room.Parameter]:
        return law_room.load_parameters()

    def parameter(self, code: str, on: date) -> law_room.ParameterValue:
        """What a law fixes on a day; raises `UserError` for an unknown code and for a day in a gap."""
        if code not in self.parameters:
            near = difflib.get_close_matches(code, list(self.parameters), n=3, cutoff=0.5)
            raise UserError(
                "unknown-parameter", _("Không có tham số mang mã này"), value=code, expected=", ".join(near)
            )
        return self.parameters[code].on(on)


def load() -> Catalogue:
    """The catalogue of the packaged declarations and of `SCT_DECLARATIONS`, read once a folder."""
    return _load(declared.folders())


@cache
def _load(folders: tuple[Path, ...]) -> Catalogue:
    assert folders
    return Catalogue(declared.merged("indicators", lambda row: str(row.get("code", ""))))


def _units() -> Mapping[str, Unit]:
    from sct.vietnamese.units import units

    return units()


def _stage(row: Row) -> ReleaseStage:
    return ReleaseStage(
        stage=Stage(row["code"]),
        name=row["name"],
        name_en=row["name_en"],
        rank=int(row["rank"]),
        words=tuple(row.get("words", ())),
        typical=row.get("typical", ""),
        law=row.get("law", ""),
    )
