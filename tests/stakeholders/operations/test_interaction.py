from datetime import date

import pytest
from django.core.exceptions import ValidationError

from core.models import AuditEvent
from stakeholders.models import Interaction
from stakeholders.operations.interaction import (
    NotYourWordsError,
    change_interaction,
    delete_interaction,
    log_interaction,
)
from stakeholders.queries.interaction import interaction_items, interactions_of
from tests.factories.stakeholders import make_person, make_stakeholder

TODAY = date(2026, 11, 27)
SAID = {"kind": "call", "held_on": TODAY, "summary": "They can host six students."}


def test_talk_is_kept_and_its_words_stay_out_of_history(space, admin):
    talk = log_interaction(stakeholder=make_stakeholder(), by=admin, today=TODAY, **SAID)
    assert talk.by == admin
    assert AuditEvent.objects.get(verb="interaction.logged").changes == {"kind": "call", "held_on": "2026-11-27"}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"held_on": date(2026, 11, 28)}, "held_on"),
        ({"next_step_on": date(2026, 12, 1)}, "next_step"),
        ({"next_step": "Call", "next_step_on": date(2026, 11, 26)}, "next_step_on"),
        ({"summary": ""}, "summary"),
        ({"kind": "seance"}, "kind"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(space, admin, facts, field):
    with pytest.raises(ValidationError) as refusal:
        log_interaction(stakeholder=make_stakeholder(), by=admin, today=TODAY, **SAID | facts)
    assert list(refusal.value.message_dict) == [field]


def test_person_of_another_organisation_is_refused(space, admin):
    stranger = make_person("Dino", of=make_stakeholder("Other"))
    with pytest.raises(ValidationError):
        log_interaction(stakeholder=make_stakeholder(), by=admin, today=TODAY, person_id=stranger.pk, **SAID)


def test_only_who_wrote_it_changes_and_deletes_it(space, admin, coordinator):
    talk = log_interaction(stakeholder=make_stakeholder(), by=admin, today=TODAY, **SAID)
    with pytest.raises(NotYourWordsError):
        change_interaction(interaction=talk, by=coordinator, summary="Other")
    with pytest.raises(NotYourWordsError):
        delete_interaction(interaction=talk, by=coordinator)
    assert change_interaction(interaction=talk, by=admin, summary="Seven", today=TODAY).summary == "Seven"
    delete_interaction(interaction=talk, by=admin)
    assert not Interaction.objects.exists()


def test_person_and_organisation_both_tell_of_a_talk_and_a_partner_reads_none(space, admin, viewer, evaluator):
    organisation = make_stakeholder()
    person = make_person(of=organisation)
    log_interaction(stakeholder=organisation, by=admin, today=TODAY, person_id=person.pk, next_step="Call", **SAID)
    for one in (organisation, person):
        items = interaction_items(viewer(evaluator), one)
        assert [item.title for item in items] == ["Call with Anna Neri"]
        assert "Next: Call" in items[0].text
        assert items[0].url == ""
    from core.access.roles import Role
    from tests.factories.core import make_user
    from tests.factories.partnerships import make_partnership

    partner = make_user("p@borgo.example", role=Role.PARTNER_LEAD, scope=make_partnership().scope)
    assert not interactions_of(viewer(partner), organisation).exists()
