"""Past days and the second date: columns, counts and the map against the slow definition, told from every event anew."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from sct.catalogue import load
from sct.catalogue.histories import at as standing
from sct.catalogue.histories import spans
from sct.catalogue.registers import register
from sct.errors import UserError
from sct.office.people.models import Role
from sct.office.people.queries import below, granted
from sct.office.registers import actions, facets, past, points, queries
from sct.office.registers.actions import Draft, NewBatch
from sct.office.registers.known import AsKnown
from sct.office.registers.mapping import Box
from sct.office.registers.models import BatchKind, Entry, Event, Span
from sct.office.registers.questions import Question
from sct.office.registers.reading import facet_columns, place_of, told
from sct.office.registers.words import split
from sct.vietnamese.text import search_key, sort_key

MARKETS = register("markets")
BEGIN = datetime(2024, 1, 1, 9, tzinfo=UTC)
NAMES = ["Chợ Đồng Xuân", "Chợ Dừa", "Chợ Hôm", "Chợ Đuổi", "Chợ Âm Phủ"]
CHOICES = {"mode": ["civil", "wholesale", ""], "capital": ["state", "non_state", ""], "building": ["solid", "semi"]}


class World:
    """A register to which something happens every hour: entries, late events, withdrawals, views made anew."""

    def __init__(self, person, draw, monkeypatch):
        self.person, self.draw, self.hour = person, draw, 0
        communes = [one for one in load().areas.on(date(2026, 1, 1), "commune") if one.latitude is not None]
        self.areas = ["01@1900-01-01", "", communes[0].key, communes[1].key, communes[40].key]
        self.areas[0] = next(one.key for one in load().areas.values() if one.name == "Thành phố Hà Nội")
        monkeypatch.setattr(timezone, "now", lambda: self.moment)

    @property
    def moment(self):
        return BEGIN + timedelta(hours=self.hour)

    def day(self):
        return date(2015, 1, 1) + timedelta(self.draw.randrange(60) * 50)

    def values(self, *names):
        made = {code: self.draw.choice(words) for code, words in CHOICES.items() if self.draw.random() < 0.5}
        if "name" in names or self.draw.random() < 0.2:
            made["name"] = self.draw.choice(NAMES)
        if self.draw.random() < 0.4:
            made["area"] = self.draw.choice(self.areas)
        if self.draw.random() < 0.3:
            made |= {"lat": f"{self.draw.uniform(20.6, 21.3):.4f}", "lon": f"{self.draw.uniform(105.3, 105.9):.4f}"}
        return made

    def happens(self):
        self.hour += 1
        entries = list(Entry.objects.values_list("pk", flat=True))
        events = list(Event.objects.filter(withdrawal__isnull=True).values_list("pk", flat=True))
        what = (
            self.draw.choice(["new", "new", "event", "event", "event", "withdrawn", "withdrawn", "made anew"])
            if events
            else "new"
        )
        try:
            if what == "new":
                state = self.draw.choice(["planned", "operating", "renovating"])
                draft = Draft(self.day(), state, self.values("name"), source="x")
                actions.create(self.person, MARKETS, [[draft]], NewBatch(BatchKind.FORM))
            elif what == "event":
                state = self.draw.choice(["", "", *MARKETS.states])
                actions.add(self.person, self.draw.choice(entries), Draft(self.day(), state, self.values(), source="x"))
            elif what == "withdrawn":
                actions.withdraw(self.person, [self.draw.choice(events)], why="nhầm")
            else:
                actions.rebuild("markets")
        except UserError:
            return

    def question(self, **more):
        draw = self.draw
        facet = tuple((code, draw.choice(words)) for code, words in CHOICES.items() if draw.random() < 0.2)
        box = Box(20.8, 105.4, 21.1, 105.8) if draw.random() < 0.15 else None
        return Question(
            MARKETS,
            self.day() if draw.random() < 0.8 else timezone.localdate(),
            state=tuple(draw.sample(["operating", "renovating", "planned"], draw.choice([0, 0, 1, 2]))),
            facets=tuple((code, value) for code, value in facet if value),
            area=draw.choice([*self.areas, "VN"]),
            words=draw.choice(["", "", "cho d", "dong xuan", "hom"]),
            sort=draw.choice(["ten", "ten", "moi", "han"]),
            entries=tuple(range(1, 400, 2)) if draw.random() < 0.1 else None,
            box=box,
            **more,
        )


# -- the slow definition -----------------------------------------------------------------------------------------


def lives(moment):
    """Entry → the events known at a moment and not withdrawn by then."""
    found = {}
    for row in Event.objects.filter(entered__lte=moment).select_related("withdrawal").order_by("pk"):
        taken = getattr(row, "withdrawal", None)
        if taken is None or taken.at > moment:
            found.setdefault(row.entry_id, []).append(told(row))
    return found


def holding(person, question, moment):
    """Entry → its snapshot on the day, of those a person may see and that the area, words, map and cohort leave."""
    found = {}
    mine = granted(person)
    for entry, events in lives(moment).items():
        snapshot = standing(spans(MARKETS, events), question.day)
        if snapshot is None:
            continue
        area = snapshot["area"]
        lat, lon, _about = place_of(dict(snapshot.values))
        names = " ".join(search_key(one.values.get("name", "")) for one in events).split()
        searched = [*names, *" ".join(search_key(one.values.get("goods", "")) for one in events).split()]
        box = question.box
        kept = (
            (mine is None or area in mine)
            and (question.area in ("", "VN") or area in below(question.area))
            and (question.entries is None or entry in question.entries)
            and all(any(word.startswith(part) for word in searched) for part in split(question.words))
            and (box is None or (lat is not None and box.south <= lat <= box.north and box.west <= lon <= box.east))
        )
        if kept:
            found[entry] = snapshot
    return found


def narrowed(found, question, without=""):
    return {
        entry: one
        for entry, one in found.items()
        if (without == "state" or not question.state or one.state in question.state)
        and all(one[code] == value for code, value in question.facets if code != without)
    }


def counts(found, question):
    kept = {code: narrowed(found, question, code) for code in ("state", *facet_columns(MARKETS))}
    return (
        len(narrowed(found, question)),
        dict(Counter(one.state for one in kept["state"].values())),
        {code: dict(Counter(one[code] for one in kept[code].values())) for code in facet_columns(MARKETS)},
        len(found),
    )


def in_order(found, question):
    def key(item):
        entry, one = item
        if question.sort == "moi":
            return (-one.since.toordinal(), entry)
        return (sort_key(one["name"]), entry) if question.sort == "ten" else (entry,)

    return [(entry, one.state, dict(one.values)) for entry, one in sorted(narrowed(found, question).items(), key=key)]


def as_counts(counted):
    return counted.total, counted.states, {one.code: one.counts for one in counted.facets}, counted.everything


def as_list(lines):
    return [(line.entry, line.state, line.values) for line in lines]


def on_the_map(shown):
    return sum(square.count for square in shown.squares) + len(shown.lines)


EVERYWHERE = Box(-90, -180, 90, 179)


@pytest.mark.parametrize("seed", range(2))
def test_lists_counts_and_map_of_any_day_are_those_of_the_events(chuyen_vien, people, monkeypatch, seed):
    """Thirty things happen one after another; after each, what memory holds is brought up and asked."""
    draw = random.Random(seed)
    world = World(chuyen_vien, draw, monkeypatch)
    local = people("can.bo", Role.LOCAL, world.areas[2])
    monkeypatch.setattr(points, "MOST", 3)
    for _turn in range(30):
        world.happens()
        plain = Question(MARKETS, date(2023, 6, 1))
        for question in (plain, world.question(), world.question()):
            person = draw.choice([chuyen_vien, chuyen_vien, local])
            found = holding(person, question, world.moment)
            assert as_list(queries.lines(person, question)) == in_order(found, question)
            assert as_counts(facets.counted(person, question)) == counts(found, question)
            placed = sum(place_of(dict(one.values))[0] is not None for one in narrowed(found, question).values())
            assert on_the_map(points.shown(person, question, EVERYWHERE, 9)) == placed


@pytest.mark.parametrize("seed", range(2))
def test_lists_counts_and_map_as_known_at_any_moment_are_those_of_the_events(chuyen_vien, people, monkeypatch, seed):
    draw = random.Random(100 + seed)
    world = World(chuyen_vien, draw, monkeypatch)
    local = people("can.bo", Role.LOCAL, world.areas[2])
    monkeypatch.setattr(points, "MOST", 3)
    for turn in range(30):
        world.happens()
        if turn % 4:
            continue
        for _ask in range(6):
            person, question = draw.choice([chuyen_vien, chuyen_vien, local]), world.question()
            moment = BEGIN + timedelta(hours=draw.randrange(world.hour + 1))
            then = AsKnown(person, question, moment)
            found = holding(person, question, moment)
            assert as_list(then.page()) == as_list(then.lines()) == in_order(found, question)
            assert as_counts(then.counted) == counts(found, question)
            placed = sum(place_of(dict(one.values))[0] is not None for one in narrowed(found, question).values())
            assert on_the_map(then.shown(EVERYWHERE, 9)) == placed


def test_pages_of_a_past_day_follow_each_other(make, chuyen_vien, monkeypatch):
    for n in range(7):
        make("markets", f"Chợ {n}", ("operating", "2010-01-01"), ("renovating", "2020-01-01"))
    asked = [Question(MARKETS, date(2015, 1, 1), page=page) for page in (1, 2, 3)]
    told_ = [[line.name for line in queries.lines(chuyen_vien, one, 3)] for one in asked]
    assert told_ == [["Chợ 0", "Chợ 1", "Chợ 2"], ["Chợ 3", "Chợ 4", "Chợ 5"], ["Chợ 6"]]


def test_a_past_day_reads_again_only_what_moved(make, chuyen_vien, django_assert_num_queries):
    """One question for the newest numbers, one for the page; after a change the entry that moved is read alone."""
    numbers = [make("markets", f"Chợ {n}", ("operating", "2010-01-01")) for n in range(20)]
    question = Question(MARKETS, date(2015, 1, 1))
    queries.lines(chuyen_vien, question)
    with django_assert_num_queries(2):
        assert len(queries.lines(chuyen_vien, question)) == 20
    actions.add(chuyen_vien, numbers[3], Draft(date(2012, 1, 1), values={"name": "Chợ Mới"}, source="x"))
    with django_assert_num_queries(5):
        assert queries.lines(chuyen_vien, question)[-1].name == "Chợ Mới"
    before = past.of(MARKETS)
    make("supermarkets", "Siêu thị", ("operating", "2010-01-01"))
    assert past.of(MARKETS) is before
    assert len(before.order) == Span.objects.filter(register="markets").count()
