"""Agreements as decisions: what may be changed, opened, signed and brought into force (domain 5.3)."""

import hashlib
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from partnerships.models import AgreementVersion, Signature
from partnerships.rules.authority import Authority

State = AgreementVersion.State
Answer = Signature.State

DRAFT = (State.DRAFTING, State.PARTNER_REVIEW)
SIGNING = (State.READY_TO_SIGN, State.PARTIALLY_SIGNED)
# From here on partners may read a version.
SHARED = tuple(state for state in State if state != State.DRAFTING)
TONES: dict[str, str] = {
    State.DRAFTING: "draft",
    State.PARTNER_REVIEW: "info",
    State.READY_TO_SIGN: "now",
    State.PARTIALLY_SIGNED: "now",
    State.IN_FORCE: "ok",
    State.EXPIRED: "late",
    State.TERMINATED: "idle",
    State.SUPERSEDED: "idle",
}
ANSWER_TONES: dict[str, str] = {
    Answer.REQUESTED: "soon",
    Answer.SIGNED: "ok",
    Answer.DECLINED: "late",
    Answer.VOID: "idle",
}


def sha256_of(text: str) -> str:
    """The fingerprint of the exact text: SHA-256 of its UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def can_change_text(*, state: str) -> Verdict:
    """Whether the wording may still change; once people signed it, doing so voids their signatures (R-A3)."""
    if state in {*DRAFT, *SIGNING}:
        return ALLOWED
    return Verdict(False, _("This version stands as it is. Write a new version."))


def can_open_for_signing(*, state: str, text: str, party_count: int) -> Verdict:
    """Whether a draft may be put before its parties."""
    if state not in DRAFT:
        return Verdict(False, _("This version is not a draft."))
    if not text.strip():
        return Verdict(False, _("Write the text first."))
    if party_count < 1:
        return Verdict(False, _("Choose at least one organisation that shall sign."))
    return ALLOWED


def can_answer_signature(*, version_state: str, state: str, authority: Authority) -> Verdict:
    """Whether somebody may accept or decline for a party: one of its own people who may commit for it."""
    if not authority.may_commit:
        return Verdict(False, _("Only somebody who may commit for the organisation can sign for it."))
    if state != Answer.REQUESTED or version_state not in SIGNING:
        return Verdict(False, _("There is nothing to sign here any more."))
    return ALLOWED


def missing_for_answer(*, accepts: bool, name: str, capacity: str, reason: str) -> dict[str, str | Promise]:
    """What an answer lacks, by field: who speaks and in which capacity, and a reason to decline."""
    missing: dict[str, str | Promise] = {}
    if not name.strip():
        missing["name"] = _("Write your name.")
    if not capacity.strip():
        missing["capacity"] = _("Write in which capacity you speak, for example “president”.")
    if not accepts and not reason.strip():
        missing["reason"] = _("Write in a few words why, so that the text can be mended.")
    return missing


def can_bring_into_force(*, state: str, answers: Iterable[str]) -> Verdict:
    """Whether a version may come into force: every party asked has signed, and there is one (R-A5)."""
    asked = [answer for answer in answers if answer != Answer.VOID]
    if state not in SIGNING:
        return Verdict(False, _("This version is not being signed."))
    if not asked or any(answer != Answer.SIGNED for answer in asked):
        return Verdict(False, _("Not every party has signed. Wait, or take back the request to those who will not."))
    return ALLOWED
