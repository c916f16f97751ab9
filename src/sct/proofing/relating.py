"""The declared relations asked of a text: claim ∩ formula(operands), with the verdict, its softenings and its cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sct.catalogue.statement import Statement
from sct.proofing import wording
from sct.proofing.checks import Check
from sct.proofing.expression import Expression, Value
from sct.proofing.finding import Finding, Said, Verdict
from sct.proofing.guards import GUARDS
from sct.proofing.intervals import Interval
from sct.proofing.judging import Judgement, judge
from sct.proofing.keys import Key
from sct.proofing.looking import Bound, bindings
from sct.proofing.ratios import Stretch
from sct.proofing.relation import Relation
from sct.proofing.relations.shares import plugged
from sct.proofing.slips import Slip, slip
from sct.proofing.stating import comparison
from sct.proofing.stating import judged as made
from sct.proofing.texts import Desk, Text
from sct.proofing.told import Told
from sct.words import _


@dataclass(frozen=True, slots=True)
class Attempt:
    """One binding of a relation with the verdict on it."""

    relation: Relation
    judgement: Judgement
    bound: Bound

    @property
    def fit(self) -> tuple[bool, object]:
        """What orders attempts: those that hold first, then the nearest."""
        return self.judgement.verdict is not Verdict.HOLDS, self.judgement.steps


def find(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """The findings of a check's declared relations; with `alternatives` one finding for the reading that fits best."""
    groups = [check.relations] if check.alternatives else [(relation,) for relation in check.relations]
    for group in groups:
        needs = frozenset.intersection(*(relation.needs for relation in group))
        for claim in text.claims(group[0].measure, needs):
            attempts = [a for relation in group if (a := best(relation, text, claim, desk, check)) is not None]
            if not attempts:
                continue
            fittest = min(attempts, key=lambda a: a.fit)
            if not (fittest.relation.quiet and fittest.judgement.verdict is Verdict.HOLDS):
                yield told(fittest, text, claim, check)


def best(relation: Relation, text: Text, claim: Statement, desk: Desk, check: Check) -> Attempt | None:
    """The binding that fits best: a headline's coarser mention is no second error."""
    if not relation.needs <= text.beside(claim):
        return None
    key = text.any_key(claim)
    if not _asked(relation, text, claim, key, desk):
        return None
    found: Attempt | None = None
    for bound in bindings(relation, text, key, desk):
        judgement = judged(relation, text, claim, bound, check)
        if judgement is None:
            continue
        attempt = Attempt(relation, judgement, bound)
        if found is None or attempt.fit < found.fit:
            found = attempt
            if judgement.verdict is Verdict.HOLDS:
                break
    return None if found is None else _softened(found, text, claim, key, check)


def _asked(relation: Relation, text: Text, claim: Statement, key: Key, desk: Desk) -> bool:
    if relation.scope is not None and key.scope != relation.scope:
        return False
    if relation.status and key.status != relation.status:
        return False
    if relation.indicators and key.indicator not in relation.indicators:
        return False
    return all(GUARDS[name](text, claim, key, desk) for name in relation.guards)


def judged(relation: Relation, text: Text, claim: Statement, bound: Bound, check: Check) -> Judgement | None:
    """The verdict on one binding; None where units differ or the formula says nothing."""
    if not _same_units(claim, bound, relation):
        return None
    flat = [told for several in bound.values() for told in several]
    readings = [told.readings(plan_is_exact=relation.exact_plans) for told in flat]
    policy = check.policy if relation.comparison == "overlap" else replace(check.policy, weak_steps=None)
    return judge(text.readings(claim), readings, _formula(relation, bound, claim), policy)


def _same_units(claim: Statement, bound: Bound, relation: Relation) -> bool:
    """Levels that are put together are of one kind of unit; so is a level that is claimed."""
    levels = {told.dimension for name, several in bound.items() for told in several
              if relation.operands[name].measure in ("level", "change_abs")}  # fmt: skip
    if relation.measure in ("level", "change_abs") and levels:
        levels.add(claim.quantity.unit.dimension)
    return len(levels) < 2


@dataclass(frozen=True, slots=True)
class Formed:
    """The formula of a relation over the operands in their order; `shape` says whose each of them is."""

    formula: Expression
    shape: tuple[tuple[str, int, bool], ...]
    years: Interval

    def __call__(self, intervals: Sequence[Interval]) -> Interval | None:
        values: dict[str, Value] = {"years": self.years}
        at = 0
        for name, count, many in self.shape:
            values[name] = tuple(intervals[at : at + count]) if many else intervals[at]
            at += count
        return self.formula.over(values)

    def outer(self, stretches: Sequence[Stretch]) -> Stretch | None:
        """A stretch that holds what the call gives; None where that cannot be told."""
        values: dict[str, Stretch | list[Stretch]] = {}
        at = 0
        for name, count, many in self.shape:
            values[name] = list(stretches[at : at + count]) if many else stretches[at]
            at += count
        return self.formula.outer(values) if "years" not in self.formula.names else None


def _formula(relation: Relation, bound: Bound, claim: Statement) -> Formed:
    """The formula over intervals in the order of the operands."""
    shape = tuple((name, len(several), relation.operands[name].is_many) for name, several in bound.items())
    return Formed(relation.formula, shape, wording.years(claim.period))


def _softened(found: Attempt, text: Text, claim: Statement, key: Key, check: Check) -> Attempt:
    """No worse than what is known of the key, of the operands' sources, and of the relation itself allows."""
    judgement, policy = found.judgement, check.policy
    operands = [told for several in found.bound.values() for told in several]
    if found.relation.most:
        judgement = judgement.at_most(Verdict(found.relation.most), found.relation.cause)
    if found.relation.plugs and 0 < judgement.steps <= 1 and plugged(text, claim):
        judgement = replace(judgement, cause="").at_most(Verdict.DOUBT, "plugged")
        judgement = replace(judgement, cause="plugged")
    if key.is_local:
        judgement = judgement.at_most(policy.unkeyed, "unknown-scope")
    elif id(claim) in text.linked:
        judgement = judgement.at_most(policy.unkeyed, "earlier-match")
    elif _unsure(text, key, operands):
        judgement = judgement.at_most(Verdict.HINT, "unknown-scope")
    if any(told.text is not text for told in operands):
        judgement = judgement.at_most(policy.with_ledger, "other-publication")
    return Attempt(found.relation, judgement, found.bound)


def _unsure(text: Text, key: Key, operands: Sequence[Told]) -> bool:
    """Whether the text tells one of the keys in ways that cannot be one number: then it does not say which is meant."""
    if text.contradicts_itself(key):
        return True
    return any(
        told.statement is not None and told.text is text and text.contradicts_itself(text.any_key(told.statement))
        for told in operands
    )


def told(found: Attempt, text: Text, claim: Statement, check: Check) -> Finding:
    """The finding of an attempt, with its cause where it fails."""
    relation, judgement, bound = found.relation, found.judgement, found.bound
    operands = [told for several in bound.values() for told in several]
    cause: Slip | None = None
    if judgement.verdict.is_problem:
        cause = slip(text.readings(claim), claim, operands, _formula(relation, bound, claim), judgement)
    if cause is not None and not judgement.cause:
        judgement = replace(judgement, cause=cause.code)
    repair = cause.repair if cause is not None else ""
    say = partial(_said, relation, judgement, bound, claim, repair)
    return made(check, judgement, Told(text, claim), operands, say)


def _said(relation: Relation, judgement: Judgement, bound: Bound, claim: Statement, repair: str) -> Said:
    operands = [told for several in bound.values() for told in several]
    others = ", ".join(one.words(claim.period or "") for one in operands[:4])
    others += ", …" if len(operands) > 4 else ""
    if judgement.verdict is Verdict.HOLDS:
        sentence = _("{claim} khớp với {others}")
    else:
        sentence = _("{claim} và {others} không cùng đúng được")
        if judgement.verdict is Verdict.HINT:
            sentence = _("{claim} có thể không khớp với {others}")
    if not operands:
        sentence = _("{claim} nằm ngoài giới hạn {others}")
        others = relation.shown
    return Said(
        sentence.format(claim=f"{wording.what(claim)}: {wording.quoted(claim)}", others=others),
        f"{shown(relation, claim, bound)} → {comparison(claim, judgement, wording.percent(claim))}",
        repair,
    )


def shown(relation: Relation, claim: Statement, bound: Bound) -> str:
    """The left side of the arithmetic line: the declared one with the printed numbers in place of names."""
    first = {told.dimension: told.quantity for several in reversed(list(bound.values())) for told in reversed(several)}
    if relation.measure in ("level", "change_abs"):
        first[claim.quantity.unit.dimension] = claim.quantity
    numbers = {
        name: " + ".join(wording.signed(told.number(first[told.dimension])) for told in several)
        for name, several in bound.items()
    }
    return relation.shown.format(**numbers, years=wording.years(claim.period).low)
