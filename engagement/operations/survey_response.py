"""Answers to a survey: sent by whoever answers, keyed in by staff, looked at before they count.

No audit event is written of what a resident sends: it would hold the exact moment (PRI-04). Of what staff key in only
the survey is named, never the answers.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from engagement.models import (
    Survey,
    SurveyAnswer,
    SurveyInvitation,
    SurveyQuestion,
    SurveyResponse,
    SurveyVersion,
)
from engagement.operations.public_use import count_sending
from engagement.queries.survey import current_version
from engagement.queries.survey_question import asked_from, questions_of
from engagement.rules.notice import NOTICE_VERSION
from engagement.rules.submission import hour_of
from engagement.rules.survey import can_answer
from engagement.rules.survey_answer import Given, checked, content_key, suspicion
from engagement.rules.survey_form import Asked

Channel = SurveyResponse.Channel
Review = SurveyResponse.Review
Reading = SurveyAnswer.Reading


class AnswersRefusedError(Exception):
    """No answers are taken, or not from here; the text says why."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))


@dataclass(frozen=True)
class Sent:
    """One person's answers on their way in. ``answer_id`` is the random name the form gave them."""

    given: Mapping[str, Given]
    answer_id: uuid.UUID
    language: str
    channel: str = Channel.WEB
    is_pilot: bool = False
    has_guardian: bool = False
    notice_version: int | None = NOTICE_VERSION


@transaction.atomic
def send_answers(
    *,
    survey: Survey,
    sent: Sent,
    sent_from: str,
    invitation: SurveyInvitation | None = None,
    now: datetime | None = None,
) -> bool:
    """Keep what somebody answered, without address, browser or exact time; False when it was here before.

    ``sent_from`` is a network prefix, used for counting only. An invitation is used up; nothing says which answers
    came with it. Raises AnswersRefusedError, TooOftenError, ValidationError by code of the question.
    """
    now = now or timezone.now()
    if _is_known(survey, sent):
        return False
    if not (verdict := can_answer(survey, today=timezone.localdate(now), is_pilot=sent.is_pilot)):
        raise AnswersRefusedError(verdict.reason)
    count_sending("survey", survey.pk, sent_from=sent_from, now=now)
    if not sent.is_pilot:
        _use_up(survey, invitation)
    return _keep(survey, sent, now=now)


@transaction.atomic
def enter_answers(*, survey: Survey, sent: Sent, by: User, now: datetime | None = None) -> bool:
    """Keep what staff key in from paper or ask somebody; on paper questions may be left out.

    False when it was here before. Raises AnswersRefusedError, ValidationError by code of the question.
    """
    now = now or timezone.now()
    if _is_known(survey, sent):
        return False
    if not (verdict := can_answer(survey, today=timezone.localdate(now), is_at_work=True)):
        raise AnswersRefusedError(verdict.reason)
    kept = _keep(survey, sent, now=now, allows_gaps=sent.channel == Channel.PAPER)
    changes = {"channel": sent.channel}
    record("survey.answers_entered", survey, by=by, scope_id=survey.partnership.scope_id, changes=changes)
    return kept


@transaction.atomic
def review_response(*, response: SurveyResponse, review: str, by: User, reason: str = "") -> SurveyResponse:
    """Count answers that were looked at, or set them aside with a reason. Raises AnswersRefusedError."""
    locked: SurveyResponse = SurveyResponse.objects.select_for_update().get(pk=response.pk)
    if review not in {Review.COUNTED, Review.SET_ASIDE}:
        raise AnswersRefusedError(_("Count the answers or set them aside."))
    survey = locked.survey
    if survey.state in {Survey.State.PUBLISHED, Survey.State.LOOP_CLOSED}:
        raise AnswersRefusedError(_("The results are published. Take them off the page first."))
    locked.review = review
    locked.review_reason = (reason or locked.review_reason or "other") if review == Review.SET_ASIDE else ""
    locked.save(update_fields=["review", "review_reason"])
    changes = {"review": review, "reason": locked.review_reason}
    record("survey.answers_reviewed", survey, by=by, scope_id=survey.partnership.scope_id, changes=changes)
    return locked


def hash_of_answer_id(survey: Survey, name: str) -> str:
    """What is stored instead of the random name of a form, so that nobody's phone tells which answers are theirs."""
    return salted_hmac("telaio.survey.answer", f"{survey.pk}:{name}", algorithm="sha256").hexdigest()


def _is_known(survey: Survey, sent: Sent) -> bool:
    hashed = hash_of_answer_id(survey, str(sent.answer_id))
    return SurveyResponse.objects.filter(survey=survey, sent_hash=hashed).exists()


def _use_up(survey: Survey, invitation: SurveyInvitation | None) -> None:
    if invitation is None:
        if survey.recruitment == Survey.Recruitment.INVITED:
            raise AnswersRefusedError(_("This survey is for those who were invited. Use the link in your mail."))
        return
    used = SurveyInvitation.objects.filter(pk=invitation.pk, survey=survey, is_used=False).update(is_used=True)
    if not used:
        raise AnswersRefusedError(_("This invitation was used before. Each is good for one person."))


def _keep(survey: Survey, sent: Sent, *, now: datetime, allows_gaps: bool = False) -> bool:
    version = _frozen(current_version(survey), now)
    questions = list(questions_of(version))
    asked = asked_from(questions)
    kept = checked(asked, sent.given, allows_gaps=allows_gaps)
    reason = "" if sent.is_pilot else _reason_to_look(survey, asked, kept)
    response = SurveyResponse(
        survey=survey,
        version=version,
        sent_hash=hash_of_answer_id(survey, str(sent.answer_id)),
        content_key=content_key(kept),
        answered_hour=hour_of(now),
        channel=sent.channel,
        language=sent.language,
        is_pilot=sent.is_pilot,
        review=Review.TO_CHECK if reason else Review.COUNTED,
        review_reason=reason,
        notice_version=sent.notice_version,
        has_guardian=sent.has_guardian,
    )
    SurveyResponse.objects.bulk_create([response], ignore_conflicts=True)
    if not SurveyResponse.objects.filter(pk=response.pk).exists():
        # Sent twice at the same moment: the other one is kept.
        return False
    SurveyAnswer.objects.bulk_create(answers_for(response, questions, kept))
    return True


def answers_for(
    response: SurveyResponse, questions: list[SurveyQuestion], kept: Mapping[str, Given]
) -> list[SurveyAnswer]:
    """The rows of one person's checked answers, not stored yet."""
    return [
        SurveyAnswer(
            response=response,
            question=question,
            codes=list(given.codes),
            number=given.number,
            text=given.text,
            reading=Reading.UNREAD if given.text else Reading.NO_WORDS,
        )
        for question in questions
        if (given := kept.get(question.code))
    ]


def _frozen(version: SurveyVersion, now: datetime) -> SurveyVersion:
    if version.frozen_on is None:
        SurveyVersion.objects.filter(pk=version.pk, frozen_on=None).update(frozen_on=timezone.localdate(now))
    return version


def _reason_to_look(survey: Survey, asked: list[Asked], kept: Mapping[str, Given]) -> str:
    reason = suspicion(asked, kept)
    key = content_key(kept)
    if not reason and key and SurveyResponse.objects.filter(survey=survey, content_key=key, is_pilot=False).exists():
        return SurveyResponse.Reason.SAME_ANSWERS
    return reason
