"""Places on the map: a grid of a hundredth of a degree (about 1.1 km) that an index can walk row by row."""

from __future__ import annotations

from dataclasses import dataclass

STEP = 100  # cells a degree
ROW = 36_000  # cells a row: 360 degrees of longitude
_ONE_BY_ONE = 400


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the map in degrees."""

    south: float
    west: float
    north: float
    east: float

    def cut(self, other: Box | None) -> Box:
        """What lies in both; nothing does where they do not touch."""
        if other is None:
            return self
        return Box(
            max(self.south, other.south),
            max(self.west, other.west),
            min(self.north, other.north),
            min(self.east, other.east),
        )

    def rows(self) -> tuple[int, int]:
        """First and last cell of the rows it touches."""
        return _row(self.south) * ROW, _row(self.north) * ROW + ROW - 1

    def columns(self) -> tuple[int, int]:
        return _column(self.west), _column(self.east)

    def cells(self) -> list[int] | None:
        """The cells it touches, None where they are more than an index is asked for one by one."""
        (first, last), (west, east) = self.rows(), self.columns()
        rows = range(first, last, ROW)
        if len(rows) * (east - west + 1) > _ONE_BY_ONE:
            return None
        return [row + column for row in rows for column in range(west, east + 1)]


def _row(latitude: float) -> int:
    return int((min(max(latitude, -90.0), 90.0) + 90) * STEP)


def _column(longitude: float) -> int:
    return int((min(max(longitude, -180.0), 179.99) + 180) * STEP)


def cell_of(latitude: float, longitude: float) -> int:
    """The number of a point's cell."""
    return _row(latitude) * ROW + _column(longitude)


def middle_of(cell: int, size: int = 1) -> tuple[float, float]:
    """Latitude and longitude of the middle of a square of `size` × `size` cells that begins at a cell."""
    row, column = divmod(cell, ROW)
    return (row + size / 2) / STEP - 90, (column + size / 2) / STEP - 180


def coarser(cell: int, size: int) -> int:
    """The first cell of the square of `size` × `size` cells in which a cell lies."""
    row, column = divmod(cell, ROW)
    return (row - row % size) * ROW + column - column % size
