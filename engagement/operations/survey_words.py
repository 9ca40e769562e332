"""Reading what people wrote: names are marked out before anybody else sees it, subjects are noted by hand (R-E10)."""

import uuid
from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from core.rules.text import TextError, clean_text
from engagement.models import SurveyAnswer, SurveyCoding, SurveyQuestion, SurveySubject

Reading = SurveyAnswer.Reading
LONGEST = 4000
MOST_SUBJECTS = 60


@transaction.atomic
def read_words(*, answer: SurveyAnswer, told_text: str, is_told: bool, by: User) -> SurveyAnswer:
    """Say what of an answer may be told, in the words left after names are out, or that nothing is.

    Raises ValidationError for words that cannot be stored, and for telling nothing while saying that it may be told.
    """
    locked: SurveyAnswer = SurveyAnswer.objects.select_for_update().get(pk=answer.pk)
    try:
        told = clean_text(told_text, max_length=LONGEST, multiline=True)
    except TextError as error:
        raise ValidationError({"told_text": str(error)}) from error
    if is_told and not told:
        raise ValidationError({"told_text": _("Write what may be told, or choose that nothing is.")})
    locked.told_text = told if is_told else ""
    locked.reading = Reading.CLEAR if is_told else Reading.WITHHELD
    locked.save(update_fields=["told_text", "reading"])
    _record("survey.words_read", locked.question, {"reading": locked.reading}, by=by)
    return locked


@transaction.atomic
def read_answer(
    *,
    answer: SurveyAnswer,
    told_text: str,
    is_told: bool,
    subjects: Collection[uuid.UUID],
    by: User,
    new_subject: Mapping[str, str] | None = None,
) -> SurveyAnswer:
    """Read an answer and say what it speaks of in one step, also a subject nobody named before: all of it or nothing.

    Raises ValidationError.
    """
    read = read_words(answer=answer, told_text=told_text, is_told=is_told, by=by)
    named = [add_subject(question=answer.question, by=by, **new_subject).pk] if new_subject else []
    set_subjects(answer=answer, subjects=[*subjects, *named], by=by)
    return read


@transaction.atomic
def add_subject(*, question: SurveyQuestion, by: User, label_en: str = "", label_it: str = "") -> SurveySubject:
    """A subject found in the answers to a question. Raises ValidationError."""
    if SurveySubject.objects.filter(question=question).count() >= MOST_SUBJECTS:
        raise ValidationError(_("Sixty subjects are more than anybody keeps apart."))
    subject = SurveySubject(question=question, label_en=label_en, label_it=label_it)
    subject.full_clean(exclude={"question", "tenant"})
    subject.save()
    _record("survey.subject_added", question, {}, by=by)
    return subject


@transaction.atomic
def set_subjects(*, answer: SurveyAnswer, subjects: Collection[uuid.UUID], by: User) -> int:
    """Make these the subjects an answer speaks of; returns how many. Raises ValidationError for another question's."""
    wanted = set(subjects)
    found = set(SurveySubject.objects.filter(question=answer.question_id, pk__in=wanted).values_list("pk", flat=True))
    if found != wanted:
        raise ValidationError(_("This subject belongs to another question."))
    present = set(SurveyCoding.objects.filter(answer=answer).values_list("subject_id", flat=True))
    SurveyCoding.objects.filter(answer=answer, subject_id__in=present - wanted).delete()
    SurveyCoding.objects.bulk_create(
        [SurveyCoding(answer=answer, subject_id=key) for key in sorted(wanted - present)], ignore_conflicts=True
    )
    if present != wanted:
        changes = {"added": len(wanted - present), "removed": len(present - wanted)}
        _record("survey.answer_coded", answer.question, changes, by=by)
    return len(wanted)


def _record(verb: str, question: SurveyQuestion, changes: Mapping[str, object], *, by: User) -> None:
    survey = question.version.survey
    record(verb, survey, by=by, scope_id=survey.partnership.scope_id, changes={"question": question.code, **changes})
