"""Mailed links with which a person without an account keeps its organisation's profile."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from core.operations.link import LinkExpiredError, make_link, open_link, revoke_links_to
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.web.space import absolute
from stakeholders.models import Affiliation, Stakeholder
from stakeholders.operations.profile import EditRefusedError

PROFILE_LINK = "profile"
LASTS = timedelta(days=30)


class ProfileLinkGoneError(Exception):
    """The link worked once: its time is over, or its holder is no longer in the organisation."""


@transaction.atomic
def send_profile_link(*, place: Affiliation, by: User | None) -> str:
    """Mail somebody a link to their organisation's profile for 30 days; their earlier one ends. Returns its path.

    Raises EditRefusedError for who has no address, asked not to be contacted or is no longer there.
    """
    person = place.person
    if not person.email or person.do_not_contact or not place.is_active:
        raise EditRefusedError(_("This person has no e-mail address or asked not to be contacted."))
    revoke_links_to(place.pk, purpose=PROFILE_LINK)
    link, token = make_link(
        purpose=PROFILE_LINK,
        subject_id=place.pk,
        lasts=LASTS,
        by=by,
        recipient_email=person.email,
        person_id=person.pk,
        label=place.organisation.name[:120],
    )
    path = reverse("profile_link", kwargs={"tenant": tenant_at_work().slug, "token": token})
    write_mail(
        to=person.email,
        kind="profile_link",
        dedup_key=f"profile_link:{link.pk}",
        language=person.language or tenant_at_work().default_language,
        template="profile_link",
        context={
            "name": person.name,
            "organisation": place.organisation,
            "space": tenant_at_work(),
            "url": absolute(path),
            "days": LASTS.days,
        },
    )
    record("profile.link_sent", place.organisation, by=by, changes={"person": str(person.pk)})
    return path


def open_profile_link(token: str) -> tuple[Stakeholder, Stakeholder]:
    """Organisation and person of a link; changes nothing. Raises LinkUnknownError, ProfileLinkGoneError."""
    try:
        link = open_link(token, purpose=PROFILE_LINK)
    except LinkExpiredError as error:
        raise ProfileLinkGoneError from error
    places = Affiliation.objects.select_related("person", "organisation")
    place = places.filter(pk=link.subject_id, person=link.person_id, is_active=True).first()
    if place is None:
        raise ProfileLinkGoneError
    return place.organisation, place.person
