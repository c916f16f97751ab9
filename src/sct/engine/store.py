"""Families on disk: one Parquet file each, series-major: a row is a series with a fixed-size list of its months.

The lists of quarters, halves and years are as wide, filled up with NaN, so that the file has one shape.

Only what was reported is kept; computing is quicker than reading derived values back. A file is replaced whole, by
a rename, so a reader sees the old family or the new one. The fingerprint says of which figures it was made.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sct.catalogue.model import Transformation
from sct.engine.areas import AreaTree
from sct.engine.axis import Axis, Grain
from sct.engine.computing import FamilyPanels
from sct.engine.families import Ties
from sct.engine.panel import Panel
from sct.errors import Place, UserError
from sct.words import _

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of families. Ids are those that `id_of` gives for the cell numbers of a panel."""

    folder: Path

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"

    def fingerprint(self, name: str) -> str:
        """That of the stored family, "" if there is none."""
        from pyarrow import parquet

        path = self.path(name)
        if not path.exists():
            return ""
        header = parquet.read_schema(path).metadata or {}
        return str(header.get(b"fingerprint", b"").decode()) if header.get(b"version") == VERSION.encode() else ""

    def write_family(self, panels: FamilyPanels, fingerprint: str, id_of: Callable[[int], int] = lambda n: n) -> Path:
        """Write the reported panels and plans of a family."""
        import pyarrow as pa
        from pyarrow import parquet

        width = panels.axis.columns(Grain.MONTH)
        columns: dict[str, list[Any]] = defaultdict(list)
        for plan, transformation, panel in _panels(panels):
            _add(columns, plan, transformation, panel, id_of)
        names = ("transformation", "grain", "indicator", "breakdown", "area")
        schema = pa.schema(
            [(name, pa.string()) for name in names]
            + [("plan", pa.bool_())]
            + [("values", pa.list_(pa.float64(), width)), ("ids", pa.list_(pa.int64(), width))],
            metadata={
                "version": VERSION,
                "family": panels.name,
                "fingerprint": fingerprint,
                "first_year": str(panels.axis.first_year),
                "years": str(panels.axis.years),
                "areas": json.dumps(panels.axis.areas),
            },
        )
        lists = [_lists(columns[name], width) for name in ("values", "ids")]
        plain = [pa.array(columns[name], schema.field(name).type) for name in (*names, "plan")]
        table = pa.Table.from_arrays([*plain, *lists], schema=schema)
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.path(panels.name)
        fresh = path.with_suffix(f".{os.getpid()}.new")
        parquet.write_table(table, fresh, compression="zstd")
        fresh.replace(path)
        return path

    def read_family(self, name: str, ties: Ties, tree: AreaTree) -> FamilyPanels:
        """The panels of a stored family; cell numbers are the ids that were written. Raises `UserError`."""
        import pyarrow as pa
        from pyarrow import parquet

        path = self.path(name)
        try:
            table = parquet.read_table(path)
        except (OSError, pa.ArrowInvalid) as error:
            raise UserError(
                "bad-family-file",
                _("Không đọc được tệp số liệu của nhóm chỉ tiêu"),
                value=type(error).__name__,
                way_out=_("Chạy `sct compute` để tính lại từ sổ"),
                place=Place(file=path.name),
            ) from error
        header = {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()}
        axis = Axis(tuple(json.loads(header["areas"])), int(header["first_year"]), int(header["years"]))
        reported: dict[tuple[Transformation, Grain], Panel] = {}
        plans: dict[Grain, Panel] = {}
        for (plan, transformation, grain), rows in _grouped(table.to_pydict()).items():
            panel = _panel(axis, Grain(grain), rows)
            if plan:
                plans[Grain(grain)] = panel
            else:
                reported[Transformation(transformation), Grain(grain)] = panel
        return FamilyPanels(name, axis, ties, tree, reported=reported, plans=plans)


Rows = list[dict[str, Any]]


def _panels(panels: FamilyPanels) -> list[tuple[bool, Transformation, Panel]]:
    reported = [(False, transformation, panel) for (transformation, _grain), panel in panels.reported.items()]
    return reported + [(True, Transformation.LEVEL, panel) for panel in panels.plans.values()]


def _add(
    columns: dict[str, list[Any]],
    plan: bool,
    transformation: Transformation,
    panel: Panel,
    id_of: Callable[[int], int],
) -> None:
    """One row for every series that has a value."""
    empty = np.full(panel.values.shape[2], -1, np.int64)
    for (indicator, breakdown), number in panel.variables.items():
        for row in np.flatnonzero(~np.isnan(panel.values[number]).all(axis=1)).tolist():
            cells = empty if panel.cells is None else panel.cells[number, row]
            columns["plan"].append(plan)
            columns["transformation"].append(transformation.value)
            columns["grain"].append(panel.grain.value)
            columns["indicator"].append(indicator)
            columns["breakdown"].append(breakdown)
            columns["area"].append(panel.axis.areas[row])
            columns["values"].append(panel.values[number, row])
            columns["ids"].append(np.array([id_of(cell) if cell >= 0 else -1 for cell in cells.tolist()], np.int64))


def _lists(rows: list[Any], width: int) -> Any:
    """Rows of numbers as fixed-size lists, filled up to one width (NaN, or -1 for ids)."""
    import pyarrow as pa

    whole = bool(rows) and rows[0].dtype == np.int64
    flat = np.full((len(rows), width), -1 if whole else np.nan, np.int64 if whole else np.float64)
    for number, row in enumerate(rows):
        flat[number, : len(row)] = row
    return pa.FixedSizeListArray.from_arrays(pa.array(flat.ravel()), width)


def _grouped(columns: dict[str, list[Any]]) -> dict[tuple[bool, str, str], Rows]:
    grouped: dict[tuple[bool, str, str], Rows] = defaultdict(list)
    for values in zip(*columns.values(), strict=True):
        row = dict(zip(columns, values, strict=True))
        grouped[row["plan"], row["transformation"], row["grain"]].append(row)
    return grouped


def _panel(axis: Axis, grain: Grain, rows: Rows) -> Panel:
    names = sorted({(row["indicator"], row["breakdown"]) for row in rows})
    variables = {name: number for number, name in enumerate(names)}
    shape = (len(names), len(axis.areas), axis.columns(grain))
    values, cells = np.full(shape, np.nan), np.full(shape, -1, np.int64)
    for row in rows:
        place = variables[row["indicator"], row["breakdown"]], axis.row(row["area"])
        values[place], cells[place] = row["values"][: shape[2]], row["ids"][: shape[2]]
    return Panel(grain, axis, variables, values, cells)
