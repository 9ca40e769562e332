"""Letting go of who signed, ten years after an agreement ended, and of what worried somebody (R-D6, R-X7)."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from core.rules.retention import Keeping
from partnerships.models import AgreementVersion, Signature, Worry
from stakeholders.personal_data.records import forget_bytes

ENDED = (AgreementVersion.State.EXPIRED, AgreementVersion.State.TERMINATED, AgreementVersion.State.SUPERSEDED)
TEN_YEARS = 3_653
TWO_YEARS = 730


def _old_signatures(last_day: date) -> QuerySet[Signature]:
    """Signatures with a name, of wordings that ended on or before a day and are not in force."""
    over = Q(version__terminated_on__lte=last_day) | Q(version__terminated_on=None, version__valid_to__lte=last_day)
    ended = Signature.objects.filter(over, version__state__in=ENDED)
    return ended.exclude(name="", capacity="", reason="", person=None, user=None, file=None, delegation=None)


def due_signatures(last_day: date) -> int:
    """How many signatures ended long enough ago."""
    return _old_signatures(last_day).count()


def forget_signatures(last_day: date) -> int:
    """Take the names off and the signed files out; that a partner signed which text, and when, stays."""
    keys = list(_old_signatures(last_day).values_list("pk", flat=True))
    found = Signature.objects.filter(pk__in=keys)
    files = {key for pair in found.values_list("file", "delegation") for key in pair} - {None}
    forgotten = found.update(name="", capacity="", reason="", person=None, user=None, file=None, delegation=None)
    # A signature carried over to a later version still needs the file it was given with.
    needed = Signature.objects.filter(Q(file__in=files) | Q(delegation__in=files)).values_list("file", "delegation")
    for stored in StoredFile.objects.filter(pk__in=files - {key for pair in needed for key in pair}):
        forget_bytes(stored)
        stored.delete()
    return int(forgotten)


AGREEMENT = Keeping(
    code="agreement",
    label=_("Who signed agreements"),
    clock=_("Counted from the day the agreement ended"),
    effect=_("Then the names go; that the partner agreed stays"),
    default_days=TEN_YEARS,
    least_days=TEN_YEARS,
    due=due_signatures,
    forget=forget_signatures,
    why_least=_("At least ten years: rights from an agreement can be claimed for so long (civil code, art. 2946)."),
)


def _old_worries(last_day: date) -> QuerySet[Worry]:
    """Worries with words whose end, or else last answer, lies on or before a day."""
    ended = Q(closed_at__date__lte=last_day) | Q(closed_at=None, answered_at__date__lte=last_day)
    return Worry.objects.filter(ended).exclude(sealed_words=b"", sealed_answer=b"")


def due_worries(last_day: date) -> int:
    """How many worries ended long enough ago."""
    return _old_worries(last_day).count()


def forget_worries(last_day: date) -> int:
    """Destroy the words; code, state and days stay (R-X7)."""
    found = Worry.objects.filter(pk__in=_old_worries(last_day).values("pk"))
    return int(found.update(sealed_words=b"", sealed_answer=b""))


WORRY = Keeping(
    code="worry",
    label=_("Worries told in private"),
    clock=_("Counted from the day a worry was closed, or else answered"),
    effect=_("Then the words go; code and days stay"),
    default_days=TWO_YEARS,
    least_days=0,
    due=due_worries,
    forget=forget_worries,
)
