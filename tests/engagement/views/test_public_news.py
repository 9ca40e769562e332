"""What a partnership tells everybody on its public page."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.access.visibility import Visibility
from partnerships.models import Decision, Partnership, Recognition, Update
from partnerships.operations.communication import publish_update, update_from_data, withdraw_update, write_update
from partnerships.operations.decision import record_decision, revoke_decision, show_decision_to
from partnerships.operations.recognition import Thanks, answer_consent, give_thanks, publish_thanks, suggest_thanks
from partnerships.queries.decision import public_decisions
from partnerships.rules.decision import Stand
from tests.factories.engagement import make_submission
from tests.factories.partnerships import make_member, make_partnership

PAGE = "/p/borgo/own/"


@pytest.fixture
def partnership(space):
    return make_partnership("own", visibility=Visibility.PUBLIC)


def tell(partnership, by, title, level):
    update = write_update(
        partnership=partnership, by=by, title=title, not_going_well=f"{title}: the van broke", visibility=level
    )
    publish_update(update=update, by=by)
    return update


def test_everybody_reads_public_updates_and_of_withdrawn_ones_that_they_were_there(partnership, coordinator, client):
    shown = tell(partnership, coordinator, "Autumn", Visibility.PUBLIC)
    tell(partnership, coordinator, "Between us", Visibility.PARTNERS)
    page = client.get(PAGE).content.decode()
    assert "Autumn: the van broke" in page
    assert "Between us" not in page
    withdraw_update(update=shown, by=coordinator)
    page = client.get(PAGE).content.decode()
    assert "It was withdrawn on" in page
    assert "Autumn" not in page
    assert Update.objects.count() == 2


def test_everybody_reads_thanks_only_with_consent(partnership, coordinator, client):
    member = make_member(partnership, "Scuola", state="member")
    for reason, agrees in (("The hall", True), ("The soup", False)):
        thanks = suggest_thanks(partnership=partnership, to=f"m:{member.pk}", thanks=Thanks(reason), by=coordinator)
        give_thanks(recognition=thanks, by=coordinator)
        answer_consent(recognition=thanks, agrees=agrees, by=coordinator)
    assert "The hall" not in client.get(PAGE).content.decode()
    publish_thanks(recognition=Recognition.objects.get(reason="The hall"), by=coordinator)
    page = client.get(PAGE).content.decode()
    assert "The hall" in page
    assert "The soup" not in page


NOTE = "The lights stay on until ten"


def decide(partnership, by, title, **fields):
    fields = {"outcome": "decided", "visibility": Visibility.PUBLIC, "public_note": NOTE, **fields}
    return record_decision(partnership=partnership, by=by, title=title, **fields)


def test_everybody_reads_the_note_of_a_decision_and_nothing_else_of_it(partnership, coordinator, client):
    member = make_member(partnership, "Officine Segrete")
    decide(
        partnership, coordinator, "Light in the park", text="Secret wording", reasons="Secret reasons",
        context="Secret context", options=["Secret option"], not_public_reason="Secret silence",
        positions={member.pk: Stand(1, "Secret dissent")},
    )  # fmt: skip
    page = client.get(PAGE).content.decode()
    assert "Light in the park" in page
    assert NOTE in page
    assert "Secret" not in page
    assert "Officine Segrete" not in page


@pytest.mark.parametrize(
    "hidden",
    [
        {"visibility": Visibility.COORDINATION},
        {"visibility": Visibility.PARTNERS},
        {"visibility": Visibility.FUNDERS},
        {"public_note": ""},
        {"public_note": "", "affects_residents": True, "not_public_reason": "Names of children"},
        {"outcome": ""},
        {"outcome": "deferred"},
        {"outcome": "rejected"},
    ],
    ids=str,
)
def test_what_is_not_public_noted_and_decided_is_not_told(partnership, coordinator, client, hidden):
    decide(partnership, coordinator, "Cameras in the park", **hidden)
    answer = client.get(PAGE)
    assert answer.status_code == 200
    assert "Cameras" not in answer.content.decode()
    assert NOTE not in answer.content.decode()


def test_recommendation_is_not_told_even_once_it_was_replaced(partnership, coordinator, client):
    first = decide(partnership, coordinator, "Cameras in the park")
    few = {"present_count": 2, "entitled_count": 5, "quorum_percent": 50}
    Decision.objects.filter(pk=first.pk).update(state="recommended", **few)
    decide(partnership, coordinator, "Lamps instead", supersedes=first)
    assert Decision.objects.get(pk=first.pk).state == "superseded"
    page = client.get(PAGE).content.decode()
    assert "Lamps instead" in page
    assert "Cameras" not in page
    Decision.objects.filter(pk=first.pk).update(present_count=3)
    assert "Cameras" in client.get(PAGE).content.decode()


def test_partnership_that_is_not_public_caps_its_decisions(partnership, coordinator, client):
    decide(partnership, coordinator, "Light in the park")
    Partnership.objects.update(visibility=Visibility.PARTNERS)
    assert public_decisions(partnership, most=9) == []
    assert client.get(PAGE).status_code == 404


def test_decision_of_a_neighbour_partnership_stays_there(partnership, coordinator, client):
    decide(make_partnership("other", visibility=Visibility.PUBLIC), coordinator, "Light in the park")
    assert NOTE not in client.get(PAGE).content.decode()


def test_withdrawn_decision_leaves_its_day_and_comes_back_whole(partnership, coordinator, client):
    decision = decide(partnership, coordinator, "Light in the park")
    show_decision_to(decision=decision, visibility=Visibility.PARTNERS, by=coordinator, today=date(2026, 5, 10))
    page = client.get(PAGE).content.decode()
    assert "It was withdrawn on 10 May 2026" in page
    assert "Light in the park" not in page
    assert NOTE not in page
    show_decision_to(decision=decision, visibility=Visibility.PUBLIC, by=coordinator, is_meant=True)
    page = client.get(PAGE).content.decode()
    assert NOTE in page
    assert "withdrawn" not in page


def test_decision_taken_back_is_told_as_such(partnership, coordinator, client):
    revoke_decision(decision=decide(partnership, coordinator, "Light in the park"), by=coordinator)
    assert "Taken back since" in client.get(PAGE).content.decode()


def test_update_begins_with_messages_answered_and_waiting(partnership):
    today = timezone.localdate()
    answered, _waiting, spam = (make_submission(partnership, f"Bench {number}") for number in range(3))
    answered.answered_on, answered.state, spam.state = today, "answered", "spam"
    answered.save()
    spam.save()
    found = update_from_data(partnership=partnership, level=Visibility.PARTNERS, today=today)
    assert found["went_well"] == "- 1 message from a resident answered"
    assert found["not_going_well"] == "- 1 message from a resident waits for an answer"
    answered.answered_on = today - timedelta(days=200)
    answered.save()
    assert update_from_data(partnership=partnership, level=Visibility.PARTNERS, today=today)["went_well"] == ""


def test_replaced_decision_stays_readable_and_leads_to_the_one_in_its_place(partnership, coordinator, client):
    decide(partnership, coordinator, "Light until ten")
    old = Decision.objects.get()
    decide(partnership, coordinator, "Light until nine", supersedes=old, public_note="The lights stay on until nine")
    new = Decision.objects.get(supersedes=old)
    page = client.get(PAGE).content.decode()
    assert NOTE in page
    assert "Replaced" in page
    anchor = f"decision-{new.year}{new.number}"
    assert f'href="#{anchor}"' in page
    assert f'id="{anchor}"' in page
    show_decision_to(decision=new, visibility=Visibility.PARTNERS, by=coordinator)
    page = client.get(PAGE).content.decode()
    assert "Replaced" in page
    assert "#decision-" not in page
