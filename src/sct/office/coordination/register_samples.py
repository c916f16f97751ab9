"""The real entries that ship with the product, into the registers: each source one event, nothing filled in."""

from __future__ import annotations

import csv
import hashlib
import io

from django.utils import timezone

from sct.catalogue.histories import AREA, NAME
from sct.catalogue.model import PartialDate
from sct.catalogue.register_values import parse
from sct.catalogue.registers import Register, register
from sct.office.people.models import Person
from sct.office.registers.actions import Draft, NewBatch, create
from sct.office.registers.duplicates import contains
from sct.office.registers.models import Batch, BatchKind
from sct.samples import ENTRIES
from sct.words import _

BASES = {
    "as_found": lambda: _("thấy như vậy khi đọc nguồn, chưa rõ từ khi nào"),
    "inferred": lambda: _("năm suy ra, nguồn không in"),
    "printed_elsewhere": lambda: _("năm lấy ở nguồn khác"),
}


def load_entries(person: Person) -> int:
    """Record the packaged entries once; returns how many there are. A second run finds them there."""
    data = ENTRIES.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    lives: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(data.decode("utf-8"))):
        lives.setdefault((row["register"], row["entry"]), []).append(row)
    done = set(Batch.objects.filter(sha256=digest, kind=BatchKind.SAMPLE).values_list("register", flat=True))
    for code in dict.fromkeys(code for code, _entry in lives):
        if code not in done:
            kind = register(code)
            made = [_life(kind, rows) for (of, _entry), rows in lives.items() if of == code]
            create(person, kind, made, NewBatch(BatchKind.SAMPLE, ENTRIES.name, digest))
    return len(lives)


def _life(kind: Register, rows: list[dict[str, str]]) -> list[Draft]:
    """The sources of one entry as events, oldest first; a wider area never replaces a narrower one."""
    life: list[Draft] = []
    area = ""
    for row in rows:
        values = {} if life else {NAME: row["name"]}
        if not area or (area != row["area"] and contains(area, row["area"])):
            values[AREA] = area = row["area"]
        for pair in filter(None, row["values"].split("; ")):
            code, _sign, text = pair.partition("=")
            values[code] = parse(kind.fields[code], text.replace(".", ",") if kind.fields[code].numeric else text)
        life.append(_draft(row, values))
    return life


def _draft(row: dict[str, str], values: dict[str, str]) -> Draft:
    when = PartialDate(row["valid"])
    basis = BASES[row["basis"]]() if row["basis"] in BASES else ""
    return Draft(
        valid=min(when.first, timezone.localdate()),
        state=row["state"],
        values=values,
        decision=row["decision"],
        source=row["source"],
        published=row["published"],
        note="; ".join(part for part in (basis, row["note"]) if part),
        precision=int(when.precision),
        found=row["basis"] == "as_found",
    )
