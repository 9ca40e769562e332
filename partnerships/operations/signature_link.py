"""E-mailed links with which a party answers an agreement."""

import uuid
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from core.models import AccessLink, User
from core.operations.audit import record
from core.operations.link import LinkExpiredError, draft_link, link_to_renew, open_link, store_links
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.web.space import absolute
from partnerships.models import Representative, Signature
from partnerships.queries.agreement import earlier_acceptance, open_requests
from partnerships.queries.representative import active_representation, active_representatives
from partnerships.rules.agreement import SIGNATURE_LINK
from partnerships.rules.authority import LinkHolder
from stakeholders.models import Stakeholder

LASTS = timedelta(days=30)


class SignatureLinkGoneError(Exception):
    """The link worked once: it expired, was revoked, was used, or the person may no longer commit."""


@transaction.atomic
def mail_signature_request(*, signature: Signature, by: User | None) -> int:
    """Mail everyone who may commit for a party a link to read and answer; returns how many were written to."""
    written = 0
    for representative in _reachable(signature):
        _send(signature, representative.person, by=by)
        written += 1
    scope_id = signature.version.agreement.partnership.scope_id
    record("signature.requested", signature, by=by, scope_id=scope_id, changes={"mails": written})
    return written


def mail_signature_void(*, signature: Signature) -> int:
    """Tell everyone who may commit for a party that its acceptance no longer counts, because the text was changed.

    Returns how many were written to; part of the operation that made it void.
    """
    reachable = list(_reachable(signature))
    for representative in reachable:
        person = representative.person
        write_mail(
            to=person.email,
            kind="signature_void",
            dedup_key=f"signature_void:{signature.pk}:{person.pk}",
            language=person.language or tenant_at_work().default_language,
            template="signature_void",
            context=_about(signature, person) | {"accepted_at": signature.answered_at},
        )
    return len(reachable)


def open_signature_link(token: str) -> tuple[Signature, LinkHolder]:
    """The signature and the person of a link; changes nothing (AUT-19).

    Raises LinkUnknownError, or SignatureLinkGoneError.
    """
    try:
        link = open_link(token, purpose=SIGNATURE_LINK)
    except LinkExpiredError as error:
        raise SignatureLinkGoneError from error
    found = _ground_of(link)
    if found is None:
        raise SignatureLinkGoneError
    signature, person = found
    return signature, LinkHolder(person=person, link_id=link.pk)


@transaction.atomic
def renew_signature_link(*, token: str) -> None:
    """Mail a new link to the address of an expired one, at most three times an hour.

    Says nothing of what it did; raises TooOftenError above the limit.
    """
    old = link_to_renew(token, purpose=SIGNATURE_LINK)
    found = _ground_of(old) if old else None
    if old and found and found[1].email == old.recipient_email and not found[1].do_not_contact:
        _send(found[0], found[1], by=None)


def draft_signature_link(
    *, signature_id: uuid.UUID, version: str, person: Stakeholder, by: User | None = None
) -> tuple[AccessLink, str]:
    """A link to a signature that opens nothing before ``store_links``, and the path of its page.

    ``version`` names the agreement and the version to sign.
    """
    link, token = draft_link(
        purpose=SIGNATURE_LINK,
        subject_id=signature_id,
        lasts=LASTS,
        by=by,
        recipient_email=person.email,
        person_id=person.pk,
        label=version[:120],
    )
    return link, reverse("agreement_link", kwargs={"tenant": tenant_at_work().slug, "token": token})


def make_signature_link(*, signature: Signature, person: Stakeholder, by: User | None = None) -> tuple[AccessLink, str]:
    """A new link to a signature and the path of its page."""
    link, path = draft_signature_link(signature_id=signature.pk, version=str(signature.version), person=person, by=by)
    store_links([link])
    return link, path


def _ground_of(link: AccessLink) -> tuple[Signature, Stakeholder] | None:
    """What a link stands on: a request still open, and a person who may commit for the party."""
    signature = open_requests().filter(pk=link.subject_id).first()
    representation = active_representation(link.person_id, signature.member_id) if signature else None
    if signature is None or representation is None or not representation.can_commit:
        return None
    return signature, representation.person


def _send(signature: Signature, person: Stakeholder, *, by: User | None) -> None:
    link, path = make_signature_link(signature=signature, person=person, by=by)
    earlier = earlier_acceptance(signature)
    more = {"accepted_at": earlier and earlier.answered_at, "url": absolute(path), "days": LASTS.days}
    write_mail(
        to=person.email,
        kind="agreement_request",
        dedup_key=f"agreement_request:{link.pk}",
        language=person.language or tenant_at_work().default_language,
        template="agreement_request",
        context=_about(signature, person) | more,
    )


def _about(signature: Signature, person: Stakeholder) -> dict[str, Any]:
    agreement = signature.version.agreement
    return {
        "name": person.name,
        "agreement": agreement,
        "version": signature.version,
        "organisation": signature.member.organisation.name,
        "partnership": agreement.partnership,
        "space": tenant_at_work(),
    }


def _reachable(signature: Signature) -> QuerySet[Representative]:
    people = active_representatives().filter(member_id=signature.member_id, can_commit=True)
    return people.exclude(person__email="").exclude(person__do_not_contact=True)
