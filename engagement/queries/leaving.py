"""What residents and volunteers have to do with a leaving organisation, for the checklist of leaving."""

from django.utils.translation import gettext as _

from core.access.visibility import Visibility
from core.web.space import space_url
from engagement.models import VolunteerOpportunity
from partnerships.exits import Hold
from partnerships.models import PartnershipMember

State = VolunteerOpportunity.State


def volunteers_hosted(member: PartnershipMember) -> list[Hold]:
    """The opportunities at its place: it holds names and addresses of the people who help there."""
    rows = VolunteerOpportunity.objects.filter(host=member).exclude(state__in=[State.DRAFT, State.ARCHIVED])
    slug = member.partnership.slug
    words = _("Volunteers' data: %(title)s")
    return [
        Hold(words % {"title": one.title}, space_url("opportunity_detail", slug=slug, number=one.number))
        for one in rows.order_by("number", "id")[:50]
    ]


def named_in_public(member: PartnershipMember) -> list[Hold]:
    """That everybody reads its name among the members, until the day it has left."""
    if member.partnership.visibility != Visibility.PUBLIC:
        return []
    words = _("The public page names it among the members until the day it has left.")
    return [Hold(words, space_url("public_page", slug=member.partnership.slug))]
