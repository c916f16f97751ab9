"""Files of every kind made at random: the words that were put in are known, so what is read can be held to them."""

from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from tests.kit.reading.making import docx, story

WORDS = [
    *("Năm 2031,", "xã Mường Thải", "xuất khẩu", "đạt 2,1 tỷ USD,", "tăng 6,5%", "so với", "cùng kỳ;", "trong đó"),
    *("43 cụm", "công nghiệp", "ước", "Hòa Bình", "(kế hoạch", "11,31%)", "nghìn tỷ đồng.", "và", "chợ & siêu thị"),
    *("<5%>", "giảm 0,4", "điểm phần trăm"),
]
words = st.sampled_from(WORDS)
sentence = st.lists(words, min_size=1, max_size=8).map(" ".join)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as runs; a word may be cut anywhere between two of them."""

    runs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(self.runs)


@st.composite
def paragraphs(draw) -> Paragraph:
    text = draw(sentence)
    cuts = sorted(set(draw(st.lists(st.integers(0, len(text)), max_size=4))))
    edges = [0, *cuts, len(text)]
    return Paragraph(tuple(text[a:b] for a, b in pairwise(edges)))


tables = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.lists(st.one_of(sentence, st.just("")), min_size=n, max_size=n), min_size=1, max_size=4)
)


def _p(paragraph: Paragraph) -> str:
    runs = "".join(f'<w:r><w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in paragraph.runs)
    return f"<w:p>{runs}</w:p>"


def _tbl(rows) -> str:
    cells = ("".join(f"<w:tc>{_p(Paragraph((cell,)))}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


word_files = st.tuples(
    st.lists(st.one_of(paragraphs(), tables), min_size=1, max_size=5), st.lists(paragraphs(), max_size=2)
).map(
    lambda given: docx(
        "".join(_p(one) if isinstance(one, Paragraph) else _tbl(one) for one in given[0]),
        {
            "word/footnotes.xml": story(
                "footnotes", "".join(f"<w:footnote>{_p(note)}</w:footnote>" for note in given[1])
            )
        },
    )
)


def _html_p(paragraph: Paragraph) -> str:
    tags = ("b", "i", "span", "a")
    runs = (
        f"<{tags[n % 4]}>{escape(run)}</{tags[n % 4]}>" if n % 2 else escape(run)
        for n, run in enumerate(paragraph.runs)
    )
    return f"<p>\n  {''.join(runs)}\n</p>"


def _html_table(rows) -> str:
    return (
        "<table>"
        + "".join("<tr>" + "".join(f"<td><p>{escape(c)}</p></td>" for c in row) + "</tr>" for row in rows)
        + "</table>"
    )


web_pages = st.lists(st.one_of(paragraphs(), tables), min_size=1, max_size=5).map(
    lambda given: (
        "<!DOCTYPE html><html><head><meta charset='utf-8'></head><body><nav>Trang chủ</nav>"
        + "".join(_html_p(one) if isinstance(one, Paragraph) else _html_table(one) for one in given)
        + "</body></html>"
    ).encode()
)
text_files = st.lists(sentence, min_size=1, max_size=6).map(lambda lines: "\r\n".join(lines).encode())
