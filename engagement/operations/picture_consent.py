"""Writing down that somebody agreed to be shown, and letting go of what rests on it when they do no more (R-M2)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access.visibility import Visibility
from core.models import User
from core.operations.audit import record
from core.operations.file import store_upload
from core.queries.tenant import tenant_at_work
from core.rules.retention import Keeping
from core.rules.upload import FileKind
from core.rules.upload_content import UploadError
from engagement.models import PictureConsent, Post
from engagement.personal_data import forget_consents, let_go_of_posts
from partnerships.models import Partnership

PURPOSE = "picture_consent"
EVIDENCE_FILES = frozenset({FileKind.PDF, FileKind.IMAGE})
KEPT_DAYS = 730
WITHDRAWN = gettext_lazy("Somebody shown in it took their consent back.")
EXPIRED = gettext_lazy("The consent of somebody shown in it is over.")


class ConsentEndedError(Exception):
    """The consent holds no more."""


@transaction.atomic
def record_consent(
    *, partnership: Partnership, by: User, upload: UploadedFile[Any] | None = None, **fields: Any
) -> PictureConsent:
    """Write down a consent, with a scan of the paper or without; for a minor with the guardian who gave it.

    Raises ValidationError, also for a day to come, an end before the beginning, and a channel of elsewhere.
    """
    consent = PictureConsent(partnership=partnership, recorded_by=by, **fields)
    consent.clean_fields(exclude={"partnership", "channel", "evidence"})
    _check(consent)
    if upload is not None:
        try:
            consent.evidence = store_upload(
                upload=upload,
                purpose=PURPOSE,
                allowed=EVIDENCE_FILES,
                by=by,
                scope_id=partnership.scope_id,
                visibility=Visibility.COORDINATION,
            )
        except UploadError as error:
            raise ValidationError({"upload": str(error)}) from error
    consent.save()
    _record("recorded", consent, by)
    return consent


def _check(consent: PictureConsent) -> None:
    if not consent.who.strip():
        raise ValidationError({"who": _("Say who is shown.")})
    if consent.is_minor and not consent.guardian.strip():
        raise ValidationError({"guardian": _("For a minor, name the parent or guardian who agreed.")})
    if consent.given_on > timezone.localdate():
        raise ValidationError({"given_on": _("That day is still to come.")})
    if consent.expires_on is not None and consent.expires_on < consent.given_on:
        raise ValidationError({"expires_on": _("The last day cannot be before the first.")})
    if consent.channel is not None and consent.channel.partnership_id != consent.partnership_id:
        raise ValidationError({"channel": _("This is not in the list any more. Choose another one.")})


@transaction.atomic
def withdraw_consent(*, consent: PictureConsent, by: User, today: date | None = None) -> list[Post]:
    """Somebody does not want to be shown any more: what rests on it is let go of, pictures deleted; returns the posts.

    Raises ConsentEndedError for one that holds no more.
    """
    rows = PictureConsent.objects.select_for_update(of=("self",)).select_related("partnership")
    locked = rows.get(pk=consent.pk)
    if locked.ended_on is not None:
        raise ConsentEndedError(_("This consent holds no more."))
    return _end(locked, WITHDRAWN, by=by, today=today or timezone.localdate())


def end_expired_consents(*, today: date) -> int:
    """End the consents whose last day is over, as if they were taken back; returns how many. Safe to run twice."""
    rows = PictureConsent.objects.filter(ended_on=None, expires_on__lt=today).select_related("partnership")
    found = list(rows.order_by("pk"))
    for consent in found:
        _end(consent, EXPIRED, by=None, today=today)
    return len(found)


@transaction.atomic
def _end(consent: PictureConsent, why: str | Promise, *, by: User | None, today: date) -> list[Post]:
    consent.ended_on = today
    consent.save(update_fields=["ended_on"])
    # Written down for everybody, in the space's language.
    with translation.override(tenant_at_work().default_language):
        posts = let_go_of_posts([consent], why=str(why))
    _record("ended", consent, by, {"posts": len(posts)})
    return posts


def _due(last_day: date) -> Any:
    return PictureConsent.objects.filter(ended_on__lte=last_day).exclude(who="")


def due_consents(last_day: date) -> int:
    """How many consents that ended by a day still name somebody."""
    return int(_due(last_day).count())


@transaction.atomic
def forget_ended_consents(last_day: date) -> int:
    """Take names and papers out of consents that ended by a day. Safe to run twice; returns how many."""
    return forget_consents(list(_due(last_day).select_related("evidence").select_for_update(of=("self",))))


PICTURE_CONSENTS = Keeping(
    code="picture_consent",
    label=gettext_lazy("Consents to be shown in posts"),
    clock=gettext_lazy("Counted from the day they ended"),
    effect=gettext_lazy("Then names and papers go; that there was a consent stays"),
    default_days=KEPT_DAYS,
    least_days=0,
    due=due_consents,
    forget=forget_ended_consents,
)


def _record(what: str, consent: PictureConsent, by: User | None, changes: dict[str, Any] | None = None) -> None:
    record(f"picture_consent.{what}", consent, by=by, scope_id=consent.partnership.scope_id, changes=changes)
