"""Declarations on disk: package data, and a department's own folder above it (`SCT_DECLARATIONS`).

A declaration is a YAML or CSV file that an officer can read. Each folder has one JSON Schema
(`schema.json`), which is also the manual of its fields. This module only finds, reads and validates; the rooms
make typed values of what it returns.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sct.errors import Place, UserError
from sct.words import _

PACKAGED = Path(__file__).parent / "declarations"


class Row(dict[str, Any]):
    """One declared thing with the place it was declared at."""

    place: Place


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
        for path in sorted((base / room).glob("*")):
            if path.suffix in {".yaml", ".csv"}:
                yield path


def rows(path: Path) -> list[Row]:
    """The things declared in a file, each with its line; a YAML file is a list, a CSV file has a header."""
    return _csv(path) if path.suffix == ".csv" else _yaml(path)


def _csv(path: Path) -> list[Row]:
    result = []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        for values in reader:
            row = Row({key: value for key, value in values.items() if value})
            row.place = Place(file=path.name, line=reader.line_num)
            result.append(row)
    return result


def _yaml(path: Path) -> list[Row]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(path.read_text("utf-8"), Loader=loader)
        values = yaml.load(path.read_text("utf-8"), Loader=loader)  # noqa: S506 (a safe loader)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise UserError(
            "bad-yaml",
            _("Tệp khai báo không đọc được"),
            value=str(error),
            place=Place(file=path.name, line=line),
        ) from error
    if not isinstance(node, yaml.SequenceNode) or not isinstance(values, list):
        raise UserError("bad-yaml", _("Tệp khai báo phải là một danh sách"), place=Place(file=path.name, line=1))
    result = []
    for item, value in zip(node.value, values, strict=True):
        row = Row(value if isinstance(value, dict) else {"": value})
        row.place = Place(file=path.name, line=item.start_mark.line + 1)
        result.append(row)
    return result


@cache
def schema(room: str) -> dict[str, Any]:
    """The JSON Schema of one row of a folder."""
    loaded: dict[str, Any] = json.loads((PACKAGED / room / "schema.json").read_text("utf-8"))
    return loaded
