import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partnerships.models import Commitment, Partnership
from tests.factories.partnerships import (
    make_commitment,
    make_member,
    make_organisation,
    make_partner,
    make_partnership,
    make_person,
    make_task,
)

HERE = "/s/borgo/partnerships/own"
LEDGER_QUERIES = 11 + 2
OWN_QUERIES = 9 + 2
DETAIL_QUERIES = 8 + 2


@pytest.fixture
def own(space):
    return make_partnership("own")


@pytest.fixture
def member(own):
    return make_member(own)


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_queries_for_one_and_three_promises(
    own, member, signed_in_as, django_assert_num_queries, count
):
    browser = signed_in_as(make_partner(member))
    for number in range(count):
        make_commitment(member, f"Word {number}")
        make_task(own, f"Task {number}", member=member, state="accepted")
    for address, queries in (
        (f"{HERE}/promises/", LEDGER_QUERIES),
        ("/s/borgo/promises/", OWN_QUERIES),
        (f"{HERE}/promises/1/", DETAIL_QUERIES),
    ):
        with django_assert_num_queries(queries):
            page = browser.get(address).content.decode()
        assert "Word 0" in page
        assert ("Task 0" in page) == (not address.endswith("/1/"))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"kept", "late", "said"}),
        ("?status=kept", {"kept"}),
        ("?source=task", {"late"}),
        ("?status=late&source=spoken", {"said"}),
        ("?organisation={member}", {"kept", "said"}),
        ("?status=nonsense&source=nonsense&organisation=nonsense", {"kept", "late", "said"}),
    ],
)
def test_ledger_is_narrowed(own, member, coordinator, signed_in_as, query, shown):
    make_commitment(member, "kept", state="kept", kept_on=date(2026, 1, 1))
    make_commitment(member, "said", due_on=date(2020, 1, 1))
    make_task(own, "late", member=make_member(own, "Other"), state="accepted", due_on=date(2020, 1, 1))
    page = signed_in_as(coordinator).get(f"{HERE}/promises/{query.format(member=member.organisation_id)}")
    assert {title for title in ("kept", "late", "said") if f">{title}</a>" in page.content.decode()} == shown


def test_ledger_as_csv(own, member, coordinator, signed_in_as):
    make_commitment(member, "Lend the van", reference="clause 9", source="agreement_clause", due_on=date(2020, 6, 30))
    text = signed_in_as(coordinator).get(f"{HERE}/promises/?format=csv").content.decode("utf-8-sig")
    assert "Officine Riva,Lend the van,Clause of an agreement: clause 9,Own,2020-06-30,2020-06-30,,Late," in text


def test_share_of_an_organisation_is_its_own_and_coordinations(own, member, coordinator, signed_in_as):
    other = make_member(own, "Scuola Verdi")
    for number in range(5):
        make_commitment(member, f"W{number}", due_on=date(2020, 1, 2), state="kept", kept_on=date(2020, 1, 1))
    make_commitment(other, "X", due_on=date(2020, 1, 2))

    def shares(user):
        page = signed_in_as(user).get(f"{HERE}/promises/").content.decode()
        card = page.partition('id="kept"')[2].partition("</section>")[0]
        return [
            " ".join(re.sub(r"<[^>]+>", " ", part).split()) for part in re.findall(r"(?s)<p>.*?</p>|<dt>.*?</dd>", card)
        ]

    together = "All together: 5 of 6 kept by the first agreed date (83 %)."
    mine, theirs = "Officine Riva 5 of 5 kept by the first agreed date (100 %).", "too few for a percentage"
    assert shares(make_partner(member)) == [together, mine]
    assert shares(coordinator)[:2] == [together, mine]
    assert theirs in shares(coordinator)[2]


def test_who_is_no_partner_reads_no_share(own, member, signed_in_as):
    own.visibility = 4
    own.save()
    make_commitment(member, "W", due_on=date(2020, 1, 2), visibility=4)
    outsider = make_partner(make_member(make_partnership("far"), "Far"), "far@far.example")
    page = signed_in_as(outsider).get(f"{HERE}/promises/").content.decode()
    assert ("W</a>" in page, 'id="kept"' in page) == (True, False)


def test_own_promises_are_those_of_my_organisation_in_all_partnerships(own, member, signed_in_as):
    partner = make_partner(member)
    make_commitment(member, "mine")
    make_commitment(make_member(own, "Other"), "theirs")
    page = signed_in_as(partner).get("/s/borgo/promises/").content.decode()
    assert ("mine" in page, "theirs" in page) == (True, False)


def test_coordination_writes_a_promise_down_and_the_owner_keeps_it(own, member, coordinator, signed_in_as):
    desk, partner = signed_in_as(coordinator), signed_in_as(make_partner(member))
    sent = {"member": str(member.pk), "title": "Lend the van", "source": "meeting", "due_on": "2099-01-01"}
    assert desk.post(f"{HERE}/promises/new/", sent).status_code == 302
    assert desk.post(f"{HERE}/promises/new/", {**sent, "member": "x", "title": ""}).status_code == 422
    assert partner.get(f"{HERE}/promises/new/").status_code == 403
    for browser in (desk, partner):
        assert "Written down, not confirmed yet" in browser.get(f"{HERE}/promises/").content.decode()
    assert "Nobody accepts for a partner" in desk.get(f"{HERE}/promises/1/").content.decode()
    assert desk.post(f"{HERE}/promises/1/confirm/", follow=True).status_code == 200
    assert Commitment.objects.get().state == "proposed"
    other = signed_in_as(make_partner(make_member(own, "Other"), "o@other.example"))
    assert other.post(f"{HERE}/promises/1/confirm/").status_code == 404
    assert partner.post(f"{HERE}/promises/1/decline/", {"reason": ""}).status_code == 422
    assert "Is this your promise?" in partner.get("/s/borgo/partnerships/own/promises/1/").content.decode()
    partner.post(f"{HERE}/promises/1/confirm/")
    assert Commitment.objects.get().state == "open"
    file = SimpleUploadedFile("keys.txt", b"Handed over.", content_type="text/plain")
    sent = {"evidence": "https://riva.example/keys", "evidence_file": file}
    assert partner.post(f"{HERE}/promises/1/kept/", sent).status_code == 302
    page = desk.get(f"{HERE}/promises/1/").content.decode()
    assert "Kept on" in page
    assert 'href="https://riva.example/keys"' in page
    assert desk.get(f"{HERE}/promises/1/evidence/download/").content == b"Handed over."


FIRST = {"title": "Water the benches", "source": "spoken", "due_on": "2099-01-01"}


def test_group_comes_into_an_empty_partnership_with_its_first_promise(own, coordinator, signed_in_as):
    desk = signed_in_as(coordinator)
    assert 'name="group"' in desk.get(f"{HERE}/promises/new/").content.decode()
    assert desk.post(f"{HERE}/promises/new/", {**FIRST, "group": ""}).status_code == 422
    assert desk.post(f"{HERE}/promises/new/", {**FIRST, "group": "Bench Friends"}).status_code == 302
    promise = Commitment.objects.get()
    assert (promise.title, promise.state, str(promise.due_on)) == ("Water the benches", "open", "2099-01-01")
    assert (promise.member.organisation.name, promise.member.organisation.kind) == ("Bench Friends", "group")
    assert "Water the benches" in desk.get(f"{HERE}/promises/").content.decode()
    assert 'name="group"' not in desk.get(f"{HERE}/promises/new/").content.decode()


def test_promise_of_who_has_nobody_to_confirm_it_says_what_to_do(own, member, coordinator, signed_in_as):
    Partnership.objects.filter(pk=own.pk).update(mode="full")
    desk = signed_in_as(coordinator)
    desk.post(f"{HERE}/promises/new/", {**FIRST, "member": str(member.pk)})
    assert Commitment.objects.get().state == "proposed"
    assert "Name somebody who may commit for it" in desk.get(f"{HERE}/promises/1/").content.decode()


def test_group_that_is_known_is_not_written_down_twice(own, coordinator, signed_in_as):
    known = make_organisation("Bench Friends")
    make_person("bench friends", "b@friends.example")
    signed_in_as(coordinator).post(f"{HERE}/promises/new/", {**FIRST, "group": "BENCH friends"})
    assert Commitment.objects.get().member.organisation == known


def test_coordination_cannot_keep_it_for_a_partner_and_a_stranger_does_not_find_it(
    own, member, coordinator, signed_in_as
):
    make_commitment(member)
    signed_in_as(coordinator).post(f"{HERE}/promises/1/kept/", {})
    other = signed_in_as(make_partner(make_member(own, "Other"), "o@other.example"))
    for word in ("kept", "ask", "date"):
        assert other.post(f"{HERE}/promises/1/{word}/", {"reason": "x"}).status_code == 404
    far = signed_in_as(make_partner(make_member(make_partnership("far"), "Far"), "far@far.example"))
    assert far.get(f"{HERE}/promises/1/").status_code == 404
    assert Commitment.objects.get().state == "open"


def test_release_is_asked_for_seen_and_given(own, member, coordinator, signed_in_as):
    make_commitment(member)
    partner, desk = signed_in_as(make_partner(member)), signed_in_as(coordinator)
    assert partner.post(f"{HERE}/promises/1/ask/", {"reason": ""}).status_code == 422
    partner.post(f"{HERE}/promises/1/ask/", {"reason": "The van was sold"})
    assert "Officine Riva asks to be released" in desk.get(f"{HERE}/promises/1/").content.decode()
    assert partner.post(f"{HERE}/promises/1/release/", {"reason": "x"}).status_code == 403
    desk.post(f"{HERE}/promises/1/release/", {"reason": "The van was sold"})
    assert Commitment.objects.get().state == "released"


def test_new_date_without_a_reason_comes_back_with_the_form_open(own, member, signed_in_as):
    make_commitment(member)
    partner = signed_in_as(make_partner(member))
    answer = partner.post(f"{HERE}/promises/1/date/", {"due_on": "2020-01-01", "reason": "Rain"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This date has passed." in page
    assert len(re.findall(r' id="([^"]+)"', page)) == len(set(re.findall(r' id="([^"]+)"', page)))
    assert partner.post(f"{HERE}/promises/1/date/", {"due_on": "2099-01-01", "reason": "Rain"}).status_code == 302
