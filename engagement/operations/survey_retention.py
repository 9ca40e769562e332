"""Forgetting in time: addresses of people invited, words people wrote, files somebody brought (domain 13, R-D6)."""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from core.rules.retention import Keeping
from engagement.models import SurveyAnswer, SurveyInvitation
from engagement.operations.survey_import import forget_survey_file
from engagement.operations.survey_invitation import forget_addresses
from engagement.queries.survey_file import PURPOSE

INVITED_DAYS = 90
WORDS_DAYS = 730
FILE_DAYS = 7


def due_invitations(last_day: date) -> int:
    """How many addresses belong to surveys closed by a day."""
    return _invitations(last_day).count()


@transaction.atomic
def forget_invitations(last_day: date) -> int:
    """Empty the addresses of surveys closed by a day, and the mails sent to them; returns how many."""
    invitations = list(_invitations(last_day).select_for_update().order_by("pk"))
    if invitations:
        forget_addresses(invitations)
    return len(invitations)


def due_words(last_day: date) -> int:
    """How many answers in words belong to surveys closed by a day."""
    return _words(last_day).count()


@transaction.atomic
def forget_words(last_day: date) -> int:
    """Empty what people wrote to surveys closed by a day; subjects and numbers stay. Returns how many."""
    return _words(last_day).update(text="", told_text="", reading=SurveyAnswer.Reading.NO_WORDS)


def _invitations(last_day: date) -> QuerySet[SurveyInvitation]:
    return SurveyInvitation.objects.filter(survey__closed_on__lte=last_day).exclude(email="", declined_hash="")


def _words(last_day: date) -> QuerySet[SurveyAnswer]:
    rows = SurveyAnswer.objects.filter(response__survey__closed_on__lte=last_day)
    return rows.filter(~Q(text="") | ~Q(told_text=""))


def due_files(last_day: date) -> int:
    """How many files were brought by a day and not taken over."""
    return _files(last_day).count()


@transaction.atomic
def forget_files(last_day: date) -> int:
    """Remove files brought by a day that nobody took over; returns how many."""
    found = list(_files(last_day).select_for_update().order_by("pk"))
    for stored in found:
        forget_survey_file(stored=stored)
    return len(found)


def _files(last_day: date) -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(purpose=PURPOSE, created_at__date__lte=last_day)


SURVEY_INVITATIONS = Keeping(
    code="survey_invitation",
    label=_("Addresses of people invited to surveys"),
    clock=_("Counted from the day the survey was closed"),
    effect=_("Then the address and the mails sent to it are emptied; that somebody was invited stays counted"),
    default_days=INVITED_DAYS,
    least_days=1,
    due=due_invitations,
    forget=forget_invitations,
)
SURVEY_WORDS = Keeping(
    code="survey_words",
    label=_("What people wrote in surveys"),
    clock=_("Counted from the day the survey was closed"),
    effect=_("Then the words are emptied; the numbers and the subjects stay"),
    default_days=WORDS_DAYS,
    least_days=30,
    due=due_words,
    forget=forget_words,
)
SURVEY_FILES = Keeping(
    code="survey_files",
    label=_("Files brought to surveys"),
    clock=_("Counted from the day the file was brought; a file that is taken over goes at once"),
    effect=_("Then the file is removed"),
    default_days=FILE_DAYS,
    least_days=1,
    due=due_files,
    forget=forget_files,
)
