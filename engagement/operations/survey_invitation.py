"""Inviting people to a survey by mail, and reminding them once.

Their link is good once, and nothing ties it to the answers (PRI-04).
"""

import secrets
from collections.abc import Iterable
from datetime import date
from email.utils import parseaddr
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import OutboxMail, User
from core.operations.audit import record
from core.operations.mail import draft_mail, store_mails
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import spoken
from core.web.space import absolute, space_url
from engagement.models import Survey, SurveyInvitation
from engagement.operations.public_phrase import check_language
from engagement.operations.survey import SurveyRefusedError, locked_survey
from engagement.queries.public_phrase import address_in, read_in, written_language
from engagement.queries.survey import current_version
from engagement.queries.survey_invitation import invitations_to_remind
from engagement.queries.survey_question import form_of
from engagement.rules.survey_length import estimated_minutes
from engagement.rules.survey_link import hash_of_declined, hash_of_invitation

KIND = "survey_invitation"
MOST_AT_ONCE = 500
# Of what is no address; more at once help nobody.
MOST_NAMED = 10


@transaction.atomic
def invite_to_survey(
    *, survey: Survey, emails: Iterable[str], language: str, by: User, today: date | None = None
) -> int:
    """Mail a link of its own to each address not invited before, nor declined; returns how many.

    An address may stand behind its name, as address books write it. Raises ValidationError naming what is no address
    and for a language nobody here is written to in, SurveyRefusedError while the survey is not open.
    """
    check_language(language)
    locked = locked_survey(survey)
    if locked.state != Survey.State.OPEN:
        raise SurveyRefusedError(_("Open the survey first."))
    wanted = _addresses(emails)
    if len(wanted) > MOST_AT_ONCE:
        raise ValidationError(_("At most 500 addresses at once."))
    rows = SurveyInvitation.objects.filter(survey=locked)
    known = set(rows.filter(email__in=wanted).values_list("email", flat=True))
    declined = set(rows.exclude(declined_hash="").values_list("declined_hash", flat=True))
    new = [one for one in wanted if one not in known and hash_of_declined(locked.pk, one) not in declined]
    minutes = minutes_of(locked)
    mails, invitations = [], []
    with read_in(language, locked.partnership.slug):
        for email in new:
            token = secrets.token_urlsafe(24)
            invitation = SurveyInvitation(
                survey=locked,
                email=email,
                token_hash=hash_of_invitation(token),
                language=language,
                sent_on=today or timezone.localdate(),
            )
            invitations.append(invitation)
            mails.append(_mail(invitation, token, minutes))
    SurveyInvitation.objects.bulk_create(invitations)
    store_mails(mails)
    changes = {"invited": len(new)}
    record("survey.invited", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return len(new)


@transaction.atomic
def remind_invited(*, survey: Survey, by: User, today: date | None = None) -> int:
    """Write once more to everybody whose link is unused three days after; returns how many, and again nobody.

    The reminder has a link of its own; the first one stays good as long as neither is used. Raises SurveyRefusedError
    while the survey is not open.
    """
    today = today or timezone.localdate()
    locked = locked_survey(survey)
    if locked.state != Survey.State.OPEN:
        raise SurveyRefusedError(_("Open the survey first."))
    waiting = list(invitations_to_remind(locked, today=today).select_for_update().order_by("pk"))
    minutes, mails = minutes_of(locked), []
    for invitation in waiting:
        token = secrets.token_urlsafe(24)
        invitation.survey = locked
        invitation.reminder_hash, invitation.reminded_on = hash_of_invitation(token), today
        with read_in(invitation.language, locked.partnership.slug):
            mails.append(_mail(invitation, token, minutes, is_reminder=True))
    SurveyInvitation.objects.bulk_update(waiting, ["reminder_hash", "reminded_on"], batch_size=500)
    store_mails(mails)
    changes = {"reminded": len(waiting)}
    record("survey.reminded", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return len(waiting)


@transaction.atomic
def decline_invitation(*, invitation: SurveyInvitation) -> None:
    """Forget the address of somebody who wants no mail and write to it no more; the link is over.

    Twice changes nothing.
    """
    locked = SurveyInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    kept = hash_of_declined(locked.survey_id, locked.email) if locked.email else locked.declined_hash
    forget_addresses([locked])
    SurveyInvitation.objects.filter(pk=locked.pk).update(is_used=True, declined_hash=kept)


def forget_addresses(invitations: Iterable[SurveyInvitation]) -> None:
    """Empty the addresses of some invitations, what is kept of declined ones, and the mails written to them.

    What was not sent never leaves.
    """
    keys = [invitation.pk for invitation in invitations]
    written = [_key_of(key, is_reminder=again) for key in keys for again in (False, True)]
    mails = OutboxMail.objects.filter(kind=KIND, dedup_key__in=written)
    mails.filter(state=OutboxMail.State.WAITING).update(state=OutboxMail.State.DROPPED)
    mails.update(to="", text="", html="")
    SurveyInvitation.objects.filter(pk__in=keys).update(email="", declined_hash="")


def minutes_of(survey: Survey) -> int:
    """How long it takes: as somebody said, else as its questions are counted."""
    return survey.minutes or estimated_minutes(form_of(current_version(survey)))


def _mail(invitation: SurveyInvitation, token: str, minutes: int, *, is_reminder: bool = False) -> OutboxMail:
    survey, language = invitation.survey, invitation.language
    stop_url = address_in(language, absolute(space_url("survey_declined", token=token)))
    url = address_in(language, absolute(space_url("survey_invited", token=token)))
    return draft_mail(
        to=invitation.email,
        kind=KIND,
        dedup_key=_key_of(invitation.pk, is_reminder=is_reminder),
        language=written_language(language),
        template=KIND,
        context=invitation_context(survey, minutes=minutes, url=url, stop_url=stop_url, is_reminder=is_reminder),
        unsubscribe_url=stop_url,
        bulk=True,
    )


def invitation_context(
    survey: Survey, *, minutes: int, url: str, stop_url: str, is_reminder: bool = False
) -> dict[str, Any]:
    """What an invitation, or the one reminder of it, says in the language at work."""
    return {
        "space": tenant_at_work(),
        "partnership": survey.partnership,
        "title": spoken(survey, "title"),
        "intro": spoken(survey, "intro"),
        "survey": survey,
        "minutes": minutes,
        "url": url,
        "stop_url": stop_url,
        "is_reminder": is_reminder,
    }


def _addresses(emails: Iterable[str]) -> list[str]:
    """Each address once, in small letters; raises ValidationError for all that are none."""
    found, wrong = [], []
    for written in filter(None, map(str.strip, emails)):
        address = parseaddr(written)[1].lower()
        try:
            validate_email(address)
        except ValidationError:
            wrong.append(_("This is no e-mail address: %(text)s") % {"text": written[:80]})
        else:
            found.append(address)
    if wrong:
        raise ValidationError(wrong[:MOST_NAMED])
    return list(dict.fromkeys(found))


def _key_of(key: object, *, is_reminder: bool = False) -> str:
    return f"{KIND}:{key}:again" if is_reminder else f"{KIND}:{key}"
