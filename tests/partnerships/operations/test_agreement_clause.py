from datetime import date

import pytest
from django.core.exceptions import ValidationError

from core.models import AuditEvent
from partnerships.kits.registry import KITS
from partnerships.models import AgreementClause, AgreementVersion, Signature
from partnerships.operations.agreement import (
    AgreementRefusedError,
    change_agreement_terms,
    change_agreement_text,
    compose_agreement,
    draft_next_version,
)
from partnerships.operations.agreement_clause import add_clause, change_clause, move_clause, remove_own_clause
from partnerships.operations.agreement_signing import open_agreement_for_signing
from partnerships.operations.kit_sections import capture_agreement
from partnerships.operations.partnership import change_partnership
from partnerships.queries.agreement_clause import clause_report
from partnerships.queries.agreement_text import text_of
from partnerships.rules.agreement import sha256_of
from tests.factories.goals import make_goal
from tests.factories.partnerships import make_agreement, make_member, make_partnership


@pytest.fixture
def own(space):
    return make_partnership("own", purpose="We mend bicycles.", territory="Borgo", mode="light")


@pytest.fixture
def member(own):
    return make_member(own, "Officine Riva", role="keeps the workshop")


@pytest.fixture
def version(own, member, admin):
    return compose_agreement(partnership=own, title="Agreement", clauses=KITS[""].clauses, language="en", by=admin)


def clause(version, code):
    return AgreementClause.objects.get(version=version, code=code)


def opened(version, member, admin):
    return open_agreement_for_signing(version=version, members=[member], by=admin)


def test_light_agreement_has_five_clauses_and_the_others_wait(version):
    on = AgreementClause.objects.filter(version=version, is_on=True).order_by("position")
    assert [one.code for one in on] == ["parties", "purpose", "roles", "leaving", "signatures"]
    assert AgreementClause.objects.filter(version=version).count() == 36


def test_full_agreement_has_what_it_cannot_be_signed_without(space, admin):
    full = make_partnership("full", mode="full")
    version = compose_agreement(partnership=full, title="A", clauses=KITS["BS"].clauses, language="it", by=admin)
    assert version.agreement.involves_minors
    assert [found for found in clause_report(version).findings if found.finding.code == "R-A1"] == []


def test_draft_follows_the_data_until_it_is_opened_for_signing(version, own, member, admin):
    assert "In Borgo we work together in “Own”. We mend bicycles." in text_of(version)
    assert "- **Officine Riva**: keeps the workshop" in text_of(version)
    change_partnership(partnership=own, by=admin, purpose="We lend bicycles.")
    version = AgreementVersion.objects.get(pk=version.pk)
    assert "We lend bicycles." in text_of(version)
    fixed = opened(version, member, admin)
    assert fixed.text_sha256 == sha256_of(fixed.text)
    change_partnership(partnership=own, by=admin, purpose="We sell bicycles.")
    fixed = AgreementVersion.objects.get(pk=fixed.pk)
    assert text_of(fixed) == fixed.text
    assert "We lend bicycles." in fixed.text


def test_goals_before_the_partners_fill_their_clause_and_drafts_do_not(version, own, admin):
    change_clause(clause=clause(version, "goals"), is_on=True, by=admin)
    make_goal(own, title_en="More bicycles mended", state="draft")
    assert "(goals: still to be written)" in text_of(version)
    make_goal(own, title_en="More bicycles lent", state="adopted")
    text = text_of(AgreementVersion.objects.get(pk=version.pk))
    assert "still to be written" not in text.split("## 4")[0].split("## 3")[1]
    assert text.count("\n- ") == 3  # the party, its role and the one goal


def test_clause_in_own_words_voids_signatures_and_reset_brings_the_librarys_back(version, member, admin):
    opened(version, member, admin)
    change_clause(clause=clause(version, "leaving"), body="One may go.", by=admin)
    version.refresh_from_db()
    assert (version.state, version.text, version.text_sha256) == ("drafting", "", "")
    assert Signature.objects.get().state == "void"
    assert "One may go." in text_of(version)
    change_clause(clause=clause(version, "leaving"), title="", body="", by=admin)
    assert "hands over its tasks" in text_of(version)


def test_change_that_alters_no_word_keeps_the_signatures(version, member, admin):
    opened(version, member, admin)
    change_clause(clause=clause(version, "scope"), body="Not used", by=admin)
    change_agreement_terms(version=version, quorum_percent=60, by=admin)
    version.refresh_from_db()
    assert (version.state, Signature.objects.get().state) == ("ready_to_sign", "requested")


def test_date_that_the_text_names_voids_signatures(version, member, admin):
    change_clause(clause=clause(version, "duration"), is_on=True, by=admin)
    opened(version, member, admin)
    change_agreement_terms(version=version, valid_to=date(2031, 5, 1), by=admin)
    version.refresh_from_db()
    assert (version.state, Signature.objects.get().state) == ("drafting", "void")
    assert "to 1 May 2031." in text_of(version)


def test_what_adopting_a_goal_asks_stands_where_the_text_tells_of_deciding(version, admin):
    change_clause(clause=clause(version, "governance"), is_on=True, by=admin)
    terms = {"endorsement_days": 5, "endorsement_percent": 75, "endorsement_voices": 2}
    text = text_of(change_agreement_terms(version=version, by=admin, **terms))
    for words in ("have 5 working days to say", "At least 75% of them", "At least 2 voices of the people affected"):
        assert words in text


def test_second_language_is_printed_beneath(version, admin):
    changed = change_agreement_terms(version=version, second_language="it", by=admin)
    assert "> **Recesso, preavviso, esclusione.** Una parte può recedere" in text_of(changed)


def test_text_in_two_languages_begins_by_saying_which_counts(version, admin):
    first = change_agreement_terms(version=version, second_language="it", by=admin)
    assert text_of(first).startswith(
        "Where the two languages differ, the English text counts.\n\n> Se le due lingue divergono, vale il testo inglese."
    )
    other = change_agreement_terms(version=version, prevailing_language="it", by=admin)
    assert text_of(other).startswith("Where the two languages differ, the Italian text counts.\n\n> Se le due lingue")
    alone = change_agreement_terms(version=version, second_language="", by=admin)
    assert "differ" not in text_of(alone)


def test_another_language_that_counts_is_another_text_and_voids_signatures(version, member, admin):
    change_agreement_terms(version=version, second_language="it", by=admin)
    before = opened(version, member, admin)
    assert "the English text counts" in before.text
    change_agreement_terms(version=version, prevailing_language="en", by=admin)
    version.refresh_from_db()
    assert (version.state, version.text_sha256) == ("ready_to_sign", before.text_sha256)
    change_agreement_terms(version=version, prevailing_language="it", by=admin)
    version.refresh_from_db()
    assert (version.state, Signature.objects.get().state) == ("drafting", "void")


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"second_language": "en"}, "second_language"),
        ({"second_language": "it", "prevailing_language": "de"}, "prevailing_language"),
    ],
)
def test_languages_that_do_not_fit_are_refused(version, admin, terms, field):
    with pytest.raises(ValidationError) as refused:
        change_agreement_terms(version=version, by=admin, **terms)
    assert list(refused.value.message_dict) == [field]


def test_freely_written_text_has_no_second_language(own, admin):
    with pytest.raises(ValidationError, match="clause by clause"):
        change_agreement_terms(version=make_agreement(own), second_language="it", by=admin)


def test_clauses_are_moved_among_those_in_use(version, admin):
    move_clause(clause=clause(version, "leaving"), up=True, by=admin)
    on = AgreementClause.objects.filter(version=version, is_on=True).order_by("position")
    assert [one.code for one in on] == ["parties", "purpose", "leaving", "roles", "signatures"]
    move_clause(clause=clause(version, "parties"), up=True, by=admin)
    move_clause(clause=clause(version, "signatures"), up=False, by=admin)
    assert [one.code for one in on.all()] == ["parties", "purpose", "leaving", "roles", "signatures"]


def test_own_clause_stands_before_the_signatures_and_goes_again(version, admin):
    added = add_clause(version=version, title="Tea", body="There is tea.", by=admin)
    assert text_of(version).index("## 5. Tea") < text_of(version).index("## 6. Signatures")
    with pytest.raises(AgreementRefusedError, match="title and a text"):
        change_clause(clause=added, body="", by=admin)
    with pytest.raises(AgreementRefusedError, match="Switch this clause off"):
        remove_own_clause(clause=clause(version, "parties"), by=admin)
    remove_own_clause(clause=added, by=admin)
    assert "Tea" not in text_of(version)


def test_clause_without_title_or_text_is_refused(version, admin):
    with pytest.raises(AgreementRefusedError, match="title and a text"):
        add_clause(version=version, title="Tea", body=" ", by=admin)


def test_full_partnership_cannot_open_without_a_required_clause(space, admin):
    full = make_partnership("full", mode="full")
    member = make_member(full)
    version = compose_agreement(partnership=full, title="A", clauses=KITS["CU"].clauses, language="en", by=admin)
    change_clause(clause=clause(version, "interests"), is_on=False, by=admin)
    with pytest.raises(AgreementRefusedError, match="Conflicts of interest"):
        opened(version, member, admin)
    change_clause(clause=clause(version, "interests"), is_on=True, by=admin)
    assert opened(version, member, admin).state == "ready_to_sign"


def test_next_version_takes_the_clauses_and_terms_along(version, member, admin):
    change_agreement_terms(version=version, notice_days=60, by=admin)
    change_clause(clause=clause(version, "leaving"), body="One may go.", by=admin)
    AgreementVersion.objects.update(state="in_force", text="Fixed")
    after = draft_next_version(version=AgreementVersion.objects.get(), by=admin)
    assert (after.based_on, after.notice_days, after.is_composed, after.text) == (version, 60, True, "")
    assert "One may go." in text_of(after)
    change_clause(clause=clause(after, "leaving"), body="Nobody goes.", by=admin)
    assert clause(version, "leaving").body == "One may go."


@pytest.mark.parametrize("state", ["in_force", "expired", "superseded"])
def test_nothing_of_a_version_in_force_changes(version, admin, state):
    AgreementVersion.objects.update(state=state)
    for act in (
        lambda: change_clause(clause=clause(version, "roles"), body="x", by=admin),
        lambda: move_clause(clause=clause(version, "roles"), up=True, by=admin),
        lambda: add_clause(version=version, title="x", body="x", by=admin),
        lambda: change_agreement_terms(version=version, notice_days=5, by=admin),
    ):
        with pytest.raises(AgreementRefusedError, match="stands as it is"):
            act()


def test_text_of_a_composed_version_is_not_written_over(version, admin):
    with pytest.raises(AgreementRefusedError, match="clause by clause"):
        change_agreement_text(version=version, text="Free", by=admin)


def test_history_knows_which_clause_and_no_words(version, admin):
    change_clause(clause=clause(version, "roles"), body="Anna Riva does all.", by=admin)
    event = AuditEvent.objects.get(verb="agreement.clause_changed")
    assert (event.changes["clause"], "Anna" in str(event.changes)) == ("roles", False)


def test_kit_made_of_it_has_its_clauses_with_gaps(version, own, admin):
    add_clause(version=version, title="Tea", body="There is tea in {territory}.", by=admin)
    captured = {item["title_en"]: item for item in capture_agreement(own)}
    assert captured["Parties"]["code"] == "parties"
    assert "{parties}" in captured["Parties"]["text_en"]
    assert captured["Tea"]["text_en"] == "There is tea in {territory}."


def test_report_counts_and_tells_what_stops(version, own, admin):
    own.mode = "full"
    own.save()
    report = clause_report(AgreementVersion.objects.get(pk=version.pk))
    assert len(report.used) == 5
    assert report.filled + report.untouched + report.missing == 5
    assert report.missing == 1  # nobody agreed on a period of notice
    stopping = [found for found in report.findings if found.blocks]
    assert {found.finding.code for found in stopping} == {"R-A1"}
