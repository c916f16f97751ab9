"""The check of declarations names file, line and field of every fault; a department's folder changes what it names."""

from pathlib import Path

import pytest

from sct.catalogue import check, load
from sct.catalogue.formula import names_in
from sct.declared import rooms
from sct.errors import UserError


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A department's own declarations: `own("indicators/mine.yaml", text)`."""
    monkeypatch.setenv("SCT_DECLARATIONS", str(tmp_path))

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return write


def faults() -> dict[str, tuple[str, int | None, str]]:
    return {e.code: (e.place.file, e.place.line, e.place.field) for e in check() if "own" in e.place.file}


GOOD = """\
- code: rum_litres
  name: Sản lượng rượu rum
  name_en: Rum made
  unit: ha
  kind: flow
"""


def test_every_room_has_a_schema_that_is_a_manual():
    import json

    from sct.declared import PACKAGED

    for room in ("indicators", "areas", "breakdowns", "regimes", "stages", "laws", "parameters"):
        assert room in rooms()
        schema = json.loads((PACKAGED / room / "schema.json").read_text("utf-8"))
        assert schema["title"]
        assert schema["description"]
        assert schema["examples"]


def test_a_department_adds_an_indicator_in_five_lines(own):
    own("indicators/own.yaml", GOOD)
    assert faults() == {}
    assert load().indicator("rum_litres").group == "own"
    assert load().indicator("exports").number == "XK01"


def test_a_department_changes_only_the_fields_it_names(own):
    own("indicators/own.yaml", "- code: exports\n  name: Xuất khẩu của tỉnh\n")
    assert faults() == {}
    exports = load().indicator("exports")
    assert exports.name == "Xuất khẩu của tỉnh"
    assert exports.number == "XK01"
    assert load().resolve("exports_fdi") == ("exports", "ownership:fdi")


def test_a_department_closes_a_law(own):
    from datetime import date

    own("laws/own.yaml", "- code: nd-32-2024\n  validity: [{from: 2024-05-01, to: 2026-12-31}]\n")
    assert faults() == {}
    assert not load().laws["nd-32-2024"].in_force(date(2027, 1, 1))


def test_without_the_folder_the_packaged_words_are_back(own, monkeypatch):
    own("indicators/own.yaml", GOOD)
    assert "rum_litres" in load().indicators
    monkeypatch.delenv("SCT_DECLARATIONS")
    assert "rum_litres" not in load().indicators


def test_a_folder_that_does_not_exist_is_told(monkeypatch):
    monkeypatch.setenv("SCT_DECLARATIONS", "nowhere-at-all")
    with pytest.raises(UserError) as caught:
        load()
    assert caught.value.code == "bad-declarations-folder"


@pytest.mark.parametrize(
    ("addition", "code", "line", "field"),
    [
        ("  kinds: x\n", "unknown-field", 6, "kinds"),
        ("  parent: nothing_here\n", "unknown-reference", 6, "parent"),
        ("  agency: XYZ\n", "unknown-reference", 6, "agency"),
        ("  breakdowns: [ownership, colour]\n", "unknown-reference", 6, "breakdowns[1]"),
        (
            "  near_names:\n    - {code: exports, why: khác}\n    - {code: nil_code, why: khác}\n",
            "unknown-reference",
            8,
            "near_names[1].code",
        ),
        ("  near_names:\n    - {code: rum_litres, why: khác}\n", "near-itself", 7, "near_names[0].code"),
        ("  formula: exports + nothing_here\n", "unknown-reference", 6, "formula"),
        ("  formula: exports[colour:red] + imports\n", "unknown-reference", 6, "formula"),
        ("  formula: exports + (imports\n", "bad-formula", 6, "formula"),
        ("  formula: 100 * rum_litres\n", "cycle", 6, "formula"),
        ("  aliases: [rượu rum, kim ngạch xuất khẩu]\n", "duplicate-alias", 6, "aliases[1]"),
        ("  number: XK01\n", "duplicate-number", 6, "number"),
        ("  codes: [exports_fdi]\n", "duplicate-code", 6, "codes[0]"),
        ("  plausible:\n    - {low: 5, high: 5}\n", "bad-range", 7, "plausible[0]"),
        (
            "  definitions:\n    - {valid_from: 2020-01-01, text: x, law: nd-0}\n",
            "unknown-reference",
            7,
            "definitions[0].law",
        ),
        (
            "  partitions:\n    - {code: all, parts: [exports, ghost]}\n",
            "unknown-reference",
            7,
            "partitions[0].parts[1]",
        ),
        (
            "  views:\n    - {code: rum_red, name: a1, name_en: b, breakdown: 'ownership:fdi'}\n",
            "undeclared-breakdown",
            7,
            "views[0].breakdown",
        ),
        ("  headline: often\n", "bad-field", 6, "headline"),
    ],
)
def test_a_fault_names_file_line_and_field(own, addition, code, line, field):
    own("indicators/own.yaml", GOOD + addition)
    assert faults() == {code: ("indicators/own.yaml", line, field)}


def test_a_missing_english_name_is_a_fault(own):
    own("indicators/own.yaml", GOOD.replace("  name_en: Rum made\n", ""))
    assert faults() == {"missing-field": ("indicators/own.yaml", 1, "name_en")}


def test_an_unknown_unit_is_a_fault(own):
    own("indicators/own.yaml", GOOD.replace("unit: ha", "unit: barrels_of_rum"))
    assert faults() == {"unknown-reference": ("indicators/own.yaml", 4, "unit")}


def test_a_code_declared_twice_names_the_first_place(own):
    own("indicators/own.yaml", GOOD + GOOD)
    (error,) = [e for e in check() if "own" in e.place.file]
    assert error.code == "duplicate-code"
    assert error.place.line == 6
    assert "dòng 1" in error.what


def test_two_formulas_that_need_each_other_are_one_cycle(own):
    second = GOOD.replace("rum_litres", "gin_litres").replace("rum", "gin").replace("gin_litres", "gin_litres", 1)
    own("indicators/own.yaml", GOOD + "  formula: gin_litres + 1\n" + second + "  formula: rum_litres - 1\n")
    (error,) = [e for e in check() if "own" in e.place.file]
    assert error.code == "cycle"
    assert "rum_litres" in str(error.value)
    assert "gin_litres" in str(error.value)


def test_a_file_that_is_no_yaml_is_one_fault_with_its_line(own):
    own("indicators/own.yaml", GOOD + "  aliases: [a, b\n- code: x\n")
    (error,) = [e for e in check() if "own" in e.place.file]
    assert error.code == "bad-yaml"
    assert error.place.file == "indicators/own.yaml"
    assert error.place.line in (7, 8)


def test_a_file_that_is_no_list_is_a_fault(own):
    own("indicators/own.yaml", "code: rum_litres\n")
    assert faults() == {"bad-yaml": ("indicators/own.yaml", 1, "")}


def test_overlapping_days_of_a_parameter_are_a_fault(own):
    own(
        "parameters/own.yaml",
        "- code: own_size\n  name: Cỡ\n  name_en: Size\n  unit: ha\n  values:\n"
        "    - {value: 1, from: 2020-01-01, to: 2021-06-30}\n    - {value: 2, from: 2021-06-30}\n",
    )
    assert faults() == {"overlap": ("parameters/own.yaml", 7, "values[1].from")}


def test_a_gap_between_days_is_no_fault(own):
    own(
        "parameters/own.yaml",
        "- code: own_size\n  name: Cỡ\n  name_en: Size\n  unit: ha\n  values:\n"
        "    - {value: 1, from: 2020-01-01, to: 2020-12-31}\n    - {value: 2, from: 2022-01-01}\n",
    )
    assert faults() == {}


HEAD = "code,valid_from,valid_to,name,short_name,type,level,parent,predecessors,partial_predecessors,successors\n"


def test_a_succession_that_does_not_close_is_a_fault(own):
    own("areas/own.csv", HEAD + "99991,2025-07-01,,Xã Mới,Mới,Xã,commune,01@2008-08-01,00001@1900-01-01,,\n")
    assert faults() == {"open-succession": ("areas/own.csv", 2, "predecessors")}


def test_an_area_that_ended_without_heirs_is_a_fault(own):
    own("areas/own.csv", HEAD + "99991,1990-01-01,1999-12-31,Xã Cũ,Cũ,Xã,commune,01@2008-08-01,,,\n")
    assert faults() == {"no-successor": ("areas/own.csv", 2, "successors")}


def test_one_code_for_two_areas_on_one_day_is_a_fault(own):
    own("areas/own.csv", HEAD + "00004,2025-08-01,,Xã Mới,Mới,Xã,commune,01@2008-08-01,,,\n")
    assert faults() == {"overlap": ("areas/own.csv", 2, "valid_from")}


def test_the_names_in_a_formula_are_found():
    assert [tuple(name) for name in names_in("100 * (exports[ownership:fdi] - imports) / share(exports, 2.5)")] == [
        ("exports", "ownership:fdi"),
        ("imports", ""),
        ("exports", ""),
    ]


@pytest.mark.parametrize(
    "text",
    ["", "exports +", "+ exports *", "exports imports", "(exports", "exports)", "2 ** 3", "a.b", "__import__('os')"],
)
def test_an_ill_formed_formula_is_refused(text):
    with pytest.raises(UserError) as caught:
        names_in(text)
    assert caught.value.code == "bad-formula"
