"""C18, C30, C34: what a figure cannot pass: a wider share, a plan that is said to be passed, a plausible range."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from sct.catalogue.model import Indicator, Plausible, Transformation
from sct.catalogue.statement import Statement
from sct.errors import UserError
from sct.proofing import wording
from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Verdict
from sct.proofing.intervals import Interval
from sct.proofing.judging import Judgement
from sct.proofing.keys import same_months, transformations_of
from sct.proofing.slips import SCALED, other_scale, rescaled
from sct.proofing.stating import comparison, made, unchecked
from sct.proofing.texts import Desk, Text
from sct.proofing.told import Told
from sct.vietnamese.periods import Period, PeriodKind
from sct.words import _

_PASSED = re.compile(r"\bvượt (?:xa )?(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán)\b(?! [\d,]+%)", re.I)


def find_plausible(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """C34: a value outside the range that the catalogue declares plausible for its indicator."""
    for claim in text.statements:
        known = desk.indicator(claim)
        if known is None or claim.value is None or not known.plausible or text.key(claim) is None:
            continue
        kinds = transformations_of(claim, known)
        for plausible in known.plausible:
            if kinds and kinds[0] is plausible.transformation and _speaks_of(claim, known, plausible, desk):
                reading = text.readings(claim).wide
                allowed = Interval(plausible.low, plausible.high)
                if not reading.meets(allowed):
                    yield _implausible(text, claim, allowed, check)


_LEVELS = ("country", "province", "district", "commune")


def _speaks_of(claim: Statement, known: Indicator, plausible: Plausible, desk: Desk) -> bool:
    """Whether a range is one for figures like this: its unit, its kind of period, an area no larger."""
    growth = plausible.transformation not in (Transformation.LEVEL,)
    if not growth and known.unit.dimension != claim.quantity.unit.dimension:
        return False
    assert desk.catalogue is not None
    area = desk.catalogue.areas.get(claim.area_key)
    if area is None:
        return False
    level = area.level
    largest = plausible.area_level
    if level in _LEVELS and largest in _LEVELS and _LEVELS.index(level) < _LEVELS.index(largest):
        return False
    return _same_period(claim, plausible)


def _same_period(claim: Statement, plausible: Plausible) -> bool:
    if plausible.per == "any":
        return True
    try:
        kind = Period.parse(claim.period or "").kind
    except UserError:
        return False
    return kind is {"year": PeriodKind.YEAR, "month": PeriodKind.MONTH}.get(plausible.per)


def _implausible(text: Text, claim: Statement, allowed: Interval, check: Check) -> Finding:
    judgement = Judgement(Verdict.DOUBT, allowed, text.readings(claim).tight, cause="implausible")
    return made(
        check,
        judgement,
        Told(text, claim),
        (),
        sentence=_("{what}: {quote} nằm ngoài khoảng thường gặp").format(
            what=wording.what(claim), quote=wording.quoted(claim)
        ),
        arithmetic=comparison(claim, judgement),
        repair=_("Kiểm lại số và đơn vị"),
    )


def find_scale(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """C35: a level that is a thousand or a million times that of the year before, give or take two fifths."""
    for claim in text.of_measure("level"):
        key = text.key(claim)
        if key is None or not claim.value or claim.quantity.unit.dimension not in SCALED:
            continue
        for other in text.mentions(key.of(period=_year_before(key.period), status="fact")):
            if not other.value or other.quantity.unit.dimension != claim.quantity.unit.dimension:
                continue
            power = other_scale(claim.value, other.value, Fraction(14, 10))
            if power is not None:
                yield _other_scale(text, claim, other, power, check)
                break


def _year_before(code: str) -> str:
    try:
        return same_months(Period.parse(code).year_before.code)
    except UserError:
        return ""


def _other_scale(text: Text, claim: Statement, other: Statement, power: Fraction, check: Check) -> Finding:
    reading = text.readings(other).wide
    allowed = Interval(reading.low * Fraction(7, 10) if reading.low is not None else None,
                       reading.high * Fraction(14, 10) if reading.high is not None else None)  # fmt: skip
    told = Told(text, other)
    return made(
        check,
        Judgement(check.policy.most, allowed, text.readings(claim).tight, cause="scale"),
        Told(text, claim),
        [told],
        sentence=_("{what}: {quote} và {other} không cùng cỡ").format(
            what=wording.what(claim), quote=wording.quoted(claim), other=told.words(claim.period or "")
        ),
        arithmetic=f"{wording.printed(claim)} / {told.number(claim.quantity)} ≈ {wording.times(power)}",
        repair=rescaled(wording.printed_with_unit(claim), 1 / power),
    )


def find_wider(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """C18: a share of several branches that hardly passes what one of them alone has by its contribution and growth."""
    for pair in check.words.get("wider", ()):
        for claim in text.of_measure("share_pct"):
            if claim.indicator == pair["whole"] and claim.value is not None:
                yield from _wider(text, claim, pair, desk, check)


def _wider(text: Text, claim: Statement, pair: dict[str, object], desk: Desk, check: Check) -> Iterator[Finding]:
    least = Fraction(str(pair.get("least", 1)))
    for other in desk.texts:
        for contribution in other.of_measure("contribution_pp"):
            if contribution.indicator != pair["part"] or contribution.area_key != claim.area_key:
                continue
            key = other.any_key(contribution)
            for growth in other.of_measure("growth_pct"):
                if other.any_key(growth).of(measure=key.measure, baseline=key.baseline) != key:
                    continue
                implied = other.readings(contribution).tight.over(other.readings(growth).tight)
                if implied is None:
                    continue
                yield _share(
                    text,
                    claim,
                    (Told(other, contribution), Told(other, growth)),
                    implied.times(100),
                    least=least,
                    check=check,
                )
                return


def _share(
    text: Text, claim: Statement, others: tuple[Told, Told], implied: Interval, *, least: Fraction, check: Check
) -> Finding:
    assert claim.value is not None
    reading = text.readings(claim).tight
    allowed = Interval(implied.plus(least).high, None)
    holds = claim.value in allowed
    sentence = _("{quote} của {what} hẹp hơn phạm vi nó nêu: riêng {part} đã chiếm {implied}%")
    if holds:
        sentence = _("{quote} của {what} rộng hơn {part} ({implied}%)")
    part = others[0].statement
    assert part is not None
    return made(
        check,
        Judgement(Verdict.HOLDS if holds else Verdict.HINT, allowed, reading, cause="" if holds else "scope"),
        Told(text, claim),
        others,
        sentence=sentence.format(
            quote=wording.quoted(claim),
            what=claim.subject,
            part=part.subject,
            implied=wording.interval(implied, claim.quantity),
        ),
        arithmetic=f"{others[0].number(others[0].quantity)} / {others[1].number(others[1].quantity)} → "
        f"{wording.interval(implied, claim.quantity)}%; {wording.printed(claim)}%",
        repair=_("Kiểm lại phạm vi của tỷ trọng (ngành nào được tính)"),
    )


def find_passed(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """C30: "vượt kế hoạch" needs a plan to be compared with, and to be above it."""
    for found in _PASSED.finditer(text.text):
        here = [s for s in text.statements if s.sentence[0] <= found.start() < s.sentence[1] and s.end <= found.start()]
        told = [s for s in here if s.measure in ("level", "growth_pct") and s.status != "plan"]
        if not told or any(s.measure == "plan_pct" for s in here):
            continue
        yield _passed(text, told, found, desk, check)


def _passed(text: Text, told: list[Statement], found: re.Match[str], desk: Desk, check: Check) -> Finding:
    for claim in reversed(told):
        plans = _plans(text, claim, desk)
        if plans:
            return _beyond(text, claim, plans[-1], check)
    sentence = _("«{words}»: chưa có số kế hoạch của {what} để đối chiếu")
    said = sentence.format(words=found[0], what=wording.what(told[-1]))
    return unchecked(check, (text, told[-1]), said, found[0], "no-plan")


def _plans(text: Text, claim: Statement, desk: Desk) -> list[Told]:
    key = text.any_key(claim).of(status="plan")
    plans = [Told(text, s) for s in text.mentions(key)]
    if plans:
        return plans
    return [Told(figure=f) for f in desk.figures(claim) if not f.stage.is_actual and f.stage.value == "plan"]


def _beyond(text: Text, claim: Statement, plan: Told, check: Check) -> Finding:
    target = plan.readings(plan_is_exact=True).tight
    allowed = Interval(target.low, None)
    reading = text.readings(claim).wide
    holds = reading.meets(allowed)
    verdict = Verdict.HOLDS if holds else check.policy.most
    sentence = _("{claim} vượt kế hoạch {plan}") if holds else _("{claim} chưa vượt kế hoạch {plan}")
    return made(
        check,
        Judgement(verdict, allowed, reading, severity="light" if verdict is Verdict.WRONG else ""),
        Told(text, claim),
        [plan],
        sentence=sentence.format(claim=wording.quoted(claim), plan=plan.words(claim.period or "")),
        arithmetic=f"{wording.printed(claim)} {'>' if holds else '<'} {plan.number(claim.quantity)}",
        repair=_("Bỏ «vượt kế hoạch», hoặc kiểm lại hai số"),
    )
