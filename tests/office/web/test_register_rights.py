"""Who may see and edit which field: every field of every register × every role, on every way in and out.

A field that is kept from some roles holds a word of its own; the word must stand wherever a role that may see it looks,
and nowhere where another looks: list, card, form, API, files, search, map, desks, counts of filters, and what is open to all.
"""

import io
import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from sct.catalogue.registers import load_registers, register
from sct.office.people.models import Role

REGISTERS = load_registers()
OWN = """
- code: safes
  name: Két
  name_en: Safes
  one: két
  one_en: safe
  group: trade
  public: true
  fields:
    - {code: owner, name: Chủ két, name_en: Owner, type: text, column: true, see: [planner, leader], edit: [planner]}
    - {code: kind, name: Loại két, name_en: Kind, type: choice, column: true, see: [planner, leader], choices: [[steel, Thép kín, Steel], [wood, Gỗ kín, Wood]]}
    - {code: worth, name: Giá trị, name_en: Worth, type: number, unit: trieu_dong, column: true, see: [planner, leader], edit: [planner]}
    - {code: size, name: Cỡ, name_en: Size, type: number, unit: m2, column: true, public: true}
    - {code: density, name: Tỷ lệ kín, name_en: Density, type: ratio, unit: pct, of: [worth, size], column: true}
    - {code: last, name: Ngày hết, name_en: Last day, type: date, see: [planner, leader], column: true}
    - {code: trouble, name: Vướng mắc kín, name_en: Trouble, type: text, see: [planner, leader]}
    - {code: note, name: Ghi, name_en: Note, type: text, edit: [planner]}
  states:
    - {code: open, name: Mở, name_en: Open}
    - {code: shut, name: Đóng, name_en: Shut}
  transitions:
    - {to: shut, from: [open], name: Đóng lại, name_en: Shut}
"""
SECRETS = {"owner": "Bí Mật Chủ", "kind": "steel", "worth": "98765", "last": "2026-12-31", "trouble": "chuyện rất kín"}
# What of it would be seen: words as pages, files and the API write them.
TRACES = (
    "Bí Mật Chủ",
    "steel",
    "Thép kín",
    "98765",
    "98.765",
    "2026-12-31",
    "31-12-2026",
    "31/12/2026",
    "chuyện rất kín",
)
WAYS = [
    "/so-bo/safes/",
    "/so-bo/safes/?ngay=2024-06-01",
    "/so-bo/safes/?biet=2099-01-01",
    "/so-bo/safes/?xep=han",
    "/so-bo/safes/?dang=csv",
    "/so-bo/safes/ban-do.json",
    "/so-bo/ho-so/{entry}/",
    "/so-bo/ho-so/{entry}/?ngay=2024-06-01",
    "/so-bo/ho-so/{entry}/bien-dong/",
    "/api/so-bo/safes/",
    "/api/so-bo/ho-so/{entry}/",
    "/so-bo/?tim=ket+thu",
    "/tim/?q=ket+thu",
    "/so-bo/giay-phep/?muc=90",
    "/so-bo/vuong-mac/",
]
OPEN = [
    "/cong-khai/ho-so/{entry}/",
    "/cong-khai/safes/",
    *(f"/cong-khai/safes.{kind}" for kind in ("csv", "json", "geojson")),
]


@pytest.fixture
def safes(tmp_path, monkeypatch, chuyen_vien, hanoi):
    """A register with fields of every kind that only planners and leaders may see; one safe in it."""
    from sct.office.registers.actions import Draft, NewBatch, create
    from sct.office.registers.models import BatchKind

    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "own.yaml").write_text(OWN, "utf-8")
    monkeypatch.setenv("SCT_DECLARATIONS", str(tmp_path))
    from sct.catalogue.check import check

    assert check() == []
    values = {"name": "Két Thử", "area": hanoi, "size": "7", "lat": "21.03", "lon": "105.85", **SECRETS}
    draft = Draft(date(2024, 1, 1), "open", values, source="x")
    return create(chuyen_vien, register("safes"), [[draft]], NewBatch(BatchKind.FORM)).entries[0]


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code in (200, 403), address
    return answer.content.decode("utf-8", "replace")


def told(text):
    return [trace for trace in TRACES if trace in text.replace("\u00a0", " ")]


@pytest.mark.parametrize("role", list(Role))
def test_a_hidden_field_leaves_by_no_way(safes, people, client, role):
    client.force_login(people(f"nguoi.{role}", role))
    may = role in (Role.PLANNER, Role.LEADER)
    leaks = {way: found for way in WAYS if (found := told(text_of(client, way.format(entry=safes))))}
    if may:
        assert {"/so-bo/safes/", "/so-bo/safes/?dang=csv", "/so-bo/ho-so/{entry}/", "/api/so-bo/safes/"} <= set(leaks)
        return
    assert leaks == {}
    book = load_workbook(io.BytesIO(client.get("/so-bo/safes/?dang=xlsx").content))
    assert told(" ".join(str(cell) for row in book.active.iter_rows(values_only=True) for cell in row)) == []


USES = {
    "search": ("type: text, column", "type: text, search: true, column"),
    "facet": ("type: choice, column", "type: choice, facet: true, column"),
    "expires": ("  transitions:", "  expires: {until: last}\n  transitions:"),
    "blocked": ("  transitions:", "  blocked: {obstacle: trouble}\n  transitions:"),
    "public": ("name_en: Trouble, type: text", "name_en: Trouble, type: text, public: true"),
}


@pytest.mark.parametrize("use", list(USES))
def test_a_hidden_field_may_not_be_searched_filtered_or_a_deadline(tmp_path, monkeypatch, use):
    """What a search, a filter, a desk or a public page would tell of it is refused as a declaration."""
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "own.yaml").write_text(OWN.replace(*USES[use]), "utf-8")
    monkeypatch.setenv("SCT_DECLARATIONS", str(tmp_path))
    from sct.catalogue.check import check

    assert [one.code for one in check()] == ["secret-told"]


def test_nothing_hidden_is_open_to_all(safes, client):
    leaks = {way: found for way in OPEN if (found := told(text_of(client, way.format(entry=safes))))}
    assert leaks == {}


@pytest.mark.parametrize("role", [Role.DIVISION, Role.LOCAL, Role.ADMIN])
def test_a_field_of_others_is_not_edited_by_any_way(safes, people, client, role):
    """By form it is not there, by file and API it is refused, and what stands in it stays."""
    from sct.office.registers.models import Event

    client.force_login(people(f"nguoi.{role}", role))
    for address in ("/so-bo/safes/them/", f"/so-bo/ho-so/{safes}/bien-dong/"):
        form = client.get(address)
        if form.status_code == 200:
            assert not [code for code in ("owner", "worth", "note") if f'name="v.{code}"' in form.content.decode()]
    before = Event.objects.count()
    for code, value in (("note", "của tôi"), ("worth", "5"), ("kind", "wood")):
        body = json.dumps({"valid": "2025-01-01", "values": {code: value}})
        answer = client.post(f"/api/so-bo/ho-so/{safes}/", body, content_type="application/json")
        assert answer.status_code == 403, (code, answer.content.decode())
    file = SimpleUploadedFile("ket.csv", f"Mã hồ sơ,Tên,Ghi,Giá trị\n{safes},Két Thử,của tôi,5\n".encode())
    preview = client.post("/so-bo/safes/nap/", {"tep": file})
    if preview.status_code == 200:
        shown = preview.content.decode()
        assert told(shown) == []
        token = shown.partition('name="tep" value="')[2].partition('"')[0]
        client.post("/so-bo/safes/nap/ghi/", {"tep": token})
    assert Event.objects.count() == before


HIDDEN = [(code, one) for code, kind in REGISTERS.items() for one in kind.fields.values() if one.see or one.edit]


def test_every_shipped_field_of_some_roles_is_kept_from_the_others(people, client, chuyen_vien, hanoi):
    """Each field that a shipped register keeps from some roles, for each role: on the card, the list, in the API and file."""
    from sct.office.people.actions import grant, system_person
    from sct.office.registers.actions import Draft, NewBatch, create
    from sct.office.registers.models import BatchKind
    from tests.office.web.test_registers import value_for

    assert HIDDEN
    grant(system_person(), chuyen_vien, Role.ADMIN, hanoi)
    others = {role: people(f"nguoi.{role}", role) for role in Role}
    for code in sorted({code for code, _one in HIDDEN}):
        kind = REGISTERS[code]
        marks = {one.code: f"{40_000 + n}" for n, (_c, one) in enumerate(HIDDEN) if _c == code and one.numeric}
        needed = {one.code: value_for(one) for one in kind.fields.values() if one.required and one.code not in marks}
        draft = Draft(
            date(2024, 1, 1), kind.living[-1], {"name": "Hồ Sơ", "area": hanoi, **needed, **marks}, source="x"
        )
        entry = create(chuyen_vien, kind, [[draft]], NewBatch(BatchKind.FORM)).entries[0]
        for role, person in others.items():
            client.force_login(person)
            text = " ".join(
                text_of(client, way)
                for way in (f"/so-bo/{code}/?dang=csv", f"/api/so-bo/ho-so/{entry}/", f"/so-bo/ho-so/{entry}/")
            )
            for field, mark in marks.items():
                one = kind.fields[field]
                seen = mark in text or f"{mark[:2]}.{mark[2:]}" in text
                assert seen is (not one.see or role in one.see), (code, field, role)
