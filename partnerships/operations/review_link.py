"""E-mailed links with which a partner reads a version and remarks on it, without an account."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from core.models import AccessLink, User
from core.operations.audit import record
from core.operations.link import LinkExpiredError, link_to_renew, make_link, open_link
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.web.space import absolute
from partnerships.models import AgreementVersion, PartnershipMember, Representative
from partnerships.queries.representative import active_representatives
from partnerships.rules.authority import LinkHolder
from stakeholders.models import Stakeholder

REVIEW_LINK = "agreement_review"
LASTS = timedelta(days=60)


class ReviewLinkGoneError(Exception):
    """The link worked once: it expired or was revoked, or the person no longer speaks for a partner."""


@transaction.atomic
def mail_review_links(
    *,
    version: AgreementVersion,
    by: User | None,
    template: str = "agreement_review",
    member: PartnershipMember | None = None,
) -> int:
    """Mail one link to everyone who may commit for a partner, or for one ``member``; returns how many."""
    partnership = version.agreement.partnership
    people = active_representatives().filter(member__partnership=partnership, can_commit=True)
    if member is not None:
        people = people.filter(member=member)
    reachable = people.exclude(person__email="").exclude(person__do_not_contact=True)
    by_person = {found.person_id: found for found in reachable}
    for representative in by_person.values():
        _send(version, representative, by=by, template=template)
    record("agreement.review_asked", version, by=by, scope_id=partnership.scope_id, changes={"mails": len(by_person)})
    return len(by_person)


def make_review_link(*, version: AgreementVersion, person: Stakeholder, by: User | None) -> tuple[AccessLink, str]:
    """A new link to a version and the path of its page."""
    link, token = make_link(
        purpose=REVIEW_LINK,
        subject_id=version.pk,
        lasts=LASTS,
        by=by,
        recipient_email=person.email,
        person_id=person.pk,
        label=str(version)[:120],
    )
    return link, reverse("review_link", kwargs={"tenant": tenant_at_work().slug, "token": token})


def open_review_link(token: str) -> tuple[AgreementVersion, Representative, LinkHolder]:
    """The version, for whom the person speaks, and the person of a link; changes nothing (AUT-19).

    Raises LinkUnknownError, or ReviewLinkGoneError.
    """
    try:
        link = open_link(token, purpose=REVIEW_LINK)
    except LinkExpiredError as error:
        raise ReviewLinkGoneError from error
    found = _ground_of(link)
    if found is None:
        raise ReviewLinkGoneError
    version, representative = found
    return version, representative, LinkHolder(person=representative.person, link_id=link.pk)


@transaction.atomic
def renew_review_link(*, token: str) -> None:
    """Mail a new link to the address of an expired one, at most three times an hour.

    Says nothing of what it did; raises TooOftenError above the limit.
    """
    old = link_to_renew(token, purpose=REVIEW_LINK)
    found = _ground_of(old) if old else None
    if old and found and found[1].person.email == old.recipient_email and not found[1].person.do_not_contact:
        _send(found[0], found[1], by=None)


def _ground_of(link: AccessLink) -> tuple[AgreementVersion, Representative] | None:
    """What a link stands on: a version partners may read, and a person who speaks for one of them."""
    rows = AgreementVersion.objects.exclude(state=AgreementVersion.State.DRAFTING)
    version = rows.select_related("agreement__partnership").filter(pk=link.subject_id).first()
    if version is None or link.person_id is None:
        return None
    partnership = version.agreement.partnership
    speaking = active_representatives().filter(member__partnership=partnership, person_id=link.person_id)
    representative = speaking.first()
    return (version, representative) if representative else None


def _send(
    version: AgreementVersion, representative: Representative, *, by: User | None, template: str = "agreement_review"
) -> None:
    person = representative.person
    link, path = make_review_link(version=version, person=person, by=by)
    write_mail(
        to=person.email,
        kind=template,
        dedup_key=f"{template}:{link.pk}",
        language=person.language or tenant_at_work().default_language,
        template=template,
        context={
            "name": person.name,
            "agreement": version.agreement,
            "version": version,
            "organisation": representative.member.organisation.name,
            "partnership": version.agreement.partnership,
            "space": tenant_at_work(),
            "url": absolute(path),
            "days": LASTS.days,
        },
    )
