"""Pages of representation audits: what is shown is what may be told, on the page, in CSV and in the API alike."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.access.roles import Role
from core.tenancy.context import tenant_scope
from stakeholders.models import ReferenceProfile, RepresentationAudit
from stakeholders.operations.representation import close_representation_audit
from stakeholders.queries.representation import categories_of
from tests.factories.core import make_user
from tests.factories.representation import make_audit, make_counted, make_profile

LIST = "/s/borgo/stakeholders/representation/"
COMMUNITIES = f"{LIST}communities/"
PROFILE = {"dimension": "gender", "area": "Borgo", "year": "2025", "source": "Census"}


def later(days=30):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def page_of(audit):
    return f"{LIST}{audit.pk}/"


def text_of(browser, path):
    return browser.get(path).content.decode()


def test_empty_list_says_how_to_begin(space, browser):
    assert "Nobody has looked yet" in text_of(browser, LIST)
    assert "First the community" in text_of(browser, f"{LIST}new/")
    assert "No community yet" in text_of(browser, COMMUNITIES)


@pytest.mark.parametrize(
    "given",
    [
        {"lines": "Women;510\nMen;490"},
        {"lines": "Genere\tAbitanti\nDonne\t1.510\nUomini\t1.490"},
        {"file": SimpleUploadedFile("groups.csv", "Donne;510\r\nUomini;490\r\nAltra identità;3".encode("cp1252"))},
    ],
)
def test_community_is_pasted_or_uploaded(space, browser, given):
    assert browser.post(f"{COMMUNITIES}new/", PROFILE | given).status_code == 302
    profile = ReferenceProfile.objects.get()
    assert len(categories_of(profile)) >= 2
    assert "Gender · Borgo 2025" in text_of(browser, COMMUNITIES)
    change = browser.post(f"{COMMUNITIES}{profile.pk}/", PROFILE | {"area": "Colle", "lines": "A;1\nB;2\nC;3"})
    assert change.status_code == 302
    assert [one.label for one in categories_of(profile)] == ["A", "B", "C"]
    browser.post(f"{COMMUNITIES}{profile.pk}/remove/")
    assert not ReferenceProfile.objects.exists()


def test_community_is_refused_with_the_line_that_is_wrong(space, browser):
    answer = browser.post(f"{COMMUNITIES}new/", PROFILE | {"lines": "Women;510\nMen;many"})
    assert answer.status_code == 422
    assert "Line 2: “many” is no whole number." in answer.content.decode()
    make_profile("gender")
    again = browser.post(f"{COMMUNITIES}new/", PROFILE | {"lines": "Women;510\nMen;490"})
    assert "This area is already described for that year." in again.content.decode()


def test_community_an_audit_compares_with_stays(space, browser):
    profile = make_audit().profile
    path = f"{COMMUNITIES}{profile.pk}/"
    refused = browser.post(path, PROFILE | {"dimension": "age_band", "lines": "A;1\nB;2"})
    assert refused.status_code == 422
    assert "so they stay" in refused.content.decode()
    browser.post(f"{path}remove/")
    assert ReferenceProfile.objects.filter(pk=profile.pk).exists()
    assert "in use" in text_of(browser, COMMUNITIES)


def test_audit_is_opened_counted_and_closed_with_an_action(space, browser):
    profile = make_profile()
    form = {"body": "Steering group", "profile": str(profile.pk), "audited_on": str(timezone.localdate())}
    guess = browser.post(f"{LIST}new/", form | {"method": "known_role"})
    assert guess.status_code == 422
    assert "Nobody can know this of others." in guess.content.decode()
    assert browser.post(f"{LIST}new/", form | {"method": "self_declared_anonymous"}).status_code == 302
    audit = RepresentationAudit.objects.get()
    assert "Nobody has been counted yet" in text_of(browser, page_of(audit))
    counts = {"count_0": "0", "count_1": "14", "count_2": "10", "not_stated": "2"}
    assert browser.post(f"{page_of(audit)}counts/", counts).status_code == 422
    assert browser.post(f"{page_of(audit)}counts/", counts | {"from_cards": "on"}).status_code == 302
    page = text_of(browser, page_of(audit))
    assert "Open until you say what is done" in page
    assert "Missing: Under 30." in page
    assert "14 of 24 (58 %)" in page
    assert "24 with a group, 2 not stated" in page
    assert "Missing: Under 30." in text_of(browser, f"{page_of(audit)}close/")
    half = {"missing_voices": "The young.", "action": "Two seats"}
    refused = browser.post(f"{page_of(audit)}close/", half)
    assert refused.status_code == 422
    assert "Say by when." in refused.content.decode()
    assert browser.post(f"{page_of(audit)}close/", half | {"action_on": str(later())}).status_code == 302
    audit.refresh_from_db()
    assert audit.closed_on is not None
    assert "Two seats" in text_of(browser, LIST)
    assert browser.post(f"{page_of(audit)}counts/", counts | {"from_cards": "on"}).status_code == 422
    browser.post(f"{page_of(audit)}delete/")
    assert RepresentationAudit.objects.filter(pk=audit.pk).exists()
    moved = {"action": "Three seats", "action_on": str(later(60))}
    assert browser.post(f"{page_of(audit)}action/", moved).status_code == 302
    assert "Three seats" in text_of(browser, page_of(audit))


def test_counts_of_few_are_hidden_on_the_page_in_the_download_and_in_the_api(space, browser):
    audit = make_counted(3, 11, 13)
    page = text_of(browser, page_of(audit))
    assert "fewer than 5" in page
    assert "not shown" in page
    assert "13 of" not in page
    rows = list(csv.reader(io.StringIO(browser.get(f"{page_of(audit)}?format=csv").content.decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == ["fewer than 5", "11 of 27 (41 %)", "not shown", "0"]
    sheet = browser.get(f"/s/borgo/api/v1/representation-audits/{audit.pk}/").json()["sheet"]
    assert [(row["showing"], row["count"]) for row in sheet["rows"]] == [
        ("small", None),
        ("count", 11),
        ("withheld", None),
    ]
    assert sheet["rows"][2]["parity_ratio"] is None
    # What was typed is not shown again where it would tell what is hidden.
    assert 'value="3"' not in text_of(browser, f"{page_of(audit)}counts/")


def test_fewer_than_five_answers_show_only_their_number(space, browser):
    audit = make_counted(2, 1, 1, not_stated=3)
    page = text_of(browser, page_of(audit))
    assert "7 people answered: too few to say who is missing." in page
    assert "In the body" not in page
    assert "format=csv" not in page
    assert browser.get(f"{page_of(audit)}?format=csv").headers["Content-Type"].startswith("text/html")


def test_organisations_known_from_their_role_are_shown_as_they_are_and_can_be_corrected(space, browser):
    sectors = make_profile("sector", groups=(("Business", 60), ("Nonprofit", 30), ("Public", 10)))
    audit = make_audit(sectors, method="known_role")
    browser.post(f"{page_of(audit)}counts/", {"count_0": "1", "count_1": "4", "count_2": "2", "not_stated": "0"})
    page = text_of(browser, page_of(audit))
    for words in (
        "1 of 7",
        "4 of 7",
        "2 of 7",
        "strongly under its share",
        "over its share",
        "body too small to judge",
    ):
        assert words in page
    assert 'value="4"' in text_of(browser, f"{page_of(audit)}counts/")
    assert browser.post(f"{page_of(audit)}slips/", {"number": "9", "ends_on": str(later())}).status_code == 422


def test_overdue_action_is_told_until_the_body_is_looked_at_again(space, admin, browser):
    past = timezone.localdate() - timedelta(days=90)
    audit = make_counted(0, 14, 10, audited_on=past)
    close_representation_audit(
        audit=audit,
        missing_voices="The young.",
        action="Two seats",
        action_on=past + timedelta(days=30),
        by=admin,
        today=past,
    )
    assert "action overdue" in text_of(browser, LIST)
    assert "The day for the action has passed" in text_of(browser, page_of(audit))
    make_audit(audit.profile, body="STEERING group")
    assert "looked at again" in text_of(browser, LIST)
    assert "The day for the action has passed" not in text_of(browser, page_of(audit))


def test_evaluator_reads_and_changes_nothing_and_a_partner_sees_nothing(space, evaluator, signed_in_as):
    audit = make_counted(9, 14, 10)
    reader = signed_in_as(evaluator)
    page = text_of(reader, page_of(audit))
    assert "14 of 33" in page
    assert "Say what is done" not in page
    for path in ("new/", "communities/new/", f"{audit.pk}/counts/", f"{audit.pk}/close/", f"{audit.pk}/slips/"):
        assert reader.get(f"{LIST}{path}").status_code == 403
    partner = signed_in_as(make_user("partner@borgo.example", role=Role.PARTNER_LEAD))
    for path in (LIST, page_of(audit), COMMUNITIES):
        assert partner.get(path).status_code == 403


@pytest.fixture
def theirs(neighbour):
    """An audit of the neighbour, made before our space is entered."""
    with tenant_scope(neighbour.pk):
        return make_counted(9, 14, 10)


def test_neighbours_audit_is_not_found(theirs, space, browser):
    for path in ("", "counts/", "close/", "slips/", "action/", "delete/"):
        assert browser.get(f"{page_of(theirs)}{path}").status_code == 404
    assert browser.get(f"{COMMUNITIES}{theirs.profile_id}/").status_code == 404


def test_list_costs_the_same_for_one_and_for_three(space, browser, django_assert_num_queries):
    profile = make_profile()
    make_audit(profile)
    browser.get(LIST)
    with django_assert_num_queries(8):
        browser.get(LIST)
    for body in ("Volunteers", "Assembly"):
        make_audit(profile, body=body)
    with django_assert_num_queries(8):
        browser.get(LIST)
    with django_assert_num_queries(8):
        browser.get(COMMUNITIES)


def test_open_audit_is_deleted_after_asking(space, browser):
    audit = make_counted(9, 14, 10)
    assert "Delete “Steering group”?" in text_of(browser, f"{page_of(audit)}delete/")
    browser.post(f"{page_of(audit)}delete/")
    assert not RepresentationAudit.objects.exists()
