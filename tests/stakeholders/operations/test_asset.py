from datetime import date

import pytest
from django.core.exceptions import ValidationError

from core.access.visibility import Visibility
from core.models import AuditEvent
from core.queries.viewer import viewer_for
from core.tenancy.context import tenant_scope
from stakeholders.models import Asset
from stakeholders.operations import asset as asset_operations
from stakeholders.operations.asset import (
    AssetInUseError,
    add_asset,
    add_starter,
    change_asset,
    remove_asset,
    verify_asset,
)
from stakeholders.operations.stakeholder import change_stakeholder
from stakeholders.queries import asset as asset_queries
from stakeholders.queries.asset import best_for_each, offers_found, who_can_bring
from stakeholders.queries.stakeholder import ids_found
from stakeholders.rules.asset import Wish
from tests.factories.partnerships import make_member, make_partner, make_partnership
from tests.factories.stakeholders import make_person, make_stakeholder

VAN = {"kind": "equipment", "title": "Furgone a nove posti"}


def test_what_somebody_can_bring_is_found_by_its_name_and_no_longer_when_it_is_removed(space, admin):
    owner = make_stakeholder()
    van = add_asset(owner=owner, by=admin, **VAN)
    assert ids_found(["furgone"]) == [owner.pk]
    change_asset(asset=van, by=admin, title="Camioncino")
    assert (ids_found(["furgone"]), ids_found(["camioncino"])) == ([], [owner.pk])
    remove_asset(asset=van, by=admin)
    assert ids_found(["camioncino"]) == []


def test_offer_kept_to_coordination_finds_its_owner_for_coordination_only(space, admin, coordinator, signed_in_as):
    owner = make_stakeholder("Coro Aurora", visibility=Visibility.PARTNERS)
    partner = make_partner(make_member(make_partnership()))
    van = add_asset(owner=owner, by=admin, visibility=Visibility.COORDINATION, **VAN)
    question, wish = {"q": "coro furgone"}, Wish(words=("furgone",))

    def finders():
        pages = [signed_in_as(user).get("/s/borgo/search/", question) for user in (coordinator, partner)]
        return ["Coro Aurora" in page.content.decode() for page in pages]

    assert finders() == [True, False]
    listed = signed_in_as(coordinator).get("/s/borgo/api/v1/stakeholders/", question).json()
    assert [one["id"] for one in listed["results"]] == [str(owner.pk)]
    assert [row.owner_id for row in who_can_bring(viewer_for(coordinator), wish, today=date(2026, 11, 1)).rows] == [
        owner.pk
    ]
    change_asset(asset=van, by=admin, visibility=Visibility.PARTNERS, is_meant=True)
    assert finders() == [True, True]
    change_stakeholder(stakeholder=owner, by=admin, visibility=Visibility.PUBLIC, is_meant=True)
    assert ids_found(["furgone"]) == []
    assert finders() == [True, True]
    change_asset(asset=van, by=admin, offered="no")
    assert finders() == [False, False]


def test_colleagues_do_not_find_each_other_by_what_coordination_keeps(space, admin):
    anna = make_person("Anna Neri", of=make_stakeholder())
    van = add_asset(owner=anna, by=admin, visibility=Visibility.COORDINATION, **VAN)
    assert ids_found(["furgone"]) == []
    change_asset(asset=van, by=admin, visibility=Visibility.PARTNERS, is_meant=True)
    assert ids_found(["furgone"]) == [anna.pk]


def test_owner_shown_to_more_people_is_not_found_by_what_these_may_not_know(space, admin):
    owner = make_stakeholder(visibility=Visibility.COORDINATION)
    add_asset(owner=owner, by=admin, visibility=Visibility.COORDINATION, **VAN)
    assert ids_found(["furgone"]) == [owner.pk]
    change_stakeholder(stakeholder=owner, by=admin, visibility=Visibility.PARTNERS, is_meant=True)
    assert ids_found(["furgone"]) == []


def test_history_keeps_what_was_done_and_no_words_people_wrote(space, admin):
    van = add_asset(owner=make_stakeholder(), by=admin, conditions="Only with Ugo at the wheel", **VAN)
    change_asset(asset=van, by=admin, offered="yes", conditions="Ugo is away")
    verify_asset(asset=van, by=admin, today=date(2026, 11, 27))
    events = AuditEvent.objects.filter(verb__startswith="asset.").order_by("at", "id")
    assert [event.verb for event in events] == ["asset.added", "asset.changed", "asset.verified"]
    assert events[1].changes == {"offered": ["not_asked", "yes"]}
    assert "Ugo" not in str([event.changes for event in events])
    van.refresh_from_db()
    assert van.verified_on == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": ""}, "title"),
        ({"kind": "weather"}, "kind"),
        ({"free_from": date(2026, 12, 2), "free_until": date(2026, 12, 1)}, "__all__"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(space, admin, facts, field):
    with pytest.raises(ValidationError) as refusal:
        add_asset(owner=make_stakeholder(), by=admin, **VAN | facts)
    assert list(refusal.value.message_dict) == [field]
    assert not Asset.objects.exists()


def test_one_thing_more_than_the_most_is_refused(space, admin, monkeypatch):
    monkeypatch.setattr(asset_operations, "MOST_OF_ONE", 1)
    owner = make_stakeholder()
    add_asset(owner=owner, by=admin, **VAN)
    with pytest.raises(ValidationError):
        add_asset(owner=owner, by=admin, **VAN)


def test_starter_of_the_sector_is_noted_as_not_asked_and_one_of_another_sector_is_refused(space, admin):
    firm = make_stakeholder(sector="local_business")
    noted = add_starter(owner=firm, code="mentoring", by=admin)
    assert (noted.kind, noted.offered, noted.title) == ("skill", "not_asked", "Mentors")
    with pytest.raises(ValidationError):
        add_starter(owner=firm, code="research", by=admin)


def test_thing_a_partnership_counts_on_is_not_removed(space, admin):
    from partnerships.operations.resource_need import meet_resource_need, open_resource_need

    van = add_asset(owner=make_stakeholder(), by=admin, **VAN)
    need = open_resource_need(partnership=make_partnership(), kind="equipment", title="A van", by=admin)
    meet_resource_need(need=need, by=admin, asset=van)
    with pytest.raises(AssetInUseError):
        remove_asset(asset=van, by=admin)
    assert Asset.objects.filter(pk=van.pk).exists()


def test_what_is_rare_is_found_for_a_need_among_many_of_its_kind(space, coordinator, monkeypatch):
    monkeypatch.setattr(asset_queries, "MOST_GLANCED_AT", 2)
    for title in ("Furgone frigorifero", "Gazebo 1", "Gazebo 2", "Gazebo 3"):
        add_asset(owner=make_stakeholder(title), by=coordinator, kind="equipment", title=title, offered="yes")
    wishes = [Wish(words=(word,), kind="equipment") for word in ("gazebo", "frigorifero", "barca")]
    found = best_for_each(viewer_for(coordinator), wishes, today=date(2026, 11, 27), most=2)
    assert [len(best) for best in found] == [2, 1, 0]
    assert found[1][0].title == "Furgone frigorifero"


@pytest.fixture
def their_offer(neighbour):
    """Ask for it before ``space``, which enters another tenant."""
    with tenant_scope(neighbour.pk):
        owner = make_stakeholder("Theirs")
        return add_asset(owner=owner, by=None, kind="place", offered="yes", title="Impianto luci")


def test_offer_is_found_by_its_description_and_never_the_neighbours(their_offer, space, coordinator):
    give = {"by": coordinator, "kind": "place", "offered": "yes"}
    add_asset(owner=make_stakeholder("Parish"), title="Sala grande", description="Con impianto audio", **give)
    add_asset(owner=make_stakeholder("School"), title="Palestra", description="", **give)
    eyes, day = viewer_for(coordinator), date(2026, 11, 27)
    found = who_can_bring(eyes, Wish(words=("sal", "impianto"), kind="place"), today=day)
    assert [one.title for one in found.rows] == ["Sala grande"]
    assert len(best_for_each(eyes, [Wish(kind="place")], today=day, most=3)[0]) == 2
    # Straight from the function that stands beside the wall.
    assert len(offers_found(Wish(words=("impianto", "palestra")), most=9, every=False)) == 2
    assert their_offer.pk not in offers_found(Wish(words=("impianto",)), most=9)
