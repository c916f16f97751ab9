"""The cycle on the real targets of Hà Nội: plans, the review of January 2025, its conclusions cut into matters."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from sct.catalogue import load
from sct.office.matters.models import Matter
from sct.office.people.models import Person
from sct.office.plans.importing import load_plans
from sct.office.reviews import queries
from sct.office.reviews.actions import Chosen, NewReview, call, conclude, make_matters
from sct.office.reviews.models import Review, ReviewKind
from sct.samples import CONCLUSIONS, PLANS

TITLE = "Tổng kết năm 2024, triển khai nhiệm vụ năm 2025 (minh họa)"
CHAIR = "Phó Chủ tịch UBND Thành phố"
HARD = frozenset(range(1, 8))  # the demo's own choice: which groups were called hard was not published
PAPER = "Kết luận hội nghị 09/01/2025 (minh họa: diễn đạt lại, hạn và đơn vị do người làm phần mềm đặt)"
GROUPS = {True: "nhóm việc khó (minh họa)", False: "nhóm việc trọng tâm (minh họa)"}  # shown at every matter


@transaction.atomic
def load_sample(person: Person) -> Review:
    """Plans, review and matters, once; a second run finds them there."""
    load_plans(person, PLANS.read_bytes(), PLANS.name)
    area = load().area_named("Hà Nội").key
    found = queries.visible(person).filter(area=area, title=TITLE).first()
    if found is not None:
        return found
    units = tuple(division.name for division in load().divisions.values())
    agenda = (("Báo cáo kết quả năm 2024", units[0], 30), ("Thảo luận", "", 60), ("Kết luận", "", 20))
    review = call(
        person,
        area,
        NewReview(ReviewKind.YEAR, TITLE, "2024", date(2025, 1, 9), "Hà Nội", CHAIR, units, agenda),
    )
    told = conclude(person, review.pk, CONCLUSIONS.read_text("utf-8"), paper=PAPER)
    chosen = []
    for one in queries.concluded(review)[0].cuts:
        hard = one.cut.number.isdigit() and int(one.cut.number) in HARD
        chosen.append(Chosen(one.cut.start, group=GROUPS[hard]))
    make_matters(person, told.pk, chosen)
    return review


def count_of(review: Review) -> int:
    """How many matters the review has become."""
    return Matter.objects.filter(occasion=review.occasion).count()
