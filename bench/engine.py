"""Seven measures over a panel of monthly figures: the engine's kernels beside SQL, Polars and pandas.

Everybody starts from the same long rows (indicator, area, month, value) in memory and ends with every value of every
measure computed; building panels from long rows is inside the engine's time. Measures: mom, yoy, ytd, ytd_yoy,
quarter sums, roll-up of areas, share of each area in the roll-up.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from bench.frame import Bench, Peer, Result, agree
from sct.engine.kernels import KERNELS
from sct.engine.kernels.roll_up import Level, roll_up

AREAS, INDICATORS, MONTHS = 30, 300, 120


def rows(areas: int, indicators: int, months: int) -> pa.Table:
    """Made-up positive figures, one per indicator, area and month, in shuffled order."""
    draw = np.random.default_rng(2026)
    n = areas * indicators * months
    order = draw.permutation(n)
    return pa.table(
        {
            "indicator": (order // (areas * months)).astype(np.int32),
            "area": (order // months % areas).astype(np.int32),
            "month": (order % months).astype(np.int32),
            "value": draw.uniform(1, 100, n),
        }
    )


def _told(**measures: np.ndarray) -> Result:
    return {name: (int((~np.isnan(v)).sum()), float(np.nansum(v))) for name, v in measures.items()}


def with_engine(table: pa.Table, areas: int, indicators: int, months: int) -> Result:
    """Long rows scattered into one array, then the kernels of `sct.engine`."""
    at = tuple(table[name].to_numpy() for name in ("indicator", "area", "month"))
    panel = np.full((indicators, areas, months), np.nan)
    panel[at] = table["value"].to_numpy()

    def growth(name: str, block: np.ndarray, lag: int) -> np.ndarray:
        return KERNELS[name].run((block[..., lag:], block[..., :-lag]))

    scan = KERNELS["ytd"].scan
    assert scan is not None
    ytd = scan(panel.reshape(indicators, areas, months // 12, 12)).reshape(panel.shape)
    quarters = KERNELS["total"].run([panel[..., k::3] for k in range(3)])
    whole = _whole(panel)
    return _told(
        mom=growth("mom", panel, 1),
        yoy=growth("yoy", panel, 12),
        ytd=ytd,
        ytd_yoy=growth("yoy", ytd, 12),
        quarter=quarters,
        area=whole,
        share=KERNELS["share"].run((panel, whole[:, None, :])),
    )


def _whole(panel: np.ndarray) -> np.ndarray:
    """The areas' sum of every indicator by one roll-up: areas first, then all else flat."""
    indicators, areas, months = panel.shape
    flat = np.concatenate([panel.transpose(1, 0, 2).reshape(areas, -1), np.full((1, indicators * months), np.nan)])
    level = Level(
        parents=np.array([areas]),
        children=np.arange(areas),
        starts=np.array([0]),
        valid=np.ones((areas, 1), dtype=bool),
        needed=np.array([[areas]]),
    )
    return roll_up(flat, [level])[0][areas].reshape(indicators, months)


SQL = """
WITH base AS (
  SELECT *, value / lag(value) OVER s - 1 AS mom, value / lag(value, 12) OVER s - 1 AS yoy,
    sum(value) OVER (PARTITION BY indicator, area, month // 12 ORDER BY month) AS ytd,
    sum(value) OVER (PARTITION BY indicator, month) AS whole
  FROM long WINDOW s AS (PARTITION BY indicator, area ORDER BY month)
), grown AS (
  SELECT *, ytd / lag(ytd, 12) OVER (PARTITION BY indicator, area ORDER BY month) - 1 AS ytd_yoy FROM base
), quarters AS (
  SELECT sum(value) AS value FROM long GROUP BY indicator, area, month // 3
)
SELECT count(mom), 100 * sum(mom), count(yoy), 100 * sum(yoy), count(ytd), sum(ytd), count(ytd_yoy), 100 * sum(ytd_yoy),
  (SELECT count(*) FROM quarters), (SELECT sum(value) FROM quarters),
  (SELECT count(*) FROM (SELECT DISTINCT indicator, month FROM long)), (SELECT sum(value) FROM long),
  count(*), 100 * sum(value / whole)
FROM grown
"""
NAMES = ("mom", "yoy", "ytd", "ytd_yoy", "quarter", "area", "share")


def with_duckdb(table: pa.Table) -> Result:
    """Hand-written window SQL; it aggregates inside and never hands the rows out, which favours it."""
    import duckdb

    connection = duckdb.connect()
    connection.register("long", table)
    row = connection.execute(SQL).fetchone()
    assert row is not None
    return {name: (int(row[2 * i]), float(row[2 * i + 1])) for i, name in enumerate(NAMES)}


def with_polars(table: pa.Table) -> Result:
    """Expressions over sorted rows."""
    import polars as pl

    series, year = ["indicator", "area"], pl.col("month") // 12
    long = pl.DataFrame(pl.from_arrow(table)).sort("indicator", "area", "month")
    made = long.with_columns(
        mom=100 * (pl.col("value") / pl.col("value").shift(1).over(series) - 1),
        yoy=100 * (pl.col("value") / pl.col("value").shift(12).over(series) - 1),
        ytd=pl.col("value").cum_sum().over([*series, year]),
        whole=pl.col("value").sum().over("indicator", "month"),
    ).with_columns(
        ytd_yoy=100 * (pl.col("ytd") / pl.col("ytd").shift(12).over(series) - 1),
        share=100 * pl.col("value") / pl.col("whole"),
    )
    quarter = long.group_by(*series, pl.col("month") // 3).agg(pl.col("value").sum())["value"]
    area = long.group_by("indicator", "month").agg(pl.col("value").sum())["value"]
    columns: Mapping[str, pl.Series] = {
        **{n: made[n] for n in NAMES if n in made.columns},
        "quarter": quarter,
        "area": area,
    }
    return {name: (len(columns[name]) - columns[name].null_count(), float(columns[name].sum())) for name in NAMES}


def with_pandas(table: pa.Table) -> Result:
    """Group-by over sorted rows, as analysts write it."""
    long = table.to_pandas().sort_values(["indicator", "area", "month"], ignore_index=True)
    by = long.groupby(["indicator", "area"], sort=False)
    long["ytd"] = long.groupby(["indicator", "area", long["month"] // 12], sort=False)["value"].cumsum()
    columns = {
        "mom": 100 * (long["value"] / by["value"].shift(1) - 1),
        "yoy": 100 * (long["value"] / by["value"].shift(12) - 1),
        "ytd": long["ytd"],
        "ytd_yoy": 100 * (long["ytd"] / by["ytd"].shift(12) - 1),
        "quarter": long.groupby(["indicator", "area", long["month"] // 3], sort=False)["value"].sum(),
        "area": long.groupby(["indicator", "month"], sort=False)["value"].sum(),
        "share": 100 * long["value"] / long.groupby(["indicator", "month"], sort=False)["value"].transform("sum"),
    }
    return {name: (int(columns[name].count()), float(columns[name].sum())) for name in NAMES}


def bench(areas: int = AREAS, indicators: int = INDICATORS, months: int = MONTHS) -> Bench:
    """The entry; smaller sizes are for the test of the frame."""
    table = rows(areas, indicators, months)
    return Bench(
        name="engine",
        title=f"Engine: seven measures on {areas} areas × {indicators} indicators × {months} months",
        peers=(
            Peer("panels", lambda: with_engine(table, areas, indicators, months), ("numpy",), "long rows → kernels"),
            Peer("DuckDB", lambda: with_duckdb(table), ("duckdb",), "hand-written window SQL"),
            Peer("Polars", lambda: with_polars(table), ("polars",), "expressions"),
            Peer("pandas", lambda: with_pandas(table), ("pandas",), "group-by"),
        ),
        work=areas * indicators * months,
        unit="rows",
        note="All peers agree in count and sum of every measure before anything is timed. Rows come shuffled; sorting or "
        "scattering them is inside each peer's time.",
        same=agree,
    )
