"""The annotation guide's scoring over texts written in a short notation, so that batches stay readable.

A gold line is `quote | subject | measure value unit ~comparator | period baseline | status | area`:
measure L level, G growth_pct, A change_abs, C contribution_pp, S share_pct, M multiple, I index, P plan_pct; value 12e6 or
5..7; unit % pp x or as in the guide; baseline y (year before), p (period before), a code, or nothing; status a e p f.
`"` says "as above", `-` says none. Quotes are looked for one after the other.
"""

import re
from collections import Counter
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import yaml

from sct.reading import open_document, read
from sct.vietnamese.periods import Period

TEXTS = Path(__file__).parent / "texts"
MEASURES = {
    "L": "level", "G": "growth_pct", "A": "change_abs", "C": "contribution_pp", "S": "share_pct", "M": "multiple",
    "I": "index", "P": "plan_pct",
}  # fmt: skip
STATUS = {"a": "actual", "e": "estimate", "p": "plan", "f": "forecast"}
UNITS = {"%": "percent", "pp": "percentage_point", "x": "times"}
CLOSED = {"VND", "USD", "percent", "percentage_point", "times", "MW", "kWh", "ha", "tonne", "TEU"}
AREAS = {
    "hcm": "hồ chí minh", "sài gòn": "hồ chí minh", "cả nước": "việt nam", "toàn quốc": "việt nam", "nước ta": "việt nam",
    "thủ đô": "hà nội", "thủ đô hà nội": "hà nội",
}  # fmt: skip
FIELDS = ("measure", "unit", "comparator", "period", "baseline", "status", "area", "subject")
STRICT = ("measure", "unit", "period", "status", "area")


def batch(name):
    """The texts of a file of `texts/`, each with its gold statements."""
    cases = yaml.safe_load((TEXTS / f"{name}.yaml").read_text("utf-8"))
    for case in cases:
        case["statements"] = gold(case["text"].strip(), case["gold"])
    return cases


def kept_aside(text):
    """Whether a text belongs to the third kept aside: what the SHA-256 of its words leaves when divided by three."""
    return int(sha256(text.strip().encode()).hexdigest(), 16) % 3 == 0


def gold(text, lines):
    found, at, above = [], 0, None
    for line in lines.strip().splitlines():
        parts = [part.strip() for part in line.split("|")]
        assert len(parts) == 6, line
        quote, subject, figure, times, status, area = parts
        start = text.index(quote, at)
        at = start + len(quote)
        measure, value, unit, comparator = _figure(figure)
        period, baseline = _times(times, above)
        row = {
            "quote": quote, "start": start, "end": at, "measure": MEASURES[measure], "value": value, "unit": unit,
            "comparator": comparator, "period": period, "baseline": baseline,
            "subject": above["subject"] if subject == '"' else subject,
            "status": above["status"] if status == '"' else STATUS[status],
            "area": above["area"] if area == '"' else None if area == "-" else area,
        }  # fmt: skip
        found.append(row)
        above = row
    return found


def _figure(figure):
    figure, _, comparator = figure.partition("~")
    measure, value, unit = figure.split(None, 2)
    ends = tuple(Decimal(end) for end in value.split(".."))
    return measure, ends, UNITS.get(unit.strip(), unit.strip()), comparator.strip() or ("range" if ends[1:] else "eq")


def _times(times, above):
    words = times.split()
    period = above["period"] if words[0] == '"' else None if words[0] == "-" else words[0]
    if len(words) == 1 or period is None:
        return period, None
    if words[1] == "y":
        return period, Period.parse(period).year_before.code
    return period, Period.parse(period).previous.code if words[1] == "p" else words[1]


# -- what is the same (score.py of the guide) -----------------------------------------------------------


def same(field, wanted, got):
    if field == "subject":
        return _same_words(wanted, got)
    if field == "unit":
        return _same_unit(wanted, got)
    if field in {"period", "baseline"}:
        return _period(wanted) == _period(got)
    if field == "area":
        return _area(wanted) == _area(got)
    return wanted == got


def _same_words(wanted, got):
    first, second = (Counter(re.findall(r"\w+", text.casefold())) for text in (wanted, got))
    common = sum((first & second).values())
    total = sum(first.values()) + sum(second.values())
    return first == second if not first or not second else 2 * common / total >= 0.5


def _same_unit(wanted, got):
    if wanted == got or "/" in wanted + got or {wanted, got} & CLOSED:
        return wanted.casefold() == got.casefold()
    size = min(len(wanted.split()), len(got.split()))
    return wanted.casefold().split()[:size] == got.casefold().split()[:size]


def _period(code):
    alike = {"M01-M01": "01", "M01-M03": "Q1", "M01-M12": ""}
    found = re.fullmatch(r"(\d{4})-(M01-M\d\d)", code or "")
    return code if not found or found[2] not in alike else f"{found[1]}-{alike[found[2]]}".rstrip("-")


def _area(name):
    names = set()
    for part in re.split("[,;]", (name or "").casefold()):
        bare = re.sub(r"^(?:tỉnh |thành phố |tphcm|tp\.?\s*)", lambda m: "hcm" if m[0] == "tphcm" else "", part.strip())
        names.add(AREAS.get(bare.strip(), re.sub(r"\s*[-–]\s*", " - ", bare.strip())))
    return names - {""}


# -- matching ------------------------------------------------------------------------------------------


def statements_of(case):
    document = open_document(case["text"].strip().encode(), "mau.txt")
    published = case.get("published")
    return read(document, None if published is None else str(published))


def pairs(wanted, got):
    """Overlapping spans and equal values, the largest overlap first, one to one."""
    near = []
    for i, gold_row in enumerate(wanted):
        for j, found in enumerate(got):
            overlap = min(gold_row["end"], found.end) - max(gold_row["start"], found.start)
            ends = (found.value,) if found.value is not None else (found.low, found.high)
            if overlap > 0 and tuple(float(end) for end in ends) == tuple(float(end) for end in gold_row["value"]):
                near.append((-overlap, i, j))
    taken_i, taken_j, found_pairs = set(), set(), []
    for _overlap, i, j in sorted(near):
        if i not in taken_i and j not in taken_j:
            taken_i.add(i)
            taken_j.add(j)
            found_pairs.append((i, j))
    return found_pairs


class Score:
    """Counts over texts; `errors` are lines a person reads."""

    def __init__(self, cases):
        self.wanted = self.got = self.matched = self.strict = 0
        self.right = Counter()
        self.errors = []
        for case in cases:
            self._add(case)

    def _add(self, case):
        wanted, got = case["statements"], statements_of(case)
        matched = pairs(wanted, got)
        self.wanted, self.got, self.matched = (
            self.wanted + len(wanted),
            self.got + len(got),
            self.matched + len(matched),
        )
        for i, j in matched:
            wrong = [f for f in FIELDS if not same(f, wanted[i][f], getattr(got[j], f))]
            self.right.update(set(FIELDS) - set(wrong))
            self.strict += not set(STRICT) & set(wrong)
            told = "; ".join(f"{f}: {wanted[i][f]!r} ≠ {getattr(got[j], f)!r}" for f in wrong)
            if wrong:
                self.errors.append(f"{case['name']} «{wanted[i]['quote']}» {told} {got[j].rules}")
        for i in set(range(len(wanted))) - {i for i, _j in matched}:
            self.errors.append(f"{case['name']} MISSED «{wanted[i]['quote']}»")
        for j in set(range(len(got))) - {j for _i, j in matched}:
            self.errors.append(f"{case['name']} SPURIOUS «{got[j].quote}» {got[j].measure} {got[j].rules}")

    def f1(self, good):
        return 2 * good / (self.wanted + self.got) if self.wanted + self.got else 1.0

    @property
    def detection(self):
        return self.f1(self.matched)

    @property
    def strict_f1(self):
        return self.f1(self.strict)

    def share(self, field):
        return self.right[field] / self.matched if self.matched else 1.0

    def __str__(self):
        fields = "  ".join(f"{f} {self.share(f):.3f}" for f in FIELDS)
        return (
            f"gold {self.wanted} found {self.got} matched {self.matched}  detection {self.detection:.3f}"
            f"  strict {self.strict_f1:.3f}\n{fields}"
        )


if __name__ == "__main__":
    import sys

    # Batch by batch, then the third kept aside and the rest; errors are shown of the rest only.
    cases = []
    for name in [a for a in sys.argv[1:] if not a.startswith("-")]:
        listed = batch(name)
        if "--errors" in sys.argv:
            print("\n".join(Score([case for case in listed if not kept_aside(case["text"])]).errors))
        print(name, Score(listed))
        cases += listed
    for told, aside in (("the third kept aside", True), ("the rest", False)):
        print(told, Score([case for case in cases if kept_aside(case["text"]) is aside]))
