"""Entries that belong to another: the tenants of a cluster are a list, and its numbers follow from it."""

from datetime import date

import pytest
from django.utils import timezone

from sct.catalogue.registers import register
from sct.errors import UserError
from sct.office.registers.actions import Draft, add, rebuild, withdraw
from sct.office.registers.links import resolve
from sct.office.registers.models import Event, Span

LINK = register("cluster_tenants").fields["cluster"]


@pytest.fixture
def cluster(make):
    return make(
        "industrial_clusters",
        "Cụm công nghiệp Phú Thị",
        ("operating", "2015-01-01"),
        industrial_area="20",
        workers="900",
    )


@pytest.fixture
def tenant(make, cluster):
    def one(name, *steps, kind="enterprise", **values):
        return make(
            "cluster_tenants", name, *steps, cluster=f"{cluster} · Cụm công nghiệp Phú Thị", kind=kind, **values
        )

    return one


def of(entry, day):
    """The values of an entry on a day, from the read model."""
    return Span.objects.get(entry=entry, start__lte=day, until__gt=day).values


def test_occupancy_and_counts_follow_from_the_list_on_every_day(cluster, tenant, lan_page):
    tenant("Nhà máy một", ("leased", "2020-03-01"), ("operating", "2021-06-01"), leased_area="4", workers="120")
    tenant(
        "Hộ hai", ("operating", "2022-01-01"), ("left", "2024-01-01"), kind="household", leased_area="1", workers="8"
    )
    assert "leased_area" not in of(cluster, "2020-02-29")
    assert of(cluster, "2019-01-01")["workers"] == "900"
    then = of(cluster, "2022-06-30")
    assert (then["leased_area"], then["enterprises"], then["households"], then["workers"]) == ("5", "1", "1", "128")
    now = of(cluster, "2024-06-30")
    assert (now["leased_area"], now["households"], now["workers"]) == ("4", "0", "120")
    assert lan_page(cluster).line.value("occupancy") == "20"


def test_a_number_typed_later_does_not_replace_the_list_and_stays_in_the_history(
    cluster, tenant, chuyen_vien, lan_page
):
    tenant("Nhà máy một", ("leased", "2020-03-01"), leased_area="4")
    add(
        chuyen_vien,
        cluster,
        Draft(date(2023, 1, 1), values={"leased_area": "12", "total_area": "30"}, source="báo cáo"),
    )
    assert (of(cluster, "2023-06-01")["leased_area"], of(cluster, "2023-06-01")["total_area"]) == ("4", "30")
    page = lan_page(cluster)
    assert ("leased_area", "", "12") in page.events[-1].changes
    assert page.line.values["leased_area"] == "4"


def test_a_tenant_withdrawn_or_moved_is_gone_from_the_old_cluster(cluster, tenant, make, chuyen_vien):
    other = make("industrial_clusters", "Cụm công nghiệp Ninh Sở", ("operating", "2015-01-01"))
    first = tenant("Nhà máy một", ("leased", "2020-03-01"), leased_area="4")
    second = tenant("Nhà máy hai", ("leased", "2020-03-01"), leased_area="6")
    add(chuyen_vien, second, Draft(date(2024, 1, 1), values={"cluster": f"{other} · Cụm"}, source="hợp đồng"))
    assert of(cluster, "2023-01-01")["leased_area"] == "10"
    assert (of(cluster, "2024-02-01")["leased_area"], of(other, "2024-02-01")["leased_area"]) == ("4", "6")
    withdraw(chuyen_vien, list(Event.objects.filter(entry=first).values_list("pk", flat=True)), why="ghi nhầm")
    assert of(cluster, "2023-01-01")["leased_area"] == "6"


def test_building_the_views_again_gives_the_same_from_the_lists(cluster, tenant):
    tenant("Nhà máy một", ("leased", "2020-03-01"), ("operating", "2021-06-01"), leased_area="4", workers="120")

    def kept():
        return list(Span.objects.order_by("entry_id", "start").values_list("entry_id", "start", "until", "values"))

    before = kept()
    rebuild()
    assert kept() == before
    rebuild("industrial_clusters")
    assert kept() == before


@pytest.mark.parametrize("text", ["Cụm công nghiệp Phú Thị", "phu thi", "CCN Phú Thị", "{n}", "{n} · tên cũ"])
def test_a_cluster_is_found_by_its_number_or_a_name_no_other_has(cluster, chuyen_vien, text):
    assert resolve(chuyen_vien, LINK, text.format(n=cluster)) == f"{cluster} · Cụm công nghiệp Phú Thị"


@pytest.mark.parametrize("text", ["Cụm Không Có", "99999999", "Liên Hà"])
def test_a_name_of_none_or_of_two_is_refused_with_what_is_expected(cluster, make, chuyen_vien, text):
    for _n in range(2):
        make("industrial_clusters", "Cụm công nghiệp Liên Hà", ("operating", "2015-01-01"))
    with pytest.raises(UserError) as refused:
        resolve(chuyen_vien, LINK, text)
    assert "đúng một cụm công nghiệp" in refused.value.expected


def test_who_does_not_see_the_cluster_cannot_link_to_it(cluster, nguoi_ngoai):
    with pytest.raises(UserError):
        resolve(nguoi_ngoai, LINK, str(cluster))


def test_events_of_a_programme_are_its_number_and_its_memoranda(make, lan_page):
    number = make("trade_programmes", "Kết nối cung cầu 2024", ("running", "2024-03-01"), kind="supply_demand")
    for name, memoranda in (("Hội nghị một", "5"), ("Hội nghị hai", "7")):
        make("programme_events", name, ("held", "2024-05-01"), programme=f"{number} · x", memoranda=memoranda)
    make("programme_events", "Hội nghị ba", ("cancelled", "2024-05-01"), programme=f"{number} · x", memoranda="9")
    values = lan_page(number).line.values
    assert (values["events"], values["memoranda"]) == ("2", "12")


@pytest.fixture
def lan_page(chuyen_vien):
    """The page of an entry today."""
    from sct.office.registers import queries

    return lambda number: queries.entry(chuyen_vien, number, timezone.localdate())
