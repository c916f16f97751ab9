"""A page asks the ledger a few questions, each answered from an index however much the ledger holds."""

from datetime import date

import pytest

from sct.catalogue.model import SeriesKey, Transformation
from sct.office.ledger import actions, queries
from sct.office.ledger.models import Observation
from sct.office.ledger.queries import AsOf
from sct.office.people.models import Person
from sct.vietnamese.periods import Period

YEAR_2020 = Period.of_year(2020)

# Question → how many queries it may take, rights included.
QUESTIONS = {
    "current": (2, lambda who, city: queries.current(who, indicators=["exports"], areas=[city])),
    "as of": (
        2,
        lambda who, city: queries.current(who, areas=[city], as_of=AsOf(date(2020, 12, 20), date(2030, 1, 1))),
    ),
    "plans": (2, lambda who, city: queries.plans(who, areas=[city])),
    "vintages": (2, lambda who, city: queries.vintages(who, SeriesKey("exports", city))),
    "revisions": (
        2,
        lambda who, city: queries.revisions(who, SeriesKey("exports", city), YEAR_2020, Transformation.YOY),
    ),
    "conflicts": (2, lambda who, city: queries.conflicts(who, indicators=["exports"])),
    "some conflicts": (3, lambda who, city: queries.conflicts(who, limit=5)),
    "recent": (2, lambda who, city: queries.recent(who)),
    "batches": (2, lambda who, city: queries.batches(who)),
    "figures": (2, lambda who, city: queries.figures(who, list(Observation.objects.values_list("pk", flat=True)[:5]))),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_takes_few_queries(sample, chuyen_vien, hanoi, name, django_assert_max_num_queries):
    most, ask = QUESTIONS[name]
    who = Person.objects.get(pk=chuyen_vien.pk)
    with django_assert_max_num_queries(most + (name == "figures")):
        assert len(ask(who, hanoi)) > 0


def test_counts_are_counted_once_for_each_state_of_the_ledger(sample, chuyen_vien, django_assert_num_queries):
    before = queries.counts(chuyen_vien)
    with django_assert_num_queries(1):
        assert queries.counts(chuyen_vien) == before
    actions.withdraw(chuyen_vien, [queries.recent(chuyen_vien, 1)[0].id], why="gõ nhầm")
    assert queries.counts(chuyen_vien).figures == before.figures - 1
