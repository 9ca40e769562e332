"""Writing a survey and taking it step by step to what became of its answers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import changed_fields, record
from engagement.models import Survey, SurveyVersion
from engagement.operations.survey_question import keep_feeds, write_questions
from engagement.queries.survey import current_version, facts_of
from engagement.queries.survey_question import form_of
from engagement.rules.notice import NOTICE_VERSION
from engagement.rules.survey import BEING_WRITTEN, OVER, can_edit_wording, can_step, findings
from partnerships.models import Partnership
from partnerships.rules.severity import Finding, blocking

State = Survey.State
KEYS = {"tenant", "partnership", "previous_wave"}
# Whom is asked and how they are found is not changed under the feet of those who answered.
FIXED_WHEN_OPEN = ("recruitment", "languages", "min_age", "is_anonymous")
# Words of ours and numbers; what people wrote stays out of history.
CODED = (*FIXED_WHEN_OPEN, "population_size", "opens_on", "closes_on", "report_back_by")


class SurveyRefusedError(Exception):
    """The survey cannot go on like this; the text says why, ``findings`` each thing by itself."""

    def __init__(self, reason: str | Promise, found: Sequence[Finding] = ()) -> None:
        super().__init__(str(reason))
        self.findings = tuple(found)


@transaction.atomic
def create_survey(*, partnership: Partnership, by: User | None, **fields: Any) -> Survey:
    """A draft with an empty first version. Raises ValidationError."""
    locked = Partnership.objects.select_for_update().get(pk=partnership.pk)
    last = Survey.objects.filter(partnership=locked).aggregate(last=Max("number"))["last"] or 0
    survey = Survey(partnership=locked, number=last + 1, **fields)
    survey.full_clean(exclude=KEYS)
    survey.save()
    SurveyVersion.objects.create(survey=survey)
    record("survey.created", survey, by=by, scope_id=locked.scope_id)
    return survey


@transaction.atomic
def change_survey(*, survey: Survey, by: User | None, **fields: Any) -> Survey:
    """Change what is said of it. Raises ValidationError, also for what is fixed once it is open."""
    locked = locked_survey(survey)
    if locked.state not in BEING_WRITTEN:
        moved = [name for name in FIXED_WHEN_OPEN if name in fields and fields[name] != getattr(locked, name)]
        if moved:
            raise ValidationError({name: _("This stays as it was when the survey was opened.") for name in moved})
    changes = changed_fields(locked, {name: value for name, value in fields.items() if name in CODED})
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.full_clean(exclude=KEYS)
    locked.save()
    record("survey.changed", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return locked


@transaction.atomic
def advance_survey(*, survey: Survey, to: str, by: User | None, today: date | None = None) -> list[Finding]:
    """Take a survey to a next state, on or back; returns what is worth telling and stops nobody.

    Raises SurveyRefusedError for a state that is not next, and with what blocks it in the partnership's mode.
    """
    today = today or timezone.localdate()
    locked = locked_survey(survey)
    if locked.state == to:
        return []
    facts = facts_of(locked)
    if not (verdict := can_step(locked, to, is_answered=facts.answers > 0)):
        raise SurveyRefusedError(verdict.reason)
    found = findings(locked, facts, to=to, today=today)
    if blocks := blocking(found, locked.partnership.mode):
        raise SurveyRefusedError(" ".join(str(one.message) for one in blocks), blocks)
    before = locked.state
    locked.state = to
    _date(locked, before, today=today)
    locked.save()
    changes = {"state": [before, to]}
    record("survey.moved", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return found


@transaction.atomic
def close_ended_surveys(*, today: date) -> int:
    """Close what is past its last day, as of that day; paper is keyed in still. Safe to run twice; returns how many."""
    ended = list(Survey.objects.filter(state=State.OPEN, closes_on__lt=today).order_by("pk"))
    for survey in ended:
        advance_survey(survey=survey, to=State.CLOSED, by=None, today=survey.closes_on)
    return len(ended)


def _date(survey: Survey, before: str, *, today: date) -> None:
    if survey.state == State.OPEN:
        # Opened again after it was closed it began when it did; taken back and put right, it begins anew.
        survey.opened_on = survey.opened_on if before in OVER and survey.opened_on else today
        survey.closed_on = None
        survey.notice_version = NOTICE_VERSION
    elif survey.state == State.CLOSED:
        survey.closed_on = today
    elif survey.state == State.PUBLISHED:
        survey.published_on = survey.published_on or today
    elif survey.state == State.LOOP_CLOSED:
        survey.answered_on = today
    elif before == State.PUBLISHED:
        survey.published_on = None


@transaction.atomic
def copy_survey(*, survey: Survey, by: User | None, is_next_wave: bool = False) -> Survey:
    """A new draft with the same questions; ``is_next_wave`` ties it to this one, so that they may be compared."""
    kept = {
        name: getattr(survey, name)
        for name in (
            "title_en", "title_it", "intro_en", "intro_it", "purpose", "decisions", "population", "recruitment",
            "population_size", "languages", "is_on_web", "is_on_paper", "is_by_interview", "min_age", "is_anonymous",
        )
    }  # fmt: skip
    copy = create_survey(partnership=survey.partnership, by=by, previous_wave=survey if is_next_wave else None, **kept)
    write_questions(version=current_version(copy), questions=form_of(current_version(survey)))
    keep_feeds(before=current_version(survey), now=current_version(copy))
    return copy


@transaction.atomic
def begin_new_version(*, survey: Survey, by: User | None) -> SurveyVersion:
    """Other words than those somebody answered: a copy of the questions that can be changed.

    Raises SurveyRefusedError while the survey is open or over, or when nothing was answered yet.
    """
    locked = locked_survey(survey)
    version = current_version(locked)
    if version.frozen_on is None:
        raise SurveyRefusedError(_("Nobody has answered yet: change the questions as they are."))
    if not (verdict := can_edit_wording(locked, is_frozen=False)):
        raise SurveyRefusedError(verdict.reason)
    new = SurveyVersion.objects.create(survey=locked, number=version.number + 1)
    write_questions(version=new, questions=form_of(version))
    keep_feeds(before=version, now=new)
    changes = {"version": [version.number, new.number]}
    record("survey.version_begun", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return new


def locked_survey(survey: Survey) -> Survey:
    """The survey as it is now, held until the transaction ends."""
    return Survey.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=survey.pk)
