"""From the rows of events to the kit's events, and from an entry's life to the rows of its spans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from sct.catalogue import load
from sct.catalogue.classing import expires
from sct.catalogue.histories import AREA, LATITUDE, LONGITUDE, NAME, spans
from sct.catalogue.histories import Event as Told
from sct.catalogue.histories import Span as Life
from sct.catalogue.model import Area
from sct.catalogue.register_values import linked_number
from sct.catalogue.registers import Kind, Register
from sct.office.registers.mapping import cell_of
from sct.office.registers.models import FACET_COLUMNS, OPEN, Event, Span
from sct.vietnamese.text import search_key, sort_key

_KEY = 128
_LEVELS_WITH_A_MIDDLE = ("district", "commune")  # the middle of a whole province would mislead


def told(row: Event) -> Told:
    """The kit's event of a row."""
    return Told(
        valid=row.valid,
        state=row.state,
        values=row.values,
        entered=row.entered,
        number=row.pk or 0,
        decision=row.decision,
        decided=row.decided,
        signer=row.signer,
        document=row.document,
        source=row.source,
        found=row.found,
        precision=row.valid_precision,
    )


def span_rows(register: Register, entry: int, events: Iterable[Told]) -> list[Span]:
    """The spans of an entry, ready to be stored."""
    listed = list(events)
    life = spans(register, listed)
    words = _words(register, listed)
    return [_row(register, entry, one, words) for one in life]


def facet_columns(kind: Register) -> dict[str, str]:
    """Field → column of the read model, for the facets and links of a register."""
    return {one.code: column for one, column in zip((*kind.facets, *kind.links), FACET_COLUMNS, strict=False)}


def _words(register: Register, events: Iterable[Told]) -> str:
    """All names it ever had and the searched fields, without diacritics: an old name is found too."""
    searched = [NAME, *(one.code for one in register.fields.values() if one.search)]
    found = [value for event in events for code in searched if (value := event.values.get(code, ""))]
    return " ".join(dict.fromkeys(" ".join(search_key(text) for text in found).split()))[:2000]


def _row(register: Register, entry: int, life: Life, words: str) -> Span:
    snapshot = life.snapshot
    values = dict(snapshot.values)
    name, area = values.get(NAME, ""), values.get(AREA, "")
    lat, lon, approximate = place_of(values)
    row = Span(
        entry_id=entry,
        register=register.code,
        province=province_of(area),
        area=area,
        start=life.start,
        until=life.until or OPEN,
        open=life.until is None,
        entered=snapshot.entered_now,
        name=name[:300],
        name_key=sort_key(name).encode().hex()[:_KEY],
        search=words,
        state=snapshot.state,
        since=snapshot.since,
        since_precision=snapshot.precision,
        since_found=snapshot.found,
        values=values,
        lat=lat,
        lon=lon,
        approximate=approximate,
        cell=None if lat is None or lon is None else cell_of(lat, lon),
        expires=expires(register.expiry, snapshot, load().parameters) if register.expiry else None,
        blocked=bool(register.blocked and values.get(register.blocked.obstacle)),
    )
    for code, column in facet_columns(register).items():
        value = values.get(code, "")
        setattr(row, column, str(linked_number(value) or "") if register.fields[code].kind is Kind.ENTRY else value)
    return row


def place_of(values: Mapping[str, str]) -> tuple[float | None, float | None, bool]:
    """Where to show an entry: its own point, else the middle of its commune or district, marked as such."""
    if values.get(LATITUDE) and values.get(LONGITUDE):
        return float(values[LATITUDE]), float(values[LONGITUDE]), False
    area = area_of(values.get(AREA, ""))
    if area is None or area.level not in _LEVELS_WITH_A_MIDDLE or area.latitude is None:
        return None, None, False
    return area.latitude, area.longitude, True


def area_of(key: str) -> Area | None:
    return load().areas.get(key) if key else None


@lru_cache(maxsize=5000)
def province_of(key: str) -> str:
    """The key of the province an area lies in; "" for the country and for nothing."""
    area = area_of(key)
    while area is not None and area.level != "province":
        area = area_of(area.parent)
    return area.key if area else ""
