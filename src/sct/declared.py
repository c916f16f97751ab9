"""Declarations on disk: package data, and a department's own folder above it (`SCT_DECLARATIONS`).

A declaration is a YAML or CSV file that an officer can read. Each folder has one JSON Schema
(`schema.json`), which is also the manual of its fields. This module only finds, reads and validates; the rooms
make typed values of what it returns.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from sct.errors import Place, UserError
from sct.words import _

PACKAGED = Path(__file__).parent / "declarations"


class Row(dict[str, Any]):
    """One declared thing with the place it was declared at; `index` is its number in the file `path`."""

    place: Place
    path: Path
    index: int

    def field(self, name: str) -> Place:
        """The place of one field of this thing, on the line of the thing."""
        return Place(file=self.place.file, line=self.place.line, field=name)

    def exact(self, *field: str | int) -> Place:
        """The place of a field (`"near_names", 0, "code"`), on its own line; reads the file again."""
        name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in field).lstrip(".")
        line = self.place.line if self.path.suffix == ".csv" else line_of(self.path, self.index, field)
        return Place(file=self.place.file, line=line or self.place.line, field=name)


def folders() -> tuple[Path, ...]:
    """The packaged declarations, then the department's own folder if one is set; later ones override by `code`."""
    own = os.environ.get("SCT_DECLARATIONS", "").strip()
    if not own:
        return (PACKAGED,)
    path = Path(own)
    if not path.is_dir():
        raise UserError(
            "bad-declarations-folder",
            _("SCT_DECLARATIONS không phải là một thư mục"),
            value=own,
            way_out=_("Sửa biến môi trường hoặc bỏ nó đi"),
        )
    return PACKAGED, path


def files(room: str) -> Iterator[Path]:
    """The declaration files of one folder (`indicators`, `areas`, `units` …), packaged first."""
    for base in folders():
        yield from files_of(base, room)


def files_of(base: Path, room: str) -> Iterator[Path]:
    for path in sorted((base / room).glob("*")):
        if path.suffix in {".yaml", ".csv"}:
            yield path


def shown(path: Path) -> str:
    """How messages name a declaration file: `indicators/trade.yaml`."""
    return f"{path.parent.name}/{path.name}"


def merged(room: str, key: Callable[[Row], str]) -> dict[str, Row]:
    """All things of a folder by their key; a department's own row changes the fields it names, or adds a new thing.

    A key declared twice in one folder is a `UserError("duplicate-code")` that names both places.
    """
    found: dict[str, Row] = {}
    for base in folders():
        here: dict[str, Row] = {}
        for path in files_of(base, room):
            for row in rows(path):
                code = key(row)
                if code in here:
                    raise duplicate(code, row.place, here[code].place)
                here[code] = row
        for code, row in here.items():
            found[code] = over(found[code], row) if code in found else row
    return found


def over(packaged: Row, own: Row) -> Row:
    return _placed(Row({**packaged, **own}), own.path, own.index, own.place.line)


def _placed(row: Row, path: Path, index: int, line: int | None) -> Row:
    row.place = Place(file=shown(path), line=line)
    row.path = path
    row.index = index
    return row


def duplicate(code: str, place: Place, first: Place) -> UserError:
    return UserError(
        "duplicate-code",
        _("Mã đã được khai báo ở {place}").format(place=first),
        value=code,
        place=Place(file=place.file, line=place.line, field="code"),
    )


def rows(path: Path) -> list[Row]:
    """The things declared in a file, each with its line; a YAML file is a list, a CSV file has a header."""
    return _csv(path) if path.suffix == ".csv" else _yaml(path)


def _csv(path: Path) -> list[Row]:
    result = []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        for index, values in enumerate(reader):
            row = Row({key: value for key, value in values.items() if value})
            result.append(_placed(row, path, index, reader.line_num))
    return result


def _yaml(path: Path) -> list[Row]:
    try:
        node, values = _parsed(path)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise UserError(
            "bad-yaml",
            _("Tệp khai báo không đọc được"),
            value=str(error),
            place=Place(file=shown(path), line=line),
        ) from error
    if not isinstance(node, yaml.SequenceNode) or not isinstance(values, list):
        raise UserError("bad-yaml", _("Tệp khai báo phải là một danh sách"), place=Place(file=shown(path), line=1))
    result = []
    for index, (item, value) in enumerate(zip(node.value, values, strict=True)):
        row = Row(value if isinstance(value, dict) else {"": value})
        result.append(_placed(row, path, index, item.start_mark.line + 1))
    return result


def _parsed(path: Path) -> tuple[yaml.Node | None, Any]:
    """The nodes, which know their lines, and the values; the text is scanned once."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(path.read_text("utf-8"))
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


@lru_cache(maxsize=64)
def _nodes(path: Path, changed: float) -> yaml.Node | None:
    assert changed
    return _parsed(path)[0]


def line_of(path: Path, index: int, field: Sequence[str | int]) -> int | None:
    """The line on which a field (`("near_names", 0, "code")`) of the thing number `index` of a YAML file stands."""
    node: Any = _nodes(path, path.stat().st_mtime)
    line: int | None = None
    for step in (index, *field):
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            named = [(key, value) for key, value in node.value if key.value == step]
            if not named:
                break
            key, node = named[0]
            line = key.start_mark.line + 1
            continue
        else:
            break
        line = node.start_mark.line + 1
    return line


def rooms() -> list[str]:
    """The folders of declarations that are packaged."""
    return sorted(path.name for path in PACKAGED.iterdir() if path.is_dir() and not path.name.startswith(("_", ".")))


@cache
def schema(room: str) -> dict[str, Any]:
    """The JSON Schema of one row of a folder."""
    loaded: dict[str, Any] = json.loads((PACKAGED / room / "schema.json").read_text("utf-8"))
    return loaded
