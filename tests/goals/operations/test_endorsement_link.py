from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import AccessLink, OutboxMail
from core.operations.link import LinkUnknownError
from goals.models import Endorsement, EndorsementAnswer
from goals.operations.endorsement_link import (
    EndorsementLinkGoneError,
    make_endorsement_link,
    open_endorsement_link,
    renew_endorsement_link,
)
from goals.operations.goal import move_goal
from partnerships.models import Representative
from tests.factories.goals import ASKED, TODAY, make_asked, make_complete_goal
from tests.factories.partnerships import make_member, make_partnership, make_representative


@pytest.fixture
def place(space, coordinator):
    partnership = make_partnership("own")
    member = make_member(partnership, "Officine Riva", state="member")
    make_representative(member)
    goal = make_complete_goal(partnership)
    move_goal(goal=goal, to="proposed", by=coordinator, today=ASKED)
    make_asked(goal, coordinator)
    return Endorsement.objects.get(member=member)


@pytest.fixture
def person(place):
    return Representative.objects.get(member=place.member).person


@pytest.fixture
def path(place, person):
    return make_endorsement_link(endorsement=place, person=person)[1]


def token_of(path):
    return path.rstrip("/").rsplit("/", 1)[1]


def test_opening_the_link_changes_nothing(place, person, path, client):
    assert client.get(path).status_code == 200
    found, holder = open_endorsement_link(token_of(path))
    assert (found, holder.person) == (place, person)
    assert not EndorsementAnswer.objects.exists()


def test_partner_answers_by_link_and_changes_the_answer_while_the_question_is_open(place, path, client):
    page = client.get(path).content.decode()
    assert "students" in page
    assert client.post(path, {"position": "1", "comment": ""}).status_code == 422
    first = client.post(path, {"position": "2", "comment": "Name the schools first."})
    assert "Not yet: we need changes" in first.content.decode()
    assert "You answered already" in client.get(path).content.decode()
    client.post(path, {"position": "4", "comment": ""})
    held = EndorsementAnswer.objects.get(endorsement=place, replaced_at=None)
    assert (held.position, held.name, held.person.name) == (4, "Anna Riva", "Anna Riva")


def test_link_ends_with_the_round_and_without_the_right_to_commit(place, path, client, coordinator):
    Representative.objects.update(can_commit=False)
    assert client.get(path).status_code == 410
    Representative.objects.update(can_commit=True)
    assert client.get(path).status_code == 200
    move_goal(goal=place.round.goal, to="draft", by=coordinator, today=TODAY)
    with pytest.raises(EndorsementLinkGoneError):
        open_endorsement_link(token_of(path))
    assert client.post(path, {"position": "5"}).status_code == 410
    assert not EndorsementAnswer.objects.exists()


def test_unknown_token_is_nowhere(place, client):
    with pytest.raises(LinkUnknownError):
        open_endorsement_link("x" * 32)
    assert client.get(reverse("endorsement_link", kwargs={"tenant": "borgo", "token": "x" * 32})).status_code == 404


def test_expired_link_is_mailed_anew_to_the_same_address_only(place, person, path, client):
    AccessLink.objects.filter(purpose="endorsement").update(expires_at=timezone.now() - timedelta(hours=1))
    OutboxMail.objects.all().delete()
    gone = client.get(path)
    assert gone.status_code == 410
    assert client.post(f"{path}renew/").status_code == 200
    assert [mail.to for mail in OutboxMail.objects.all()] == [person.email]
    person.email = "elsewhere@riva.example"
    person.save()
    renew_endorsement_link(token=token_of(path))
    assert OutboxMail.objects.count() == 1
