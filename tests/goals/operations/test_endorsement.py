import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from core.access.visibility import Visibility
from core.models import AuditEvent, OutboxMail
from goals.models import Endorsement, EndorsementAnswer, EndorsementRound
from goals.operations.endorsement import EndorsementRefusedError, answer_endorsement, record_voice
from goals.operations.endorsement_round import ask_newcomers
from goals.operations.goal import GoalRefusedError, adopt_goal, change_goal, move_goal
from goals.queries.endorsement import goals_with_voice, round_sheets
from partnerships.models import AgreementVersion, Partnership
from partnerships.operations.decision import record_decision
from tests.factories.goals import (
    ASKED,
    TODAY,
    answer_all,
    make_adopted_goal,
    make_asked,
    make_complete_goal,
    make_group,
    make_voice,
)
from tests.factories.partnerships import (
    make_agreement,
    make_member,
    make_partner,
    make_partnership,
    make_person,
    make_representative,
)

WHY = "The yard has no room for it."


@pytest.fixture
def partnership(space):
    return make_partnership("own", mode=Partnership.Mode.FULL)


@pytest.fixture
def member(partnership):
    return make_member(partnership, "Officine Riva", state="member")


@pytest.fixture
def lead(member):
    return make_partner(member)


@pytest.fixture
def goal(partnership, member, lead, coordinator):
    goal = make_complete_goal(partnership)
    move_goal(goal=goal, to="proposed", by=coordinator, today=ASKED)
    make_asked(goal, coordinator)
    goal.refresh_from_db()
    return goal


@pytest.fixture
def place(goal, member):
    return Endorsement.objects.get(member=member)


def positions(endorsement):
    rows = EndorsementAnswer.objects.filter(endorsement=endorsement).order_by("answered_at", "id")
    return [(row.position, row.replaced_at is None) for row in rows]


def test_asking_gives_every_member_a_place_and_mails_who_may_commit(goal, member, lead):
    found = EndorsementRound.objects.get(goal=goal)
    assert (found.number, found.version_number, found.asked_on, found.answer_by, found.outcome) == (
        1,
        1,
        ASKED,
        date(2026, 1, 26),
        "open",
    )
    assert set(found.endorsements.values_list("member__organisation__name", flat=True)) == {"Officine Riva", "Scuola"}
    (mail,) = OutboxMail.objects.filter(kind="goal_endorsement")
    assert mail.to == lead.email
    assert "60" in mail.text


def test_only_signed_members_are_asked_once_somebody_signed(goal, partnership):
    make_member(partnership, "Newly invited")
    assert "Newly invited" not in [str(place) for place in Endorsement.objects.all()]


def test_answer_is_kept_with_who_gave_it_and_the_earlier_one_stays(goal, place, lead):
    first = answer_endorsement(endorsement=place, position=2, comment="Name the schools first.", by=lead)
    answer_endorsement(endorsement=place, position=4, comment="", by=lead)
    assert (first.name, first.user) == (str(lead), lead)
    assert positions(place) == [(2, False), (4, True)]
    (sheet,) = round_sheets(goal)
    stand = next(stand for stand in sheet.members if stand.id == place.pk)
    assert (stand.position, [line.comment for line in stand.earlier]) == (4, ["Name the schools first."])


def test_same_answer_once_more_changes_nothing(place, lead):
    for _twice in range(2):
        answer_endorsement(endorsement=place, position=5, comment="", by=lead)
    assert positions(place) == [(5, True)]
    assert AuditEvent.objects.filter(verb="endorsement.answered").count() == 1


@pytest.mark.parametrize(("position", "comment"), [(1, ""), (2, ""), (7, WHY)])
def test_answer_without_its_reason_is_refused(place, lead, position, comment):
    with pytest.raises(ValidationError):
        answer_endorsement(endorsement=place, position=position, comment=comment, by=lead)
    assert positions(place) == []


def test_coordination_and_who_may_not_commit_do_not_answer_for_a_partner(place, member, coordinator):
    staff = make_partner(member, "staff@riva.example", can_commit=False)
    for by in (coordinator, staff):
        with pytest.raises(EndorsementRefusedError):
            answer_endorsement(endorsement=place, position=5, comment="", by=by)
    assert positions(place) == []


def test_answer_to_a_wording_that_changed_is_refused_and_the_old_ones_stay_with_it(goal, place, lead, coordinator):
    answer_endorsement(endorsement=place, position=3, comment="", by=lead)
    changed = change_goal(goal=goal, by=coordinator, today=TODAY, target_value=55)
    assert changed.state == "draft"
    with pytest.raises(EndorsementRefusedError):
        answer_endorsement(endorsement=place, position=5, comment="", by=lead)
    move_goal(goal=changed, to="proposed", by=coordinator, today=TODAY)
    move_goal(goal=changed, to="in_endorsement", by=coordinator, today=TODAY)
    new, old = round_sheets(changed)
    assert ("55" in new.sentence.text_en, "60" in old.sentence.text_en) == (True, True)
    assert (new.answered, old.answered, old.round.outcome) == (0, 1, "reworded")


def test_typo_elsewhere_keeps_the_round_and_its_answers(goal, place, lead, coordinator):
    answer_endorsement(endorsement=place, position=3, comment="", by=lead)
    changed = change_goal(goal=goal, by=coordinator, today=TODAY, equity_note="Travel is paid for.")
    assert changed.state == "in_endorsement"
    (sheet,) = round_sheets(changed)
    assert (sheet.round.is_open, sheet.answered) == (True, 1)


def test_goal_partners_cannot_see_is_not_put_to_them(partnership, coordinator):
    goal = make_complete_goal(partnership, visibility=Visibility.COORDINATION)
    move_goal(goal=goal, to="proposed", by=coordinator, today=ASKED)
    with pytest.raises(GoalRefusedError, match="cannot see"):
        move_goal(goal=goal, to="in_endorsement", by=coordinator, today=ASKED)
    assert not EndorsementRound.objects.exists()


def test_back_to_draft_ends_the_round(goal, coordinator):
    move_goal(goal=goal, to="draft", by=coordinator, today=TODAY)
    found = EndorsementRound.objects.get(goal=goal)
    assert (found.outcome, found.ended_on) == ("withdrawn", TODAY)


def test_full_partnership_adopts_only_what_partners_and_people_affected_stand_behind(goal, coordinator):
    with pytest.raises(GoalRefusedError) as refused:
        adopt_goal(goal=goal, by=coordinator, today=TODAY)
    assert [found.code for found in refused.value.findings] == ["R-G8-share", "R-G8-voice"]
    answer_all(goal, 4)
    with pytest.raises(GoalRefusedError, match="people affected"):
        adopt_goal(goal=goal, by=coordinator, today=TODAY)
    make_voice(goal)
    with pytest.raises(GoalRefusedError, match="until 26 January 2026"):
        adopt_goal(goal=goal, by=coordinator, today=date(2026, 1, 20))
    assert adopt_goal(goal=goal, by=coordinator, today=TODAY).state == "adopted"
    assert EndorsementRound.objects.get(goal=goal).outcome == "adopted"


def test_objection_stops_adoption_even_with_two_thirds(goal, place, lead, coordinator, partnership):
    for number in range(4):
        make_member(partnership, f"Other {number}", state="member")
    ask_newcomers(goal=goal, by=coordinator, today=ASKED)
    answer_all(goal)
    make_voice(goal)
    answer_endorsement(endorsement=place, position=1, comment=WHY, by=lead)
    with pytest.raises(GoalRefusedError, match="objects"):
        adopt_goal(goal=goal, by=coordinator, today=TODAY)


def test_full_partnership_does_not_adopt_without_asking(partnership, coordinator):
    goal = make_complete_goal(partnership)
    move_goal(goal=goal, to="proposed", by=coordinator, today=TODAY)
    with pytest.raises(GoalRefusedError, match="not been asked"):
        adopt_goal(goal=goal, by=coordinator, today=TODAY)


def test_light_partnership_is_only_told(space, coordinator):
    goal = make_complete_goal(make_partnership("light"))
    move_goal(goal=goal, to="proposed", by=coordinator, today=TODAY)
    assert adopt_goal(goal=goal, by=coordinator, today=TODAY).state == "adopted"


def test_agreement_in_force_says_what_is_needed(goal, coordinator, partnership, time_machine):
    time_machine.move_to(TODAY)
    version = make_agreement(partnership)
    AgreementVersion.objects.filter(pk=version.pk).update(
        state="in_force", valid_from=date(2025, 1, 1), endorsement_percent=50, endorsement_voices=0, endorsement_days=3
    )
    answer = EndorsementAnswer(endorsement=goal.endorsement_rounds.get().endorsements.first(), position=3)
    answer.save()
    # The agreement asks for no voice of people affected; the goal's own check does (R3).
    with pytest.raises(GoalRefusedError, match="checks"):
        adopt_goal(goal=goal, by=coordinator, today=date(2026, 1, 15))
    make_voice(goal)
    assert adopt_goal(goal=goal, by=coordinator, today=date(2026, 1, 15)).state == "adopted"


def test_who_joins_later_is_asked_as_well_and_counts(goal, partnership, coordinator):
    answer_all(goal)
    make_voice(goal)
    make_representative(make_member(partnership, "Late Joiner", state="member"), make_person("Lia", "lia@late.example"))
    with pytest.raises(GoalRefusedError, match="Not all members"):
        adopt_goal(goal=goal, by=coordinator, today=TODAY)
    assert [ask_newcomers(goal=goal, by=coordinator, today=TODAY) for _twice in range(2)] == [1, 0]
    assert OutboxMail.objects.filter(kind="goal_endorsement", to="lia@late.example").count() == 1
    with pytest.raises(GoalRefusedError, match="until 13 February 2026"):
        adopt_goal(goal=goal, by=coordinator, today=TODAY)
    assert adopt_goal(goal=goal, by=coordinator, today=date(2026, 2, 13)).state == "adopted"


def voice(goal, by, **changed):
    known = {
        "group": None, "position": 4, "comment": "", "said_by": "Fatima, from the yard", "heard_on": ASKED,
        "heard_how": "meeting", "today": TODAY,
    }  # fmt: skip
    return record_voice(goal=goal, by=by, **{**known, **changed})


def test_voice_is_kept_with_who_said_it_when_and_how_and_can_change(goal, coordinator):
    group = make_group()
    voice(goal, coordinator, group=group, position=2, comment="Evenings are easier for us.")
    answer = voice(goal, coordinator, group=group)
    assert (answer.name, answer.heard_on, answer.heard_how, answer.user) == (
        "Fatima, from the yard",
        ASKED,
        "meeting",
        coordinator,
    )
    assert positions(answer.endorsement) == [(2, False), (4, True)]
    assert goals_with_voice([goal])


@pytest.mark.parametrize(
    "changed",
    [{"said_by": " "}, {"heard_on": date(2026, 3, 1)}, {"heard_how": "dream"}, {"position": 1}],
)
def test_voice_that_leaves_something_out_is_refused(goal, coordinator, changed):
    with pytest.raises(ValidationError):
        voice(goal, coordinator, group=make_group(), **changed)


def test_neither_a_single_person_nor_a_member_is_a_voice(goal, member, coordinator):
    for group in (make_person("Ugo", "ugo@example.org"), member.organisation):
        with pytest.raises(EndorsementRefusedError):
            voice(goal, coordinator, group=group)


def test_community_voice_is_about_the_present_wording(goal, coordinator):
    assert not goals_with_voice([goal])
    make_voice(goal, 2)
    assert not goals_with_voice([goal])
    make_voice(goal, 3, make_group("Parents"))
    assert goals_with_voice([goal])
    change_goal(goal=goal, by=coordinator, today=TODAY, target_value=55)
    assert not goals_with_voice([goal])


def test_material_revision_of_a_running_goal_asks_again_and_a_typo_does_not(partnership, coordinator, decision):
    goal = make_adopted_goal(partnership, coordinator)
    typos = {"title_en": "Good placements for all", "population_en": "studants", "population_it": "studenti"}
    change_goal(goal=goal, by=coordinator, today=TODAY, **typos)
    assert EndorsementRound.objects.filter(goal=goal).count() == 1
    changed = change_goal(
        goal=goal, by=coordinator, today=TODAY, target_value=50, reason="Two schools left.", decision=decision
    )
    new, old = round_sheets(changed)
    assert (changed.state, new.round.version_number, new.round.is_open, old.round.outcome) == (
        "adopted",
        2,
        True,
        "adopted",
    )
    assert old.answered == len(old.members)


def test_who_answered_before_is_told_what_changed_and_why_by_mail_and_behind_the_link(
    partnership, member, lead, coordinator, decision, client
):
    goal = make_adopted_goal(partnership, coordinator)
    OutboxMail.objects.all().delete()
    change_goal(goal=goal, by=coordinator, today=TODAY, target_value=50, reason="Two schools left.", decision=decision)
    mail = OutboxMail.objects.get(kind="goal_endorsement", to="lead@riva.example")
    now, before = mail.text.split("So far it said:\nBy 31 December 2026")
    assert ("50" in now, "60" in before) == (True, True)
    assert "Why it changed: Two schools left." in mail.text
    assert "Officine Riva said last time: “We will actively support it”." in mail.text
    page = client.get(re.search(r"(/link/\S+|/l/\S+|/s/\S+goal/\S+)", mail.text)[1]).content.decode()
    for said in (" </span>60<span", " </span>50<span", "Two schools left.", "Officine Riva said last time"):
        assert said in page


def test_same_words_asked_about_again_are_no_new_wording(goal, member, coordinator):
    move_goal(goal=goal, to="draft", by=coordinator, today=TODAY)
    OutboxMail.objects.all().delete()
    for state in ("proposed", "in_endorsement"):
        move_goal(goal=goal, to=state, by=coordinator, today=TODAY)
    assert "wants to agree on a goal" in OutboxMail.objects.get().text


@pytest.fixture
def decision(partnership, coordinator):
    return record_decision(partnership=partnership, by=coordinator, title="A lower target", outcome="decided")
