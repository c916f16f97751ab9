"""The Word file: the same words as the blocks, each number a control that leads to its source and back."""

import re
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest
from lxml import etree

from sct.reporting import docx as writer
from sct.reporting.blocks import Paragraph
from tests.kit.reporting.world import review

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARK = re.compile(r"\[\d+\]")


@pytest.fixture(scope="module")
def report():
    return review(number="5", dated=date(2025, 1, 5))


@pytest.fixture(scope="module")
def file(report, tmp_path_factory):
    path = tmp_path_factory.mktemp("word") / "report.docx"
    writer.write(report, path)
    return path


@pytest.fixture(scope="module")
def body(file):
    with zipfile.ZipFile(file) as parts:
        return etree.fromstring(parts.read("word/document.xml"))


def plain(text):
    return " ".join(MARK.sub("", text.replace("\u00a0", " ")).split())


def test_word_says_what_the_blocks_say(report, body):
    told = {plain("".join(p.itertext(f"{W}t"))) for p in body.iter(f"{W}p")}
    for block in report.blocks:
        if isinstance(block, Paragraph):
            assert plain(block.text) in told


def test_every_mark_leads_to_a_row_and_every_row_back(body):
    kept = {node.get(f"{W}name") for node in body.iter(f"{W}bookmarkStart")}
    asked = {node.get(f"{W}anchor") for node in body.iter(f"{W}hyperlink")} - {None}
    assert asked
    assert asked <= kept


def test_every_number_of_the_text_is_a_control(report, body):
    controls = [node for node in body.iter(f"{W}sdt")]
    said = [number for number in report.numbers if number.text]
    assert len(controls) >= len({number.row for number in said})


def test_the_file_opens_and_heads_repeat_on_each_page(file):
    made = docx.Document(str(file))
    heads = [t for t in made.tables if t._tbl.findall(f".//{W}tblHeader")]
    assert len(heads) >= 3
    text = "\n".join(cell.text for table in made.tables for row in table.rows for cell in row.cells)
    assert "Số: 05/BC-SCT" in text
    assert "Hà Nội, ngày 05 tháng 01 năm 2025" in text


def test_a_draft_leaves_number_and_day_to_the_officer(tmp_path, report):
    path = tmp_path / "draft.docx"
    writer.write(replace(report, number="", dated=""), path)
    made = docx.Document(str(path))
    text = "\n".join(cell.text for table in made.tables for row in table.rows for cell in row.cells)
    assert "Số: ……/BC-SCT" in text
    assert "ngày …… tháng …… năm ……" in text


def test_the_same_report_is_the_same_file(tmp_path, report, file):
    again = tmp_path / "again.docx"
    writer.write(report, again)
    with zipfile.ZipFile(file) as one, zipfile.ZipFile(again) as other:
        assert one.read("word/document.xml") == other.read("word/document.xml")
