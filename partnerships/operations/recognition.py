"""Suggesting, giving and publishing a thank-you; asking who was thanked whether everybody may read it."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from core.operations.link import LinkExpiredError, count_use, link_to_renew, make_link, open_link
from core.operations.mail import write_mail
from core.operations.rate import count_use_of
from core.queries.tenant import tenant_at_work
from core.rules.membership import Verdict
from core.web.space import absolute
from partnerships.models import Partnership, Recognition
from partnerships.queries.recognition import person_to_write_to, suggestions_from_data, who_can_be_thanked
from partnerships.rules.recognition import SAID, can_answer_consent, can_give, can_make_public

THANKS_LINK = "thanks"
LASTS = timedelta(days=90)
MOST_A_DAY = 40
State = Recognition.State
Consent = Recognition.Consent


class RecognitionRefusedError(Exception):
    """The thank-you cannot go there; the message says why."""


class ThanksLinkGoneError(Exception):
    """The link worked once: its time is over, or the thank-you is not there any more."""


@dataclass(frozen=True)
class Thanks:
    """What a thank-you is made of; ``key`` names the fact that suggested it."""

    reason: str
    text: str = ""
    evidence_url: str = ""
    key: str = ""


@transaction.atomic
def suggest_thanks(*, partnership: Partnership, to: str, thanks: Thanks, by: User) -> Recognition:
    """Suggest a thank-you to one of ``who_can_be_thanked``.

    Raises RecognitionRefusedError for anybody else and for a fact that was taken up, TooOftenError above 40 a day.
    """
    count_use_of(f"thanks:{by.pk}", limit=MOST_A_DAY, per=timedelta(days=1))
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    if to not in {one.key for one in who_can_be_thanked(partnership)}:
        raise RecognitionRefusedError(_("Choose one from the list."))
    if thanks.key and Recognition.objects.filter(partnership=partnership, source_key=thanks.key).exists():
        raise RecognitionRefusedError(_("Somebody said thank you for this already."))
    kind, _colon, found_id = to.partition(":")
    recognition = Recognition(
        partnership=partnership,
        member_id=uuid.UUID(found_id) if kind == "m" else None,
        person_id=uuid.UUID(found_id) if kind == "p" else None,
        reason=thanks.reason,
        text=thanks.text.strip(),
        evidence_url=thanks.evidence_url,
        source_key=thanks.key,
        suggested_by=by,
    )
    recognition.full_clean()
    recognition.save()
    _record("suggested", recognition, by)
    return recognition


@transaction.atomic
def give_thanks(*, recognition: Recognition, by: User, today: date | None = None) -> bool:
    """Say it: the people of the partnership see it and who is thanked gets one mail; returns whether a mail went.

    The mail asks whether everybody may read it. Raises RecognitionRefusedError a second time.
    """
    locked = _locked(recognition)
    _require(can_give(locked))
    locked.state, locked.given_by, locked.given_on = State.GIVEN, by, today or timezone.localdate()
    locked.save(update_fields=["state", "given_by", "given_on"])
    _record("given", locked, by)
    return _mail(locked)


@transaction.atomic
def dismiss_thanks(*, recognition: Recognition, by: User) -> None:
    """Put a suggestion aside. Raises RecognitionRefusedError for what was given."""
    locked = _locked(recognition)
    _require(can_give(locked))
    locked.state = State.DISMISSED
    locked.save(update_fields=["state"])
    _record("dismissed", locked, by)


@transaction.atomic
def dismiss_fact(*, partnership: Partnership, key: str, by: User, today: date) -> None:
    """Put a fact aside that data suggested; for one that is not suggested RecognitionRefusedError."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    reason = next((one for one in suggestions_from_data(partnership, today=today) if one.key == key), None)
    if reason is None:
        raise RecognitionRefusedError(_("Choose one from the list."))
    recognition = Recognition.objects.create(
        partnership=partnership,
        member_id=reason.member_id,
        person_id=reason.person_id,
        reason=reason.what[:300],
        source_key=reason.key,
        state=State.DISMISSED,
    )
    _record("dismissed", recognition, by)


@transaction.atomic
def answer_consent(*, recognition: Recognition, agrees: bool, by: User | None) -> Recognition:
    """Who was thanked says whether everybody may read it; ``by`` None answers by link. Raises RecognitionRefusedError.

    A no takes a public one back among the people of the partnership, at once. The caller has made sure that they
    answer for who was thanked.
    """
    locked = _locked(recognition)
    _require(can_answer_consent(locked))
    locked.consent = Consent.YES if agrees else Consent.NO
    if not agrees:
        locked.state, locked.published_on = State.GIVEN, None
    locked.save(update_fields=["consent", "state", "published_on"])
    _record("consent_answered", locked, by, {"agrees": agrees})
    return locked


@transaction.atomic
def publish_thanks(*, recognition: Recognition, by: User, today: date | None = None) -> Recognition:
    """Show it to everybody; only with the consent of who was thanked: RecognitionRefusedError."""
    locked = _locked(recognition)
    _require(can_make_public(locked))
    locked.state, locked.published_on = State.PUBLISHED, today or timezone.localdate()
    locked.save(update_fields=["state", "published_on"])
    _record("published", locked, by)
    return locked


def open_thanks_link(token: str) -> Recognition:
    """The thank-you of a link; changes nothing (AUT-19). Raises LinkUnknownError or ThanksLinkGoneError."""
    try:
        link = open_link(token, purpose=THANKS_LINK)
    except LinkExpiredError as error:
        raise ThanksLinkGoneError from error
    rows = Recognition.objects.select_related("partnership", "member__organisation", "person")
    recognition = rows.filter(pk=link.subject_id, state__in=SAID).first()
    if recognition is None or (person := person_to_write_to(recognition)) is None or person.pk != link.person_id:
        raise ThanksLinkGoneError
    return recognition


@transaction.atomic
def answer_consent_by_link(*, token: str, agrees: bool) -> Recognition:
    """As ``answer_consent``, for whoever holds the link. Raises as ``open_thanks_link``, RecognitionRefusedError."""
    recognition = answer_consent(recognition=open_thanks_link(token), agrees=agrees, by=None)
    count_use(open_link(token, purpose=THANKS_LINK))
    return recognition


@transaction.atomic
def renew_thanks_link(*, token: str) -> None:
    """Mail a new link to who was thanked, at most three times an hour; says nothing of what it did.

    Raises TooOftenError.
    """
    old = link_to_renew(token, purpose=THANKS_LINK)
    said = Recognition.objects.filter(state__in=SAID)
    recognition = said.filter(pk=old.subject_id).first() if old else None
    person = person_to_write_to(recognition) if recognition else None
    if old and recognition and person and (person.pk, person.email) == (old.person_id, old.recipient_email):
        _mail(recognition)


def _mail(recognition: Recognition) -> bool:
    person = person_to_write_to(recognition)
    if person is None:
        return False
    link, token = make_link(
        purpose=THANKS_LINK, subject_id=recognition.pk, lasts=LASTS, by=recognition.given_by,
        recipient_email=person.email, person_id=person.pk,
    )  # fmt: skip
    written = write_mail(
        to=person.email,
        kind="thanks",
        dedup_key=f"thanks:{link.pk}",
        language=person.language or tenant_at_work().default_language,
        template="thanks",
        context={
            "name": person.name,
            "partnership": recognition.partnership,
            "organisation": recognition.member.organisation.name if recognition.member else "",
            "reason": recognition.reason,
            "text": recognition.text,
            "giver": str(recognition.given_by or ""),
            "url": absolute(reverse("thanks_link", kwargs={"tenant": tenant_at_work().slug, "token": token})),
        },
    )
    return written is not None


def _locked(recognition: Recognition) -> Recognition:
    rows = Recognition.objects.select_for_update(of=("self",))
    found: Recognition = rows.select_related("partnership", "member__organisation").get(pk=recognition.pk)
    return found


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise RecognitionRefusedError(str(verdict.reason))


def _record(what: str, recognition: Recognition, by: User | None, changes: dict[str, object] | None = None) -> None:
    label = "" if by else "link"
    scope_id = recognition.partnership.scope_id
    record(f"thanks.{what}", recognition, by=by, actor_label=label, scope_id=scope_id, changes=changes)
