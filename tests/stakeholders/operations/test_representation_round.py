"""R-S9, PRI-04: a slip answers once and leaves nothing but a count."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.models import AccessLink, AuditEvent
from core.operations.link import LinkExpiredError, LinkUnknownError
from core.operations.rate import TooOftenError
from stakeholders.models import AuditCount, RepresentationAudit
from stakeholders.operations import representation_round
from stakeholders.operations.representation import AuditStateError, count_by_hand
from stakeholders.operations.representation_round import (
    SlipRefusedError,
    answer_without_name,
    end_round,
    hand_out_slips,
)
from stakeholders.queries.representation import Counting, categories_of, round_of, sheet_for
from tests.architecture.everything import tenant_models
from tests.factories.representation import make_audit, make_counted, make_profile


def open_round(audit, number=6, days=7, by=None):
    handed_out = hand_out_slips(audit=audit, number=number, ends_on=timezone.localdate() + timedelta(days=days), by=by)
    return handed_out.url.rstrip("/").rpartition("/")[2], handed_out.codes


def everything_stored():
    """Every value of every row of the space, except the slips, of which one is meant to go."""
    found = {}
    for model in tenant_models():
        rows = model.objects.all()
        if model is AccessLink:
            rows = rows.exclude(purpose="representation_slip")
        for row in rows:
            found[model._meta.label, row.pk] = {
                field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields
            }
    return found


def test_answer_changes_one_count_and_nothing_else_in_the_whole_space(space, admin):
    audit = make_audit()
    group = categories_of(audit.profile)[1]
    token, codes = open_round(audit, by=admin)
    before = everything_stored()
    answer_without_name(token=token, code=codes[3], category_id=group.pk)
    after = everything_stored()
    assert before.keys() == after.keys()
    changed = {key: (before[key], after[key]) for key in before if before[key] != after[key]}
    count = AuditCount.objects.get(category=group)
    assert list(changed) == [("stakeholders.AuditCount", count.pk)]
    old, new = changed["stakeholders.AuditCount", count.pk]
    assert {name for name in old if old[name] != new[name]} == {"count"}
    assert (old["count"], new["count"]) == (0, 1)
    # The used slip is gone without a trace; five are left, and none of them was touched.
    left = AccessLink.objects.filter(purpose="representation_slip")
    assert (left.count(), left.filter(uses=0, last_used_at=None, revoked_at=None).count()) == (5, 5)


def test_no_row_appears_with_an_answer_whose_id_would_tell_its_time(space, admin):
    audit = make_audit()
    assert AuditCount.objects.filter(audit=audit, count=0).count() == 3


def test_slip_answers_once_and_read_as_it_was_meant(space, admin):
    audit = make_audit()
    token, codes = open_round(audit)
    typed = codes[0].replace("-", " ").lower().replace("0", "o").replace("1", "l")
    answer_without_name(token=token, code=typed, category_id=None)
    for code in (codes[0], "00000-00000", ""):
        with pytest.raises(SlipRefusedError):
            answer_without_name(token=token, code=code, category_id=None)
    audit.refresh_from_db()
    assert audit.not_stated_count == 1


def test_slip_of_another_round_is_refused(space, admin):
    token, _codes = open_round(make_audit())
    _other, codes = open_round(make_audit(make_profile("language"), body="Volunteers"))
    with pytest.raises(SlipRefusedError):
        answer_without_name(token=token, code=codes[0], category_id=None)


def test_group_of_another_community_is_refused_and_the_slip_stays_good(space, admin):
    audit = make_audit()
    token, codes = open_round(audit)
    stranger = categories_of(make_profile("language"))[0]
    with pytest.raises(ValidationError):
        answer_without_name(token=token, code=codes[0], category_id=stranger.pk)
    answer_without_name(token=token, code=codes[0], category_id=None)


def test_nothing_tells_a_code_or_the_link_afterwards(space, admin):
    token, codes = open_round(make_audit(), by=admin)
    stored = str(everything_stored()) + str(list(AccessLink.objects.values_list("token_hash", "label")))
    assert token not in stored
    assert not any(code in stored or code.replace("-", "") in stored for code in codes)
    assert AuditEvent.objects.get(verb="representation.round_opened").changes == {"slips": 6}


def test_round_ends_and_takes_no_more(space, admin):
    audit = make_audit()
    token, codes = open_round(audit)
    group = categories_of(audit.profile)[0]
    for code in codes[:5]:
        answer_without_name(token=token, code=code, category_id=group.pk)
    assert (round_of(audit).counting, round_of(audit).answers, round_of(audit).left) == (Counting.OPEN, 5, 1)
    assert round_of(audit).ends_on == timezone.localdate() + timedelta(days=7)
    end_round(audit=audit, by=admin)
    with pytest.raises(LinkExpiredError):
        answer_without_name(token=token, code=codes[5], category_id=group.pk)
    assert round_of(audit).counting is Counting.OVER
    assert not AccessLink.objects.filter(purpose="representation_slip").exists()
    end_round(audit=audit, by=admin)
    assert AuditEvent.objects.filter(verb="representation.round_ended").count() == 1


def test_round_is_over_after_its_last_day(space, admin, time_machine):
    audit = make_audit()
    token, codes = open_round(audit, days=2)
    time_machine.move_to(timezone.now() + timedelta(days=4))
    with pytest.raises(LinkExpiredError):
        answer_without_name(token=token, code=codes[0], category_id=None)
    with pytest.raises(LinkUnknownError):
        answer_without_name(token="nothing", code=codes[0], category_id=None)


def test_counts_that_were_shown_get_no_more_answers(space, admin):
    audit = make_audit()
    token, codes = open_round(audit)
    for code in codes[:5]:
        answer_without_name(token=token, code=code, category_id=categories_of(audit.profile)[0].pk)
    with pytest.raises(AuditStateError):
        open_round(audit)
    end_round(audit=audit, by=admin)
    with pytest.raises(AuditStateError):
        open_round(audit)
    with pytest.raises(AuditStateError):
        count_by_hand(audit=audit, counts={}, not_stated=0, by=admin, from_cards=True)
    with pytest.raises(AuditStateError):
        open_round(make_counted(9, 9, 9, profile=audit.profile, body="Volunteers"))


def test_round_with_too_few_answers_may_be_followed_by_another(space, admin):
    audit = make_audit()
    group = categories_of(audit.profile)[0]
    token, codes = open_round(audit)
    answer_without_name(token=token, code=codes[0], category_id=group.pk)
    end_round(audit=audit, by=admin)
    assert sheet_for(RepresentationAudit.objects.get(pk=audit.pk)).rows == ()
    again, more = open_round(audit)
    with pytest.raises(LinkExpiredError):
        answer_without_name(token=token, code=codes[1], category_id=group.pk)
    answer_without_name(token=again, code=more[0], category_id=group.pk)
    assert round_of(audit).answers == 2


@pytest.mark.parametrize(
    ("number", "days", "field"), [(4, 7, "number"), (301, 7, "number"), (9, -1, "ends_on"), (9, 61, "ends_on")]
)
def test_round_that_cannot_be_is_refused(space, number, days, field):
    with pytest.raises(ValidationError) as refusal:
        open_round(make_audit(), number=number, days=days)
    assert list(refusal.value.message_dict) == [field]


def test_body_known_from_roles_gets_no_slips(space):
    sectors = make_profile("sector", groups=(("Business", 60), ("Public", 40)))
    with pytest.raises(AuditStateError):
        open_round(make_audit(sectors, method="known_role"))


def test_tries_are_limited_and_refused_ones_count(space, monkeypatch):
    monkeypatch.setattr(representation_round, "TRIES_PER_HOUR", 2)
    token, codes = open_round(make_audit())
    for _try in range(2):
        with pytest.raises(SlipRefusedError):
            answer_without_name(token=token, code="00000-00000", category_id=None)
    with pytest.raises(TooOftenError):
        answer_without_name(token=token, code=codes[0], category_id=None)
