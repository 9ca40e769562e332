"""What a partnership tells everybody on its public page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.access.visibility import Visibility
from partnerships.models import Recognition, Update
from partnerships.operations.communication import publish_update, update_from_data, withdraw_update, write_update
from partnerships.operations.recognition import Thanks, answer_consent, give_thanks, publish_thanks, suggest_thanks
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
