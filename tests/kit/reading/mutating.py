"""Specimens of every kind of file and ways to break them, for the fuzzing of the readers."""

import io
import random
import re
import unicodedata
import zipfile

from tests.kit.reading.making import W, docx, paragraph, story, table
from tests.kit.reading.paper import Paper

TEXT = (
    "Năm 2031, huyện Nà Hin xuất khẩu đạt 2,1 tỷ USD, tăng 6,5% so với cùng kỳ; trong đó dệt may ước đạt 640 triệu USD, "
    "bằng 88% kế hoạch, đóng góp 1,4 điểm phần trăm. Phấn đấu khởi công 9 cụm công nghiệp, gấp 3 lần năm 2030."
)
ROWS = [["STT", "Chỉ tiêu", "Năm 2030", "Năm 2031"], ["1", "Chợ", "17", "18,5"], ["2", "Siêu thị", "4", "-"]]
NUMBERS = (b"0", b"-1", b"99999", b"2147483648", b"1e9", b"", b"\xff", b"NaN")


def word() -> bytes:
    numbering = (
        f'<?xml version="1.0"?><w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    item = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Chợ: 43</w:t></w:r></w:p>'
    merged = (
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr><w:p/></w:tc></w:tr>'
        '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    )
    box = f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('Khung 7%')}</w:txbxContent></w:pict></w:r></w:p>"
    styles = story("styles", '<w:style w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="H1"/></w:style>')
    return docx(
        paragraph("Báo cáo", "H1") + paragraph(TEXT) + item + table(ROWS) + merged + box,
        {
            "word/styles.xml": styles,
            "word/numbering.xml": numbering,
            "word/footnotes.xml": story("footnotes", f"<w:footnote>{paragraph('Chú thích 5%')}</w:footnote>"),
            "word/header1.xml": story("hdr", paragraph("Đầu trang")),
        },
    )


def page() -> bytes:
    rows = "".join("<tr>" + "".join(f"<td rowspan='1' colspan='1'>{c}</td>" for c in row) + "</tr>" for row in ROWS)
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>x</title></head><body><nav>Trang chủ</nav>"
        f"<h1>Tin</h1><p>{TEXT}</p><ul><li>43 chợ<ol><li>7 chợ</li></ol></li></ul><table><thead>{rows}</table>"
        "<font face='.VnTime'>Hµ Néi cã 14 chî</font><div class='footer'>Lượt xem: 12</div></body></html>"
    ).encode()


def paper() -> bytes:
    made = Paper()
    made.text(60, 50, "BÁO CÁO", 16)
    for number, line in enumerate(re.findall(r".{1,60}(?:\s|$)", TEXT)):
        made.text(60, 90 + 15 * number, line)
    for y in (300, 320, 340, 360):
        made.line(60, y, 460, y)
    for x in (60, 160, 260, 360, 460):
        made.line(x, 300, x, 360)
    for r, row in enumerate(ROWS):
        for c, words in enumerate(row):
            made.text(65 + 100 * c, 315 + 20 * r, words)
    return made.bytes()


def specimens() -> dict[str, bytes]:
    """A file of every kind that is read in this process or by PDFium, by name."""
    return {
        "a.docx": word(),
        "a.html": page(),
        "a.txt": TEXT.encode(),
        "nfd.txt": unicodedata.normalize("NFD", TEXT).encode(),
        "old.txt": "N¨m 2031 Hµ Néi cã 43 chî, t¨ng 6,5% so víi cïng kú, c«ng nghiÖp".encode("latin-1"),
        "a.pdf": paper(),
    }


def mutated(data: bytes, name: str, chance: random.Random) -> bytes:
    """A broken copy; a Word file is broken inside its parts more often than as a zip."""
    if name.endswith(".docx") and chance.random() < 0.8:
        return _inside(data, chance)
    if name.endswith(".html") and chance.random() < 0.7:
        return _elements(data, chance)
    return _bytes(data, chance, chance.randint(1, 6))


def _inside(data: bytes, chance: random.Random) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        broken = chance.sample(names, chance.randint(1, 2))
        for name in names:
            part = old.read(name)
            if name in broken:
                part = _elements(part, chance) if chance.random() < 0.7 else _bytes(part, chance, 1)
            new.writestr(name, part)
    return stream.getvalue()


_TAG = re.compile(rb"<[^<>]*>")
_VALUE = re.compile(rb"([\"'])([^\"']{0,12})\1")


def _elements(data: bytes, chance: random.Random) -> bytes:
    """Elements doubled, moved, nested deep, numbers made odd: still likely to be well-formed."""
    tags = [found.span() for found in _TAG.finditer(data)]
    if len(tags) < 4:
        return data
    a, b = sorted(chance.sample(range(len(tags)), 2))
    piece = data[tags[a][0] : tags[b][1]]
    match chance.randrange(5):
        case 0:
            return data[: tags[b][1]] + piece * chance.randint(1, 40) + data[tags[b][1] :]
        case 1:
            return data[: tags[a][0]] + data[tags[b][1] :]
        case 2:
            deep = chance.choice((50, 300, 3000))
            name = re.match(rb"<([\w:]+)", piece)
            if name is None:
                return data
            return data[: tags[a][0]] + b"<" + name[1] + b">" + (b"<" + name[1] + b">") * deep + data[tags[a][0] :]
        case 3:
            return _VALUE.sub(lambda m: m[1] + (chance.choice(NUMBERS) if chance.random() < 0.2 else m[2]) + m[1], data)
        case _:
            other = chance.choice(tags)
            return data[: tags[a][0]] + data[slice(*other)] + data[tags[a][0] :]


def _bytes(data: bytes, chance: random.Random, times: int) -> bytes:
    made = bytearray(data)
    for _time in range(times):
        at = chance.randrange(max(1, len(made)))
        match chance.randrange(7):
            case 0:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del made[at : at + chance.randint(1, 60)]
            case 2:
                most = chance.choice((127, 256))  # plain letters keep a text readable
                made[at:at] = bytes(chance.randrange(32, most) for _ in range(chance.randint(1, 30)))
            case 3:
                made[at:at] = made[max(0, at - chance.randint(1, 400)) : at] * chance.randint(1, 20)
            case 4:
                made = made[:at] or made
            case 5:
                made[at:at] = chance.choice(NUMBERS)
            case _:
                made[at : at + 20] = bytes(20)
    return bytes(made)
