"""The same seven measures as others write them: window SQL, pivoted SQL, Polars, pandas."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from bench.frame import Result

NAMES = ("mom", "yoy", "ytd", "ytd_yoy", "quarter", "area", "share")

_WINDOWS = """
WITH base AS (
  SELECT *, value / lag(value) OVER s - 1 AS mom, value / lag(value, 12) OVER s - 1 AS yoy,
    sum(value) OVER (PARTITION BY indicator, area, month // 12 ORDER BY month) AS ytd
  FROM long WINDOW s AS (PARTITION BY indicator, area ORDER BY month)
), grown AS (
  SELECT *, ytd / lag(ytd, 12) OVER (PARTITION BY indicator, area ORDER BY month) - 1 AS ytd_yoy FROM base
), quarters AS (
  SELECT sum(value) AS value FROM long GROUP BY indicator, area, month // 3
), provinces AS (
  SELECT sum(value) AS value FROM long GROUP BY indicator, month
), shares AS (
  SELECT part.value / whole.value AS value FROM long part JOIN long whole
  ON whole.indicator = part.indicator // 5 * 5 AND whole.area = part.area AND whole.month = part.month
  WHERE part.indicator % 5 > 0
)
SELECT count(mom), 100 * sum(mom), count(yoy), 100 * sum(yoy), count(ytd), sum(ytd), count(ytd_yoy), 100 * sum(ytd_yoy),
  (SELECT count(value) FROM quarters), (SELECT sum(value) FROM quarters),
  (SELECT count(value) FROM provinces), (SELECT sum(value) FROM provinces),
  (SELECT count(value) FROM shares), (SELECT 100 * sum(value) FROM shares)
FROM grown
"""


def _result(row: tuple[float, ...] | None) -> Result:
    assert row is not None
    return {name: (int(row[2 * i]), float(row[2 * i + 1])) for i, name in enumerate(NAMES)}


def with_duckdb_windows(table: pa.Table) -> Result:
    """Hand-written window SQL over long rows; the share by a join."""
    import duckdb

    connection = duckdb.connect()
    connection.register("long", table)
    return _result(connection.execute(_WINDOWS).fetchone())


def with_duckdb_pivoted(table: pa.Table, months: int) -> Result:
    """Months as columns, so that growth is arithmetic between columns: quickest over millions of series, but over
    thousands the many columns cost more than they save.
    """
    import duckdb

    connection = duckdb.connect()
    connection.register("long", table)
    columns = ", ".join(f"max(value) FILTER (month = {m}) AS m{m}" for m in range(months))
    connection.execute(f"CREATE TEMP TABLE wide AS SELECT indicator, area, {columns} FROM long GROUP BY ALL")
    running = ", ".join(f"{' + '.join(f'm{k}' for k in range(m // 12 * 12, m + 1))} AS y{m}" for m in range(months))
    connection.execute(f"CREATE TEMP TABLE summed AS SELECT *, {running} FROM wide")
    measures = {
        "mom": _over((f"100 * (m{m} / m{m - 1} - 1)" for m in range(1, months)), "summed"),
        "yoy": _over((f"100 * (m{m} / m{m - 12} - 1)" for m in range(12, months)), "summed"),
        "ytd": _over((f"y{m}" for m in range(months)), "summed"),
        "ytd_yoy": _over((f"100 * (y{m} / y{m - 12} - 1)" for m in range(12, months)), "summed"),
        "quarter": _over((f"m{m} + m{m + 1} + m{m + 2}" for m in range(0, months, 3)), "summed"),
        "area": _over((f"m{m}" for m in range(months)), f"(SELECT {_sums(months)} FROM wide GROUP BY indicator)"),
        "share": _over(
            (f"100 * part.m{m} / whole.m{m}" for m in range(months)),
            "wide part JOIN wide whole ON whole.indicator = part.indicator // 5 * 5 AND whole.area = part.area "
            "WHERE part.indicator % 5 > 0",
        ),
    }
    told = {}
    for name, sql in measures.items():
        row = connection.execute(sql).fetchone()
        assert row is not None
        told[name] = int(row[0]), float(row[1])
    return told


def _sums(months: int) -> str:
    return ", ".join(f"sum(m{m}) AS m{m}" for m in range(months))


def _over(cells: Iterable[str], source: str) -> str:
    """Count and sum of the cells of all columns: added within a row first, so that there are two aggregates."""
    listed = list(cells)
    counted = " + ".join(f"(({cell}) IS NOT NULL)::BIGINT" for cell in listed)
    added = " + ".join(f"coalesce({cell}, 0)" for cell in listed)
    return f"SELECT sum({counted}), sum({added}) FROM {source}"


def with_polars(table: pa.Table) -> Result:
    """Lazy expressions over sorted rows, every measure in one query."""
    import polars as pl

    series, value = ["indicator", "area"], pl.col("value")
    rows = pl.from_arrow(table)
    assert isinstance(rows, pl.DataFrame)
    long = rows.lazy().sort("indicator", "area", "month")
    grown = long.with_columns(
        mom=100 * (value / value.shift(1).over(series) - 1),
        yoy=100 * (value / value.shift(12).over(series) - 1),
        ytd=value.cum_sum().over([*series, pl.col("month") // 12]),
    ).with_columns(ytd_yoy=100 * (pl.col("ytd") / pl.col("ytd").shift(12).over(series) - 1))
    whole = long.filter(pl.col("indicator") % 5 == 0).with_columns(family=pl.col("indicator") // 5)
    part = long.filter(pl.col("indicator") % 5 > 0).with_columns(family=pl.col("indicator") // 5)
    joined = part.join(whole, on=["family", "area", "month"], suffix="_whole")
    frames = {
        "quarter": long.group_by(*series, pl.col("month") // 3).agg(value.sum()).select("value"),
        "area": long.group_by("indicator", "month").agg(value.sum()).select("value"),
        "share": joined.select(value=100 * value / pl.col("value_whole")),
    }
    queries = [grown.select("mom", "yoy", "ytd", "ytd_yoy"), *frames.values()]
    made, *others = pl.collect_all([query.select(_counted(pl), _summed(pl)) for query in queries])
    told = {name: (int(made[f"n_{name}"][0]), float(made[f"s_{name}"][0])) for name in ("mom", "yoy", "ytd", "ytd_yoy")}
    for name, one in zip(frames, others, strict=True):
        told[name] = int(one["n_value"][0]), float(one["s_value"][0])
    return told


def _counted(pl):
    return pl.all().count().name.prefix("n_")


def _summed(pl):
    return pl.all().sum().name.prefix("s_")


def with_pandas(table: pa.Table) -> Result:
    """Group-by over sorted rows, as analysts write it."""
    long = table.to_pandas().sort_values(["indicator", "area", "month"], ignore_index=True)
    by = long.groupby(["indicator", "area"], sort=False)
    long["ytd"] = long.groupby(["indicator", "area", long["month"] // 12], sort=False)["value"].cumsum()
    long["family"] = long["indicator"] // 5
    whole = long.loc[long["indicator"] % 5 == 0, ["family", "area", "month", "value"]]
    part = long.loc[long["indicator"] % 5 > 0].merge(whole, on=["family", "area", "month"], suffixes=("", "_whole"))
    columns = {
        "mom": 100 * (long["value"] / by["value"].shift(1) - 1),
        "yoy": 100 * (long["value"] / by["value"].shift(12) - 1),
        "ytd": long["ytd"],
        "ytd_yoy": 100 * (long["ytd"] / by["ytd"].shift(12) - 1),
        "quarter": long.groupby(["indicator", "area", long["month"] // 3], sort=False)["value"].sum(),
        "area": long.groupby(["indicator", "month"], sort=False)["value"].sum(),
        "share": 100 * part["value"] / part["value_whole"],
    }
    return {name: (int(columns[name].count()), float(columns[name].sum())) for name in NAMES}
