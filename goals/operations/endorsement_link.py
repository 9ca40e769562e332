"""E-mailed links with which a partner says where it stands on a goal."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from core.models import AccessLink, User
from core.operations.audit import record
from core.operations.link import LinkExpiredError, draft_link, link_to_renew, open_link, store_links
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.web.space import absolute
from goals.models import Endorsement
from goals.queries.endorsement import places_in_open_rounds
from goals.queries.rewording import rewording_of
from partnerships.queries.representative import active_representation, people_to_mail
from partnerships.rules.authority import LinkHolder
from stakeholders.models import Stakeholder

ENDORSEMENT_LINK = "endorsement"
LASTS = timedelta(days=30)


class EndorsementLinkGoneError(Exception):
    """The link worked once: it expired, was revoked, the round ended, or the person may no longer commit."""


@transaction.atomic
def mail_endorsement_request(*, endorsement: Endorsement, by: User | None) -> int:
    """Mail everyone who may commit for a member a link to the goal and its answers; returns how many mails.

    Who was asked about another wording before is told what is different, why, and what the member said then.
    """
    member = endorsement.member
    people = [found.person for found in people_to_mail(member) if found.can_commit] if member else []
    for person in people:
        _send(endorsement, person, by=by)
    scope_id = endorsement.round.goal.partnership.scope_id
    record("endorsement.mailed", endorsement, by=by, scope_id=scope_id, changes={"mails": len(people)})
    return len(people)


def open_endorsement_link(token: str) -> tuple[Endorsement, LinkHolder]:
    """The place and the person of a link; changes nothing (AUT-19).

    Raises LinkUnknownError, or EndorsementLinkGoneError.
    """
    try:
        link = open_link(token, purpose=ENDORSEMENT_LINK)
    except LinkExpiredError as error:
        raise EndorsementLinkGoneError from error
    found = _ground_of(link)
    if found is None:
        raise EndorsementLinkGoneError
    endorsement, person = found
    return endorsement, LinkHolder(person=person, link_id=link.pk)


@transaction.atomic
def renew_endorsement_link(*, token: str) -> None:
    """Mail a new link to the address of an expired one, at most three times an hour.

    Says nothing of what it did; raises TooOftenError above the limit.
    """
    old = link_to_renew(token, purpose=ENDORSEMENT_LINK)
    found = _ground_of(old) if old else None
    if old and found and found[1].email == old.recipient_email and not found[1].do_not_contact:
        _send(found[0], found[1], by=None)


def draft_endorsement_link(
    *, endorsement_id: uuid.UUID, title: str, person: Stakeholder, by: User | None = None
) -> tuple[AccessLink, str]:
    """A link to a member's place in a round that opens nothing before ``store_links``, and the path of its page."""
    link, token = draft_link(
        purpose=ENDORSEMENT_LINK,
        subject_id=endorsement_id,
        lasts=LASTS,
        by=by,
        recipient_email=person.email,
        person_id=person.pk,
        label=title[:120],
    )
    return link, reverse("endorsement_link", kwargs={"tenant": tenant_at_work().slug, "token": token})


def make_endorsement_link(
    *, endorsement: Endorsement, person: Stakeholder, by: User | None = None
) -> tuple[AccessLink, str]:
    """A new link to a member's place in a round and the path of its page."""
    title = endorsement.round.goal.title
    link, path = draft_endorsement_link(endorsement_id=endorsement.pk, title=title, person=person, by=by)
    store_links([link])
    return link, path


def _ground_of(link: AccessLink) -> tuple[Endorsement, Stakeholder] | None:
    """What a link stands on: an open round, and a person who may commit for the member."""
    endorsement = places_in_open_rounds().filter(pk=link.subject_id).first()
    representation = active_representation(link.person_id, endorsement.member_id) if endorsement else None
    if endorsement is None or representation is None or not representation.can_commit:
        return None
    return endorsement, representation.person


def _send(endorsement: Endorsement, person: Stakeholder, *, by: User | None) -> None:
    link, path = make_endorsement_link(endorsement=endorsement, person=person, by=by)
    found, member = endorsement.round, endorsement.member
    language = person.language or tenant_at_work().default_language
    rewording = rewording_of(found)
    write_mail(
        to=person.email,
        kind="goal_endorsement",
        dedup_key=f"goal_endorsement:{link.pk}",
        language=language,
        template="goal_endorsement",
        context={
            "name": person.name,
            "goal": found.goal,
            "sentence": found.fields.get(f"sentence_{language[:2]}") or found.fields.get("sentence_en", ""),
            "answer_by": found.answer_by,
            "rewording": rewording,
            "said": rewording.said_by(endorsement) if rewording else None,
            "organisation": member.organisation.name if member else "",
            "partnership": found.goal.partnership,
            "space": tenant_at_work(),
            "url": absolute(path),
            "days": LASTS.days,
        },
    )
