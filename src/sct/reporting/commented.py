"""A Word file with comments at exact words, and figures replaced as tracked changes or plainly.

The file is the officer's own: only the runs that a comment or a change touches are cut, every other part is copied
byte for byte. ECMA-376 part 1: 17.13.4 (comments), 17.13.5 (revisions).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sct.catalogue.statement import Anchor, Document
from sct.reading.docx import MAIN
from sct.reading.docx_runs import RUN, SIGNS, TEXT
from sct.reading.docx_styles import W
from sct.reading.package import Package
from sct.reading.resolving import anchors_of

if TYPE_CHECKING:
    from lxml.etree import _Element

AUTHOR = "Sổ Công Thương"
_INITIALS = "SCT"
_COMMENTS = "word/comments.xml"
_TYPES, _RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"
_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment at `text[start:end]`; each line of `words` is a paragraph of it."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """New words for `text[start:end]`."""

    start: int
    end: int
    words: str


def commented(
    data: bytes,
    document: Document,
    remarks: Sequence[Remark],
    changes: Sequence[Change] = (),
    *,
    at: datetime,
    tracked: bool = True,
) -> bytes:
    """The Word file `data`, which `document` was read from, with comments and changes.

    A remark about a foot- or endnote stands at its mark in the text, where Word allows comments; one about a header or
    footer stands at the first words of the text. Changes that overlap an earlier one are left out.
    """
    package = Package(data, document.name)
    parts = _Parts(package)
    writer = _Writer(parts, document, at)
    for change in _apart(changes):
        writer.change(change, tracked=tracked)
    for remark in sorted(remarks, key=lambda one: (one.start, one.end)):
        writer.remark(remark)
    return _packed(data, package, parts, writer.comments)


def _apart(changes: Iterable[Change]) -> list[Change]:
    kept: list[Change] = []
    for change in sorted(changes, key=lambda one: (one.start, one.end)):
        if not kept or change.start >= kept[-1].end:
            kept.append(change)
    return kept


class _Parts:
    """The parts that are changed, with their runs as they were numbered, each cut into pieces as needed."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.roots: dict[str, _Element] = {}
        self._runs: dict[str, list[list[tuple[int, int, _Element]]]] = {}

    def root(self, part: str) -> _Element:
        if part not in self.roots:
            self.roots[part] = self.package.xml(part)
            self._runs[part] = [[(0, _length(run), run)] for run in self.roots[part].iter(RUN)]
        return self.roots[part]

    def pieces(self, anchor: Anchor) -> list[_Element]:
        """The runs that hold an anchor's characters alone: its run, cut at both ends."""
        part, _mark, number = anchor.place.rpartition("#r")
        self.root(part)
        pieces = self._runs[part][int(number) - 1]
        for at in (anchor.at, anchor.until):
            self._cut(pieces, at)
        return [run for start, end, run in pieces if start < anchor.until and end > anchor.at]

    @staticmethod
    def _cut(pieces: list[tuple[int, int, _Element]], at: int) -> None:
        for position, (start, end, run) in enumerate(pieces):
            if start < at < end:
                rest = _split(run, at - start)
                if rest is not None:
                    pieces[position : position + 1] = [(start, at, run), (at, end, rest)]
                return


def _length(run: _Element) -> int:
    from sct.reading.docx_runs import run_text

    return len(run_text(run))


def _split(run: _Element, at: int) -> _Element | None:
    """Cut a run after `at` characters; the new run with the rest, or None where nothing can be cut."""
    children = [child for child in run if child.tag != W + "rPr"]
    rest = deepcopy(run)
    for child in list(rest):
        if child.tag != W + "rPr":
            rest.remove(child)
    done = 0
    for child in children:
        text = child.text or "" if child.tag == TEXT else SIGNS.get(str(child.tag), "")
        if done >= at:
            rest.append(child)
        elif done + len(text) > at and child.tag == TEXT:
            tail = deepcopy(child)
            child.text, tail.text = text[: at - done], text[at - done :]
            child.set(_SPACE, "preserve")
            tail.set(_SPACE, "preserve")
            rest.append(tail)
        done += len(text)
    if len(rest) == (rest.find(W + "rPr") is not None):
        return None
    run.addnext(rest)
    return rest


class _Writer:
    """Puts comments and changes into the parts, and gathers the comments."""

    def __init__(self, parts: _Parts, document: Document, at: datetime) -> None:
        self.parts, self.document = parts, document
        self.stamp = {W + "author": AUTHOR, W + "date": at.strftime("%Y-%m-%dT%H:%M:%SZ")}
        self.comments: list[_Element] = []
        self.replaced: list[tuple[Change, _Element, _Element]] = []
        self._next = 1 + max((_id(element) for element in _numbered(parts)), default=0)

    def number(self) -> str:
        self._next += 1
        return str(self._next - 1)

    def change(self, change: Change, *, tracked: bool) -> None:
        runs = self._runs(change.start, change.end)
        if not runs:
            return
        fresh = _run(runs[0], change.words)
        if tracked:
            insertion = _element(W + "ins", {W + "id": self.number(), **self.stamp})
            insertion.append(fresh)
            runs[-1].addnext(insertion)
            first: _Element | None = None
            for run in runs:
                deletion = _element(W + "del", {W + "id": self.number(), **self.stamp})
                run.addprevious(deletion)
                deletion.append(run)
                for text in run.iter(TEXT):
                    text.tag = W + "delText"
                first = deletion if first is None else first
            assert first is not None
            self.replaced.append((change, first, insertion))
            return
        runs[0].addprevious(fresh)
        for run in runs:
            parent = run.getparent()
            if parent is not None:
                parent.remove(run)
        self.replaced.append((change, fresh, fresh))

    def remark(self, remark: Remark) -> None:
        first, last = self._edges(remark)
        if first is None or last is None:
            return
        number = self.number()
        mark = {W + "id": number}
        first.addprevious(_element(W + "commentRangeStart", mark))
        end = _element(W + "commentRangeEnd", mark)
        last.addnext(end)
        reference = _element(RUN, {})
        reference.append(_element(W + "commentReference", mark))
        end.addnext(reference)
        comment = _element(W + "comment", {**mark, **self.stamp, W + "initials": _INITIALS})
        for line in remark.words.splitlines():
            paragraph = _element(W + "p", {})
            paragraph.append(_run(None, line))
            comment.append(paragraph)
        self.comments.append(comment)

    def _edges(self, remark: Remark) -> tuple[_Element | None, _Element | None]:
        """The elements that a comment begins before and ends after."""
        for change, first, last in self.replaced:
            if change.start <= remark.start and remark.end <= change.end:
                return first, last
        runs = self._runs(remark.start, remark.end)
        for change, first, last in self.replaced:  # part of what is spoken of was replaced
            if change.start < remark.end and remark.start < change.end and not runs:
                return first, last
        if not runs:
            runs = self._elsewhere(remark)
        return (runs[0], runs[-1]) if runs else (None, None)

    def _runs(self, start: int, end: int) -> list[_Element]:
        anchors = anchors_of(self.document, start, end)
        runs = [run for a in anchors if a.place.startswith(f"{MAIN}#") for run in self.parts.pieces(a)]
        kept = dict.fromkeys(run for run in runs if next(run.iterancestors(W + "del"), None) is None)
        return [run for run in kept if run.getparent() is not None]

    def _elsewhere(self, remark: Remark) -> list[_Element]:
        """The mark of a note in the text; for headers and footers the first run of the text."""
        anchors = anchors_of(self.document, remark.start, remark.end)
        root = self.parts.root(MAIN)
        for anchor in anchors:
            part, _mark, number = anchor.place.rpartition("#r")
            if part.endswith("notes.xml"):
                run = list(self.parts.root(part).iter(RUN))[int(number) - 1]
                name = "footnote" if "footnotes" in part else "endnote"
                note = next(run.iterancestors(W + name), None)
                marks = [] if note is None else root.iter(f"{W}{name}Reference")
                for mark in marks:
                    if note is not None and mark.get(W + "id") == note.get(W + "id"):
                        holder = next(mark.iterancestors(RUN), None)
                        return [holder] if holder is not None else []
        first = next(iter(root.iter(RUN)), None)
        return [first] if first is not None else []


def _numbered(parts: _Parts) -> Iterable[_Element]:
    for part in (MAIN, _COMMENTS):
        if part in parts.package.parts:
            yield from (e for e in parts.root(part).iter() if isinstance(e.tag, str) and e.get(W + "id"))


def _id(element: _Element) -> int:
    text = str(element.get(W + "id"))
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _element(tag: str, attributes: dict[str, str]) -> _Element:
    from lxml import etree

    return etree.Element(tag, attributes)


def _run(like: _Element | None, words: str) -> _Element:
    run = _element(RUN, {})
    look = like.find(W + "rPr") if like is not None else None
    if look is not None:
        run.append(deepcopy(look))
    text = _element(TEXT, {_SPACE: "preserve"})
    text.text = words
    run.append(text)
    return run


# -- the package --------------------------------------------------------------------------------------------------


def _packed(data: bytes, package: Package, parts: _Parts, comments: Sequence[_Element]) -> bytes:
    from lxml import etree

    made = {part: root for part, root in parts.roots.items() if part == MAIN}
    if comments:
        made[_COMMENTS] = _with_comments(parts, comments)
        made[_TYPES] = _with_type(package)
        made[_RELATIONS] = _with_relation(package)
    written = {
        part: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        for part, root in made.items()
    }
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        names = dict.fromkeys(entry.filename for entry in old.infolist())
        for name in names:
            new.writestr(name, written.pop(name) if name in written else old.read(name))
        for name, content in written.items():
            new.writestr(name, content)
    return stream.getvalue()


def _with_comments(parts: _Parts, comments: Sequence[_Element]) -> _Element:
    from lxml import etree

    if _COMMENTS in parts.package.parts:
        root = parts.root(_COMMENTS)
    else:
        root = etree.Element(W + "comments", nsmap={"w": W[1:-1]})
    root.extend(comments)
    return root


def _with_type(package: Package) -> _Element:
    root = package.xml(_TYPES)
    known = {child.get("PartName") for child in root}
    if f"/{_COMMENTS}" not in known:
        root.append(_element(f"{{{_CONTENT}}}Override", {"PartName": f"/{_COMMENTS}", "ContentType": _TYPE}))
    return root


def _with_relation(package: Package) -> _Element:
    from lxml import etree

    if _RELATIONS in package.parts:
        root = package.xml(_RELATIONS)
    else:
        root = etree.fromstring(f'<Relationships xmlns="{_RELATED}"/>'.encode())
    if all(child.get("Type") != _KIND for child in root):
        taken = {child.get("Id") for child in root}
        name = next(f"rIdSct{n}" for n in range(1, 1_000) if f"rIdSct{n}" not in taken)
        entry = {"Id": name, "Type": _KIND, "Target": "comments.xml"}
        root.append(_element(f"{{{_RELATED}}}Relationship", entry))
    return root
