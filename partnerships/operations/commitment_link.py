"""E-mailed links to one promise for one person who speaks for the organisation."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import AccessLink, User
from core.operations.audit import record
from core.operations.link import LinkExpiredError, draft_link, link_to_renew, open_link, store_links
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.web.space import absolute
from partnerships.models import Commitment
from partnerships.queries.commitment import COMMITMENT_LINK, commitment_of_link
from partnerships.queries.representative import active_representation
from partnerships.rules.authority import LinkHolder
from stakeholders.models import Stakeholder

LASTS = timedelta(days=30)
ANSWERABLE = (Commitment.State.PROPOSED, Commitment.State.OPEN)


class CommitmentLinkRefusedError(Exception):
    """No link can go to this person; the message says why."""


class CommitmentLinkGoneError(Exception):
    """The link worked once: its time is over, it was revoked, or the person speaks for the organisation no more."""


@transaction.atomic
def send_commitment_link(*, commitment: Commitment, person: Stakeholder, by: User | None) -> AccessLink:
    """Mail a person a link with which they say for 30 days what became of a promise.

    Raises CommitmentLinkRefusedError for someone who does not speak for the organisation, has no address or does not
    want to be contacted, and for a closed promise.
    """
    if commitment.state not in ANSWERABLE:
        raise CommitmentLinkRefusedError(_("This promise is closed already."))
    if active_representation(person.pk, commitment.member_id) is None:
        raise CommitmentLinkRefusedError(_("This person does not speak for the organisation."))
    if not person.email:
        raise CommitmentLinkRefusedError(_("Add an e-mail address first."))
    if person.do_not_contact:
        raise CommitmentLinkRefusedError(_("This person does not want to be contacted."))
    link = _mail(commitment, person, by)
    changes = {"person": str(person.pk)}
    record("commitment.link_sent", commitment, by=by, scope_id=commitment.partnership.scope_id, changes=changes)
    return link


def open_commitment_link(token: str) -> tuple[Commitment, LinkHolder]:
    """The promise and the person of a link; changes nothing (AUT-19).

    Raises LinkUnknownError, or CommitmentLinkGoneError when the link expired, was revoked or lost its ground.
    """
    try:
        link = open_link(token, purpose=COMMITMENT_LINK)
    except LinkExpiredError as error:
        raise CommitmentLinkGoneError from error
    found = commitment_of_link(link)
    if found is None:
        raise CommitmentLinkGoneError
    commitment, person = found
    return commitment, LinkHolder(person=person, link_id=link.pk)


@transaction.atomic
def renew_commitment_link(*, token: str) -> None:
    """Mail a new link to the address of an expired one, at most three times an hour; says nothing of what it did.

    Raises TooOftenError above the limit.
    """
    old = link_to_renew(token, purpose=COMMITMENT_LINK)
    found = commitment_of_link(old) if old else None
    if old is None or found is None:
        return
    commitment, person = found
    is_same = person.email == old.recipient_email and not person.do_not_contact
    if commitment.state in ANSWERABLE and is_same:
        _mail(commitment, person, None)


def make_commitment_link(*, commitment: Commitment, person: Stakeholder, by: User | None) -> tuple[AccessLink, str]:
    """A new link to a promise and the path of its page; ``absolute`` makes it fit for a mail written elsewhere."""
    link, path = draft_commitment_link(commitment_id=commitment.pk, title=commitment.title, person=person, by=by)
    store_links([link])
    return link, path


def draft_commitment_link(
    *, commitment_id: uuid.UUID, title: str, person: Stakeholder, by: User | None = None
) -> tuple[AccessLink, str]:
    """A link to a promise that opens nothing before ``store_links``, and the path of its page."""
    link, token = draft_link(
        purpose=COMMITMENT_LINK,
        subject_id=commitment_id,
        lasts=LASTS,
        by=by,
        recipient_email=person.email,
        person_id=person.pk,
        label=title[:120],
    )
    return link, reverse("commitment_link", kwargs={"tenant": tenant_at_work().slug, "token": token})


def _mail(commitment: Commitment, person: Stakeholder, by: User | None) -> AccessLink:
    link, path = make_commitment_link(commitment=commitment, person=person, by=by)
    write_mail(
        to=person.email,
        kind="commitment_link",
        dedup_key=f"commitment_link:{link.pk}",
        language=person.language or tenant_at_work().default_language,
        template="commitment_link",
        context={
            "name": person.name,
            "commitment": commitment,
            "organisation": commitment.member.organisation.name,
            "is_question": commitment.state == Commitment.State.PROPOSED,
            "partnership": commitment.partnership,
            "space": tenant_at_work(),
            "url": absolute(path),
            "days": LASTS.days,
        },
    )
    return link
