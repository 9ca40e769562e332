"""A worry in private: read by two, known elsewhere by its code alone."""

import json
import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.models import AuditEvent, OutboxMail
from core.rules.sealing import SealBrokenError, sealed, unsealed
from partnerships.gates import gate_states
from partnerships.models import Partnership, PartnershipMember, Representative, Worry, WorryContact
from partnerships.operations.handover import hand_over
from partnerships.operations.representative import end_terms
from partnerships.operations.retention import forget_worries
from partnerships.operations.worry import (
    WorryRefusedError,
    acknowledge_worry,
    answer_worry,
    name_contacts,
    raise_worry,
    remind_contacts,
    tell_who_was_left_alone,
)
from partnerships.queries.worry import contacts_offered, worries_of
from partnerships.rules.worry import acknowledge_by, can_turn_to, new_code
from stakeholders.models import Stakeholder
from stakeholders.operations.personal_data import erase_person
from stakeholders.personal_data import subject_of
from stakeholders.queries.personal_data import export_of
from tests.architecture.test_personal_data import tables_saying
from tests.factories.partnerships import make_member, make_partner, make_partnership

SECRET = "Kestrel money went astray at Officine"
HERE = "/s/borgo/partnerships/own/worries/"
STATE = PartnershipMember.State.MEMBER


@pytest.fixture
def partnership(coordinator):
    return make_partnership("own", mode=Partnership.Mode.FULL, state="forming", coordinator=coordinator)


@pytest.fixture
def members(partnership):
    return [make_member(partnership, name, state=STATE) for name in ("Scuola", "Comune", "Parish")]


@pytest.fixture
def people(members):
    """Three people of three organisations; the second and the third are contacts."""
    return [make_partner(member, f"p{number}@x.example") for number, member in enumerate(members)]


@pytest.fixture
def contacts(partnership, people, coordinator):
    chosen = Representative.objects.filter(person__user__in=people[1:])
    return name_contacts(partnership=partnership, representatives=[one.pk for one in chosen], by=coordinator)


@pytest.fixture
def worry(partnership, contacts, people):
    comune = next(one for one in contacts if str(one.member) == "Comune")
    return raise_worry(partnership=partnership, contact_id=comune.pk, text=SECRET, by=people[0])


def test_rules_of_code_days_and_nearness():
    first, second = uuid.uuid4(), uuid.uuid4()
    assert acknowledge_by(date(2026, 11, 26)) == date(2026, 12, 1)
    assert can_turn_to(contact_member_id=first, own_member_ids=[second], about_member_id=None)
    assert not can_turn_to(contact_member_id=first, own_member_ids=[first], about_member_id=None)
    assert not can_turn_to(contact_member_id=first, own_member_ids=[second], about_member_id=first)
    assert len({new_code() for _number in range(50)}) == 50


def test_what_is_sealed_opens_for_its_own_purpose_and_also_after_a_change_of_key(settings):
    box = sealed("words", purpose="worry.words")
    assert b"words" not in box
    with pytest.raises(SealBrokenError):
        unsealed(box, purpose="worry.answer")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another " * 8
    assert unsealed(box, purpose="worry.words") == "words"
    assert unsealed(b"", purpose="worry.words") == ""


def test_worry_is_told_acknowledged_answered_and_closed(partnership, contacts, people, signed_in_as):
    raiser, contact = signed_in_as(people[0]), signed_in_as(people[1])
    comune = next(one for one in contacts if str(one.member) == "Comune")
    sent = {"text": SECRET, "contact": str(comune.pk), "about": ""}
    page = raiser.post(f"{HERE}new/", sent, follow=True).content.decode()
    assert SECRET in page
    worry = Worry.objects.get()
    address = f"/s/borgo/worries/{worry.pk}/"
    assert SECRET in contact.get(address).content.decode()
    contact.post(f"{address}step/", {"step": "acknowledge"})
    contact.post(address, {"text": "Let us talk on Monday"})
    assert "Let us talk on Monday" in raiser.get(address).content.decode()
    raiser.post(f"{address}step/", {"step": "close"})
    worry.refresh_from_db()
    assert (worry.state, worry.closed_at is None) == ("closed", False)
    assert worry.code in raiser.get("/s/borgo/worries/").content.decode()
    mails = list(OutboxMail.objects.order_by("id").values_list("to", "subject", "text"))
    assert [to for to, _subject, _text in mails] == [people[1].email, people[0].email, people[0].email]
    assert all(worry.code in subject for _to, subject, _text in mails)
    assert not any("Kestrel" in text or "Monday" in text for _to, _subject, text in mails)


def test_nobody_else_reads_it_whatever_their_role(worry, people, admin, coordinator, evaluator, signed_in_as):
    acknowledge_worry(worry=worry, by=people[1])
    addresses = (f"/s/borgo/worries/{worry.pk}/", f"/s/borgo/api/v1/worries/{worry.pk}/")
    for user in (admin, coordinator, evaluator, people[2]):
        browser = signed_in_as(user)
        for address in addresses:
            assert browser.get(address).status_code == 404, user
        assert browser.post(f"{addresses[0]}step/", {"step": "close"}).status_code == 404
        assert browser.post(addresses[1], {"step": "close"}, content_type="application/json").status_code == 404
        for listing in ("/s/borgo/worries/", "/s/borgo/api/v1/worries/", "/s/borgo/partnerships/own/"):
            assert worry.code not in browser.get(listing).content.decode()
        for searched in ("Kestrel", worry.code):
            found = browser.get("/s/borgo/search/", {"q": searched}).content.decode()
            assert str(worry.pk) not in found
            assert "Officine" not in found


def test_words_stand_nowhere_in_the_database_history_or_exports(worry, people, admin, signed_in_as):
    assert tables_saying("Kestrel") == set()
    events = AuditEvent.objects.filter(verb__startswith="worry.raised")
    assert [(event.subject_label, event.actor, event.scope_id, event.changes) for event in events] == [
        (worry.code, None, None, {})
    ]
    history = signed_in_as(admin).get("/s/borgo/history/").content.decode()
    assert "Kestrel" not in history
    for user in people:
        export = json.dumps(export_of(subject_of(Stakeholder.objects.get(user=user))))
        assert "Kestrel" not in export
    raiser = json.dumps(export_of(subject_of(Stakeholder.objects.get(user=people[0]))))
    assert worry.code in raiser


def test_words_are_destroyed_with_their_raiser_and_after_two_years(worry, people, admin):
    worry.closed_at = timezone.now() - timedelta(days=800)
    worry.save()
    assert forget_worries(timezone.localdate() - timedelta(days=801)) == 0
    assert forget_worries(timezone.localdate() - timedelta(days=730)) == 1
    assert forget_worries(timezone.localdate() - timedelta(days=730)) == 0
    Worry.objects.update(sealed_words=sealed("again", purpose="worry.words"))
    erase_person(person=Stakeholder.objects.get(user=people[0]), by=admin)
    worry.refresh_from_db()
    assert bytes(worry.sealed_words) == b""


def test_contact_of_the_own_or_the_other_organisation_is_not_offered(partnership, contacts, people, members):
    names = [str(one.member) for one in contacts_offered(partnership, people[1])]
    assert names == ["Parish"]
    about = contacts_offered(partnership, people[0], about=members[1].pk)
    assert [str(one.member) for one in about] == ["Parish"]
    comune = next(one for one in contacts if str(one.member) == "Comune")
    with pytest.raises(WorryRefusedError, match="too near"):
        raise_worry(partnership=partnership, contact_id=comune.pk, text="About them", by=people[0], about=members[1].pk)


def test_raiser_turns_to_the_other_contact_and_the_first_reads_it_no_more(worry, people, signed_in_as):
    address = f"/s/borgo/worries/{worry.pk}/"
    signed_in_as(people[0]).post(f"{address}step/", {"step": "turn"})
    assert signed_in_as(people[1]).get(address).status_code == 404
    assert SECRET in signed_in_as(people[2]).get(address).content.decode()


def test_contacts_are_two_of_different_organisations_and_open_the_gate(
    partnership, people, members, coordinator, signed_in_as
):
    def gate():
        states = gate_states(partnership, Partnership.State.ACTIVE)
        return next((found.is_open, found.blocks) for found in states if found.code == "worry_contacts")

    assert gate() == (False, True)
    partnership.mode = "light"
    assert gate() == (False, False)
    colleague = make_partner(members[0], "second@x.example")
    browser = signed_in_as(coordinator)
    first, same = (Representative.objects.get(person__user=user) for user in (people[0], colleague))
    other = Representative.objects.get(person__user=people[1])
    refused = browser.post(f"{HERE}contacts/", {"first": str(first.pk), "second": str(same.pk)})
    assert refused.status_code == 422
    browser.post(f"{HERE}contacts/", {"first": str(first.pk), "second": str(other.pk)})
    assert gate() == (True, False)
    assert signed_in_as(people[0]).get(f"{HERE}contacts/").status_code == 403
    browser.post(f"{HERE}contacts/", {"first": str(same.pk), "second": str(other.pk)})
    assert WorryContact.objects.filter(until=None).count() == 2
    assert WorryContact.objects.count() == 3


def test_overview_tells_the_contact_alone_that_somebody_waits(worry, people, coordinator, signed_in_as):
    card = "/s/borgo/partnerships/own/channels/"
    assert "Somebody turned to you" in signed_in_as(people[1]).get(card).content.decode()
    for user in (people[0], people[2], coordinator):
        assert "turned to you" not in signed_in_as(user).get(card).content.decode()


def test_late_acknowledgement_reminds_the_contact_once_by_code(worry, people):
    OutboxMail.objects.all().delete()
    assert remind_contacts(today=worry.acknowledge_by) == 0
    assert remind_contacts(today=worry.acknowledge_by + timedelta(days=1)) == 1
    assert remind_contacts(today=worry.acknowledge_by + timedelta(days=2)) == 0
    assert [mail.to for mail in OutboxMail.objects.all()] == [people[1].email]


def test_only_the_contact_answers_and_bad_input_is_refused(worry, partnership, people, contacts, signed_in_as):
    raiser = signed_in_as(people[0])
    address = f"/s/borgo/worries/{worry.pk}/"
    assert raiser.post(address, {"text": "My own answer"}).status_code == 422
    assert raiser.post(f"{address}step/", {"step": "burn"}).status_code == 400
    assert raiser.post(f"{HERE}new/", {"text": "", "contact": "x"}).status_code == 422
    api = "/s/borgo/api/v1/partnerships/own/worries/"
    offered = raiser.get(api).json()["results"]
    assert {one["organisation"] for one in offered} == {"Comune", "Parish"}
    made = raiser.post(api, {"text": "By machine", "contact_id": offered[0]["id"]}, content_type="application/json")
    assert made.status_code == 201
    wrong = {"text": "By machine", "contact_id": str(uuid.uuid4())}
    assert raiser.post(api, wrong, content_type="application/json").status_code == 409
    step = {"step": "acknowledge"}
    here = f"/s/borgo/api/v1/worries/{made.json()['id']}/"
    assert raiser.post(here, step, content_type="application/json").status_code == 409


def raised(worry):
    worry.refresh_from_db()
    return worry


def left_mails():
    return [
        (mail.to, f"{mail.subject} {mail.text}")
        for mail in OutboxMail.objects.filter(subject__contains="not there any more")
    ]


def test_who_waits_for_a_contact_that_leaves_is_told_and_chooses_to_whom(
    worry, partnership, people, members, coordinator, signed_in_as
):
    follower = make_partner(members[1], "next@x.example")
    giver, taker = (Representative.objects.get(person__user=user) for user in (people[1], follower))
    hand_over(giver=giver, colleague=taker, by=coordinator)
    ((to, text),) = left_mails()
    assert to == people[0].email
    assert (worry.code in text, "Kestrel" in text) == (True, False)
    address = f"/s/borgo/worries/{worry.pk}/"
    for nobody in (people[1], follower):
        assert signed_in_as(nobody).get(address).status_code == 404
    raiser = signed_in_as(people[0])
    assert "no longer listens" in raiser.get(address).content.decode()
    raiser.post(f"{address}step/", {"step": "turn"})
    assert raised(worry).contact.person.user in {follower, people[2]}
    assert "no longer listens" not in raiser.get(address).content.decode()
    assert tell_who_was_left_alone(today=timezone.localdate()) == 0


def test_end_of_a_term_and_a_closed_account_are_told_once(worry, people):
    today = timezone.localdate()
    assert tell_who_was_left_alone(today=today) == 0
    Representative.objects.filter(person__user=people[1]).update(until=today)
    end_terms(today=today)
    assert not WorryContact.objects.filter(person__user=people[1], until=None).exists()
    assert tell_who_was_left_alone(today=today) == 1
    assert tell_who_was_left_alone(today=today + timedelta(days=1)) == 0
    assert remind_contacts(today=today + timedelta(days=30)) == 0


def test_contact_named_no_longer_reads_nothing_more_and_what_was_answered_bothers_nobody(
    worry, partnership, people, members, coordinator
):
    answer_worry(worry=worry, text="Let us talk", by=people[1])
    make_partner(members[0], "third@x.example")
    chosen = Representative.objects.filter(person__user__email__in=["third@x.example", people[2].email])
    name_contacts(partnership=partnership, representatives=[one.pk for one in chosen], by=coordinator)
    assert left_mails() == []
    assert not worries_of(people[1]).exists()
    with pytest.raises(WorryRefusedError):
        answer_worry(worry=worry, text="Once more", by=people[1])
