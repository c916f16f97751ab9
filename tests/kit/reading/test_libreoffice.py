"""doc, odt and rtf are read by way of LibreOffice where it is installed, else refused with the way out."""

import io

import docx
import pytest

from sct.errors import UserError
from sct.reading import libreoffice, open_document, read
from sct.reading.resolving import original, same_words


def body() -> bytes:
    """A whole Word file, as Word would save it: LibreOffice opens no sketch of one."""
    made = docx.Document()
    made.add_paragraph("Năm 2031 huyện Nà Hin có 43 chợ, tăng 6,5%.")
    grid = made.add_table(2, 2)
    for place, words in enumerate(("Chợ", "Năm 2031", "Bản Chang", "17")):
        grid.cell(place // 2, place % 2).text = words
    made.add_paragraph("Hết.")  # a table at the very end is lost by the export to .doc
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_without_libreoffice_an_old_file_is_refused_with_the_way_out(monkeypatch):
    monkeypatch.setattr(libreoffice, "installed", lambda: "")
    with pytest.raises(UserError) as refused:
        open_document(b"{\\rtf1 x}", "a.rtf")
    assert refused.value.code == "no-libreoffice" and ".docx" in str(refused.value)


@pytest.mark.libreoffice
@pytest.mark.long
@pytest.mark.skipif(not libreoffice.installed(), reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["doc", "odt", "rtf"])
def test_other_word_processors_give_the_same_statements_with_their_places(kind):
    made = body()
    data = libreoffice.converted(made, "a.docx", kind)
    document = open_document(data, f"a.{kind}")
    assert document.kind == kind
    assert [s.quote for s in read(document)] == [s.quote for s in read(open_document(made, "a.docx"))]
    [grid] = document.tables
    assert (grid.rows, grid.columns) == (2, 2)
    statement = read(document)[0]
    assert same_words(original(data, document, statement.start, statement.end), statement.quote)


@pytest.mark.libreoffice
@pytest.mark.long
@pytest.mark.skipif(not libreoffice.installed(), reason="LibreOffice is not installed")
def test_a_damaged_old_file_is_refused():
    with pytest.raises(UserError) as refused:
        open_document(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000), "a.doc")
    assert refused.value.code in {"damaged-file", "no-text"}
