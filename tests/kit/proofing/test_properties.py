"""What must hold whatever the numbers are: true figures never fail, order and scale do not matter, slips are seen."""

from fractions import Fraction as F

from hypothesis import assume, given
from hypothesis import strategies as st

from sct.proofing import Verdict, proof, proof_together
from sct.proofing.judging import direct
from sct.proofing.rounding import of_statement, one_number
from sct.vietnamese.write import round_half_up, write_number
from tests.kit.proofing.making import Shelf, figure, statement

levels = st.fractions(min_value=F(1, 2), max_value=5000, max_denominator=10**5)
decimals = st.integers(0, 3)


def printed(value: F, digits: int) -> str:
    """The number as an official prints it, with all its digits."""
    whole, _comma, rest = write_number(abs(round_half_up(value, digits)), digits).partition(",")
    return f"{whole},{rest.ljust(digits, '0')}" if digits else whole


def level(value: F, digits: int, period: str, start: int, unit: str = "ty_usd"):
    return statement(
        f"{printed(value, digits)} {unit}",
        indicator="exports",
        period=period,
        unit=unit,
        start=start,
        subject="xuất khẩu",
    )


def growth(value: F, digits: int, start: int):
    word = "giảm" if value < 0 else "tăng"
    return statement(
        f"{word} {printed(value, digits)}%", "growth_pct", indicator="exports", start=start, subject="xuất khẩu"
    )


def three(now: F, then: F, claim: F, digits: tuple[int, int, int], unit: str = "ty_usd"):
    return [
        level(now, digits[0], "2024", 0, unit),
        growth(claim, digits[2], 30),
        level(then, digits[1], "2023", 60, unit),
    ]


def verdicts(findings):
    return [finding.verdict for finding in findings]


@given(levels, levels, decimals, decimals, decimals)
def test_a_true_growth_printed_with_any_digits_holds(now, then, a, b, c):
    assume(F(1, 300) < now / then < 300)  # a thousandfold growth is asked about, as it should be
    findings = proof("x", three(now, then, (now / then - 1) * 100, (a, b, c)))
    assert set(verdicts(findings)) <= {Verdict.HOLDS}


@given(levels, levels, st.integers(1, 3), st.integers(1, 3), st.integers(0, 2))
def test_the_order_of_statements_does_not_matter(now, then, a, b, c):
    made = three(now, then, (now / then - 1) * 100 + 3, (a, b, c))
    assert proof("x", made) == proof("x", made[::-1])


@given(levels, levels, st.fractions(min_value=-20, max_value=20, max_denominator=100), decimals, decimals)
def test_the_scale_of_the_levels_does_not_matter(now, then, error, a, b):
    claim = (now / then - 1) * 100 + error
    small = proof("x", three(now, then, claim, (a, a, b), "ty_dong"))
    great = proof("x", three(now, then, claim, (a, a, b), "nghin_ty_dong"))
    assert verdicts(small) == verdicts(great)
    assert [f.arithmetic for f in small] == [f.arithmetic for f in great]


@given(
    st.fractions(min_value=500, max_value=900, max_denominator=100),
    st.fractions(min_value=500, max_value=900, max_denominator=100),
    st.integers(5, 50),
    st.sampled_from([-1, 1]),
)
def test_a_growth_that_is_some_digits_off_is_wrong(now, then, steps, sign):
    claim = (now / then - 1) * 100 + F(sign * steps, 10)
    findings = proof("x", three(now, then, claim, (2, 2, 1)))
    assert verdicts(findings) == [Verdict.WRONG]
    assert findings[0].severity in ("light", "heavy")


@given(
    st.fractions(min_value=F(1, 10), max_value=9, max_denominator=100),
    st.fractions(min_value=1, max_value=9, max_denominator=100),
    decimals,
    decimals,
    decimals,
)
def test_a_true_share_of_growth_never_fails(contribution, whole, a, b, c):
    assume(contribution < whole)
    made = [
        statement(f"{printed(contribution, a)} điểm phần trăm", "contribution_pp", subject="công nghiệp", start=0),
        statement(f"tăng {printed(whole, b)}%", "growth_pct", subject="GRDP", start=40),
        statement(f"{printed(contribution / whole * 100, c)}%", "share_pct", subject="công nghiệp", start=80),
    ]
    assert set(verdicts(proof("x", made))) <= {Verdict.HOLDS}


@given(levels, levels, decimals, decimals)
def test_a_true_multiple_of_levels_never_fails(now, then, a, b):
    assume(round_half_up(then, a) > 0)
    assume(F(1, 300) < now / then < 300)
    times = statement(
        f"{printed(now / then, b)} lần", "multiple", indicator="exports", start=30, subject="xuất khẩu", baseline="2023"
    )
    made = [level(now, a, "2024", 0), times, level(then, a, "2023", 60)]
    assert set(verdicts(proof("x", made))) <= {Verdict.HOLDS}


@given(levels, decimals, decimals)
def test_a_true_value_printed_twice_agrees_with_the_ledger_and_with_other_documents(value, a, b):
    one, other = level(value, a, "2024", 0), level(value, b, "2024", 0)
    ledger = Shelf([figure(printed(value, a), "ty_usd", indicator="exports", period="2024")])
    findings = proof_together([("a", [one]), ("b", [other])], None, ledger)
    # Printing a printed number again may tip a tie (0,45 → 0,5 → 1): the finer print decides, so this cannot fail.
    assert {f.check for f in findings} == {"C41", "C42"}
    assert set(verdicts(findings)) == {Verdict.HOLDS}


@given(levels, st.integers(1, 3), st.integers(2, 30))
def test_a_value_off_by_more_than_a_digit_is_not_the_ledgers(value, digits, steps):
    value = round_half_up(value, digits)
    wrong = level(value + F(steps, 10**digits), digits, "2024", 0)
    ledger = Shelf([figure(printed(value, digits), "ty_usd", indicator="exports", period="2024")])
    assert verdicts(proof("x", [wrong], None, ledger)) == [Verdict.WRONG]


def test_a_key_that_the_text_tells_in_two_ways_calls_nothing_wrong():
    """A reader that cannot tell the sector's growth from the whole's gives both one key: one of them is not the key's."""
    sector = growth(F("6.39"), 2, 0)
    whole = growth(F("3.98"), 2, 40)
    shelf = Shelf([figure("6,39", "pct", indicator="exports", period="2024", transformation="yoy")])
    assert [(f.check, f.verdict) for f in proof("x", [sector, whole], None, shelf)] == [("C42", Verdict.HOLDS)]
    other = Shelf([figure("5,10", "pct", indicator="exports", period="2024", transformation="yoy")])
    assert set(verdicts(proof("x", [sector, whole], None, other))) == {Verdict.HINT}
    assert verdicts(proof("x", [whole], None, other)) == [Verdict.WRONG]


@given(levels, levels, st.integers(1, 3), st.integers(1, 3))
def test_two_prints_are_judged_by_one_rule_here_and_in_the_ledger(one, other, a, b):
    """The ledger's rule for two publications is that of proofing for two plain prints."""
    first, second = level(one, a, "2024", 0), level(other, b, "2024", 0)
    held = direct(of_statement(first), of_statement(second)).verdict is Verdict.HOLDS
    assert held == one_number(first.quantity, second.quantity)
