"""Agreements as decisions: what may be changed, opened, signed and brought into force (domain 5.3)."""

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from partnerships.models import AgreementVersion, Signature
from partnerships.rules.authority import Authority

State = AgreementVersion.State
Answer = Signature.State

# The kind of link with which a party reads and answers.
SIGNATURE_LINK = "signature"
# What people set beside the text, of the agreement and of one version.
FACTS = ("involves_minors", "involves_volunteers", "involves_money", "involves_research", "involves_public_body")
OF_AGREEMENT = ("title", "instrument_type", *FACTS)
OF_VERSION = (
    "change_summary",
    "valid_from",
    "valid_to",
    "review_on",
    "renewal",
    "notice_days",
    "quorum_percent",
    "decision_methods",
    "methods_by_subject",
    "endorsement_days",
    "endorsement_percent",
    "endorsement_voices",
    "second_language",
    "prevailing_language",
)

DRAFT = (State.DRAFTING, State.PARTNER_REVIEW)
SIGNING = (State.READY_TO_SIGN, State.PARTIALLY_SIGNED)
# From here on partners may read a version.
SHARED = tuple(state for state in State if state != State.DRAFTING)
TONES: dict[str, str] = {
    State.DRAFTING: "draft",
    State.PARTNER_REVIEW: "info",
    State.READY_TO_SIGN: "now",
    State.PARTIALLY_SIGNED: "now",
    State.TO_COME: "info",
    State.IN_FORCE: "ok",
    State.EXPIRED: "late",
    State.TERMINATED: "idle",
    State.SUPERSEDED: "idle",
}


def is_lapsed(*, state: str, valid_to: date | None, renewal: str, today: date) -> bool:
    """Whether an agreement that was in force is so no longer because its time is over (R-A7).

    One that goes on unless somebody says no goes on.
    """
    if state == State.EXPIRED:
        return True
    is_over = state == State.IN_FORCE and valid_to is not None and valid_to < today
    return is_over and renewal != AgreementVersion.Renewal.TACIT


def renewed_until(valid_to: date, *, today: date) -> date:
    """The last day of an agreement that goes on by a year each time, the first one not before today."""
    years = max(today.year - valid_to.year, 1)
    found = _years_after(valid_to, years)
    return found if found >= today else _years_after(valid_to, years + 1)


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def first_review(day: date, *, valid_to: date | None) -> date:
    """When an agreement is read again where nobody chose a day: after a year, or at its end (R-A6)."""
    year_later = _years_after(day, 1)
    return min(year_later, valid_to) if valid_to else year_later


# Days before the review or the end at which coordination is reminded (R-A6).
REMINDERS = (90, 60, 30)


def reminder_of(day: date | None, *, today: date) -> int | None:
    """Which reminder is due for a day to come or past: 90, 60 or 30 days before it; None while it is further off."""
    if day is None:
        return None
    left = (day - today).days
    return min((days for days in REMINDERS if left <= days), default=None)


# Signed by all who had to, and neither ended nor followed by another so far as is stored.
AGREED = (State.TO_COME, State.IN_FORCE)


def state_on(version: AgreementVersion, *, today: date) -> State:
    """Where a version stands on a day, whatever the night did.

    One signed for a later day is in force from that day on, and the one before until then; one whose time is over is
    expired (R-A7).
    """
    state = State(version.state)
    if state in AGREED:
        state = _state_of_agreed(version, today=today)
    is_over = is_lapsed(state=state, valid_to=version.valid_to, renewal=version.renewal, today=today)
    return State.EXPIRED if is_over else state


def _state_of_agreed(version: AgreementVersion, *, today: date) -> State:
    if version.terminated_on is not None and version.terminated_on <= today:
        return State.TERMINATED
    if version.valid_from is not None and version.valid_from > today:
        return State.TO_COME
    if version.replaced_on is not None and version.replaced_on <= today:
        return State.SUPERSEDED
    return State.IN_FORCE


def standing_of(version: AgreementVersion, *, today: date) -> tuple[str, str]:
    """Tone and words for where a version stands on a day."""
    state = state_on(version, today=today)
    if state == State.TO_COME and version.valid_from is not None:
        day = date_format(version.valid_from, "DATE_FORMAT")
        return TONES[state], str(_("Signed, in force from %(day)s") % {"day": day})
    return TONES[state], str(state.label)


def can_terminate(version: AgreementVersion, *, reason: str, today: date) -> Verdict:
    """Whether an agreement may be ended before its time; its parties read the reason."""
    if state_on(version, today=today) not in AGREED:
        return Verdict(False, _("Only an agreement that is signed and holds can be ended."))
    if version.terminated_on is not None:
        return Verdict(False, _("It was said already when this agreement ends."))
    if not reason.strip():
        return Verdict(False, _("Write the reason. All parties will read it."))
    return ALLOWED


def earliest_end(version: AgreementVersion, *, today: date) -> date:
    """The first day on which an agreement ended today need not hold any more: after its notice."""
    return today + timedelta(days=version.notice_days or 0)


def sha256_of(text: str) -> str:
    """The fingerprint of the exact text: SHA-256 of its UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def can_change_text(*, state: str) -> Verdict:
    """Whether the wording may still change; once people signed it, doing so voids their signatures (R-A3)."""
    if state in {*DRAFT, *SIGNING}:
        return ALLOWED
    return Verdict(False, _("This version stands as it is. Write a new version."))


def language_problems(*, language: str, second_language: str, prevailing_language: str) -> dict[str, str | Promise]:
    """What is wrong with the languages of a version, by field; which one counts is asked only where there are two."""
    problems: dict[str, str | Promise] = {}
    if second_language == language:
        problems["second_language"] = _("This is the first language already.")
    if second_language and prevailing_language not in {"", language, second_language}:
        problems["prevailing_language"] = _("Choose one of the two languages of the text.")
    return problems


def can_open_for_signing(*, state: str, text: str, party_count: int) -> Verdict:
    """Whether a draft may be put before its parties."""
    if state not in DRAFT:
        return Verdict(False, _("This version is not a draft."))
    if not text.strip():
        return Verdict(False, _("Write the text first."))
    if party_count < 1:
        return Verdict(False, _("Choose at least one organisation that shall sign."))
    return ALLOWED


def can_answer_signature(
    *, version_state: str, state: str, authority: Authority, is_accession: bool = False
) -> Verdict:
    """Whether somebody may accept or decline for a party: one of its own people who may commit for it.

    A later partner accedes to a version in force; the others answer one that is being signed.
    """
    if not authority.may_commit:
        return Verdict(False, _("Only somebody who may commit for the organisation can sign for it."))
    return can_still_be_signed(version_state=version_state, state=state, is_accession=is_accession)


def can_still_be_signed(*, version_state: str, state: str, is_accession: bool) -> Verdict:
    """Whether a request is open: asked for, and its version still waits for it."""
    open_states = (State.IN_FORCE,) if is_accession else SIGNING
    if state == Answer.WAITING:
        return Verdict(False, _("Others sign first. You will get a mail when it is your turn."))
    if state != Answer.REQUESTED or version_state not in open_states:
        return Verdict(False, _("There is nothing to sign here any more."))
    return ALLOWED


def missing_for_answer(
    *, accepts: bool, name: str, capacity: str, reason: str, lacks_delegation: bool = False
) -> dict[str, str | Promise]:
    """What an answer lacks, by field: who speaks and in which capacity, the delegation, and a reason to decline."""
    missing: dict[str, str | Promise] = {}
    if not name.strip():
        missing["name"] = _("Write your name.")
    if not capacity.strip():
        missing["capacity"] = _("Write in which capacity you speak, for example “president”.")
    if accepts and lacks_delegation:
        missing["delegation"] = _("Add the file of the delegation.")
    if not accepts and not reason.strip():
        missing["reason"] = _("Write in a few words why, so that the text can be mended.")
    return missing


def can_bring_into_force(*, state: str, answers: Iterable[str]) -> Verdict:
    """Whether a version may come into force: every required party asked has signed, and there is one (R-A5).

    ``answers`` are those of the required parties.
    """
    asked = [answer for answer in answers if answer != Answer.VOID]
    if state not in SIGNING:
        return Verdict(False, _("This version is not being signed."))
    if not asked or any(answer != Answer.SIGNED for answer in asked):
        return Verdict(False, _("Not every party has signed. Wait, or take back the request to those who will not."))
    return ALLOWED


def last_order_asked(asked: Iterable[tuple[int, str, bool]]) -> int | None:
    """How far the order of signing has come: the first step at which a signature that is needed is missing.

    Those of this step and of all before are asked; None when nothing needed is missing and all are. ``asked`` are
    order and state of each request, and whether it is needed: nobody waits for the others.
    """
    missing = (
        order for order, state, is_required in asked if is_required and state not in {Answer.SIGNED, Answer.VOID}
    )
    return min(missing, default=None)


def order_of_steps(steps: Mapping[uuid.UUID, int]) -> dict[uuid.UUID, int]:
    """Steps as people number them, without gaps and counted from zero; equal numbers stay equal."""
    ranks = {step: rank for rank, step in enumerate(sorted(set(steps.values())))}
    return {key: ranks[step] for key, step in steps.items()}


def can_carry_over(*, state: str, has_one_in_force: bool, reason: str) -> Verdict:
    """Whether a draft may come into force as a minor change, its signatures carried over."""
    if state not in DRAFT:
        return Verdict(False, _("This version is not a draft."))
    if not has_one_in_force:
        return Verdict(False, _("There is no version in force whose signatures could be carried over."))
    if not reason.strip():
        return Verdict(False, _("Write why this changes nobody's duties. The partners will read it."))
    return ALLOWED
