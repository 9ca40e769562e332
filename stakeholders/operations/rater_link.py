"""E-mailed links with which people without an account rate: sending and opening them."""

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
from stakeholders.models import MapRater, MapRound
from stakeholders.operations.stakeholder_map import MapRefusedError

RATING_LINK = "rating"
LASTS = timedelta(days=30)


class RatingLinkGoneError(Exception):
    """The link worked once: its time is over, or its rater is asked no longer."""


@transaction.atomic
def send_rating_link(*, rater: MapRater, by: User | None) -> str:
    """Mail a rater a link that works for 30 days; earlier ones end. Returns its path.

    Raises MapRefusedError for who signs in anyway, has no address or asked not to be contacted, and with no open round.
    """
    person = rater.person
    if person is None or not person.email or person.do_not_contact:
        raise MapRefusedError(_("This person has no e-mail address or asked not to be contacted."))
    if not MapRound.objects.filter(map=rater.map, closed_on=None).exists():
        raise MapRefusedError(_("No round is open."))
    revoke_links_to(rater.pk, purpose=RATING_LINK)
    link, token = make_link(
        purpose=RATING_LINK,
        subject_id=rater.pk,
        lasts=LASTS,
        by=by,
        recipient_email=person.email,
        person_id=person.pk,
        label=rater.map.title,
    )
    path = reverse("rating_link", kwargs={"tenant": tenant_at_work().slug, "token": token})
    write_mail(
        to=person.email,
        kind="rating_link",
        dedup_key=f"rating_link:{link.pk}",
        language=person.language or tenant_at_work().default_language,
        template="rating_link",
        context={
            "name": person.name,
            "map": rater.map,
            "space": tenant_at_work(),
            "url": absolute(path),
            "days": LASTS.days,
        },
    )
    record("map.link_sent", rater.map, by=by, changes={"rater": str(rater.pk)})
    return path


def open_rating_link(token: str) -> MapRater:
    """The rater of a link; changes nothing (AUT-19). Raises LinkUnknownError, RatingLinkGoneError."""
    try:
        link = open_link(token, purpose=RATING_LINK)
    except LinkExpiredError as error:
        raise RatingLinkGoneError from error
    rater = MapRater.objects.select_related("map", "person").filter(pk=link.subject_id, person=link.person_id).first()
    if rater is None:
        raise RatingLinkGoneError
    return rater
