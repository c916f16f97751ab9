"""Strategies of the kit's values, for everybody's property tests: numbers, units, quantities, periods, comparators."""

import unicodedata
from fractions import Fraction

from hypothesis import strategies as st

from sct.vietnamese.periods import Period, PeriodKind
from sct.vietnamese.quantities import Quantity, Unit
from sct.vietnamese.units import lexicon, scaled

COMPARATORS = ("eq", "gt", "ge", "lt", "le", "approx", "range")
YEARS = st.integers(1990, 2049)


@st.composite
def numbers(draw, *, minimum: int = 0, maximum: int = 10**7, decimals: int = 3) -> tuple[Fraction, int]:
    """An exact number together with how many digits it shows after the comma."""
    digits = draw(st.integers(0, decimals))
    scale = 10**digits
    return Fraction(draw(st.integers(minimum * scale, maximum * scale)), scale), digits


def readable(unit: Unit) -> bool:
    """Units of quantities; numbers before a designation (kV) are labels."""
    return unit.code not in lexicon().designations


def declared_units() -> st.SearchStrategy[Unit]:
    """Every unit of the declarations, scaled ones included, but for designations."""
    return st.sampled_from([u for u in lexicon().units.values() if readable(u)])


def units() -> st.SearchStrategy[Unit]:
    """Any declared unit in any declared scale, also the unusual ones."""
    plain = [u for u in lexicon().units.values() if readable(u) and u.code != "count" and " " not in u.code]
    base = [u for u in plain if u.code in lexicon().endings and u.name]
    return st.one_of(
        declared_units(), st.builds(scaled, st.sampled_from(base), st.sampled_from([*lexicon().scales.values()]))
    )


@st.composite
def quantities(draw, unit: st.SearchStrategy[Unit] | None = None, *, minimum: int = 0) -> Quantity:
    """A printed quantity; counted things are whole."""
    of = draw(unit if unit is not None else units())
    number, decimals = draw(numbers(minimum=minimum, decimals=0 if of.counted else 3))
    return Quantity(number, of, decimals)


@st.composite
def ranges(draw, unit: st.SearchStrategy[Unit] | None = None) -> tuple[Quantity, Quantity]:
    """Two quantities of one unit with the same digits, the first below the second."""
    low = draw(quantities(unit))
    more = draw(st.integers(1, 10**6))
    return low, Quantity(low.number + Fraction(more, 10**low.decimals), low.unit, low.decimals)


def percents(*, signed: bool = False) -> st.SearchStrategy[Quantity]:
    """Percentages with up to two decimals."""
    unit = lexicon().units["pct"]
    whole = st.integers(-30000 if signed else 0, 30000)
    return st.builds(lambda n, d: Quantity(Fraction(n, 10**d), unit, d), whole.filter(bool), st.integers(0, 2))


def comparators() -> st.SearchStrategy[str]:
    """How a number bounds a value, without `range`."""
    return st.sampled_from(COMPARATORS[:-1])


def periods(*kinds: PeriodKind) -> st.SearchStrategy[Period]:
    """Periods of the kinds given, of all six by default."""
    made = {
        PeriodKind.MONTH: st.builds(Period.of_month, YEARS, st.integers(1, 12)),
        PeriodKind.QUARTER: st.builds(Period.of_quarter, YEARS, st.integers(1, 4)),
        PeriodKind.HALF: st.builds(Period.of_half, YEARS, st.integers(1, 2)),
        PeriodKind.CUMULATIVE: st.builds(Period.through, YEARS, st.integers(1, 12)),
        PeriodKind.YEAR: st.builds(Period.of_year, YEARS),
        PeriodKind.SPAN: st.builds(lambda y, n: Period.of_years(y, y + n), YEARS, st.integers(1, 20)),
    }
    return st.one_of(*(made[kind] for kind in kinds or tuple(PeriodKind)))


_LETTERS = "aáàảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"


def words() -> st.SearchStrategy[str]:
    """Strings that look like Vietnamese syllables, either case."""
    syllable = st.text(alphabet=_LETTERS + _LETTERS.upper(), min_size=1, max_size=7)
    return st.lists(syllable, min_size=1, max_size=6).map(" ".join)


def raw_texts() -> st.SearchStrategy[str]:
    """Vietnamese text as it comes: decomposed or not, with no-break and zero-width spaces, digits, eth for đ."""
    odd = st.sampled_from([" ", "\u00a0", "\u200b", "\u2009", "\ufeff", "ð", "Ð", "\n", ",", "7,9%"])
    piece = st.one_of(words(), odd)
    text = st.lists(piece, max_size=12).map("".join)
    return st.one_of(text, text.map(lambda t: unicodedata.normalize("NFD", t)))
