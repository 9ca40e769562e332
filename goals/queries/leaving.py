"""What of the goals a leaving organisation still holds, and what somebody new reads of them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from core.access.viewer import Viewer
from core.web.dates import day_words
from core.web.space import space_url
from goals.models import DeliverableRole, Goal, Risk
from goals.queries.goal import goals_visible_to
from goals.rules.deliverable import DOING
from goals.rules.goal import FINAL_STATES, RUNNING_STATES
from goals.rules.risk import LIVE
from partnerships.exits import Hold
from partnerships.models import PartnershipMember
from partnerships.welcome import WelcomeLine


def roles_held(member: PartnershipMember) -> list[Hold]:
    """The results a member does or answers for."""
    roles = DeliverableRole.objects.filter(member=member, part__in=DOING).select_related("deliverable")
    results = {role.deliverable.number: role.deliverable for role in roles.order_by("deliverable__number")}
    slug = member.partnership.slug
    return [
        Hold(result.title, space_url("deliverable_edit", slug=slug, number=number), stops=True)
        for number, result in results.items()
    ]


def goals_held(member: PartnershipMember) -> list[Hold]:
    """The goals a member still looks after."""
    goals = Goal.objects.filter(owner_member=member).exclude(state__in=FINAL_STATES).order_by("number")
    slug = member.partnership.slug
    return [Hold(goal.title, space_url("goal_edit", slug=slug, number=goal.number), stops=True) for goal in goals]


def risks_held(member: PartnershipMember) -> list[Hold]:
    """The risks a member keeps an eye on, as long as they are not over."""
    risks = Risk.objects.filter(owner_member=member, state__in=LIVE).order_by("number")
    slug = member.partnership.slug
    return [Hold(risk.event, space_url("risk_edit", slug=slug, number=risk.number), stops=True) for risk in risks]


def lesson_asked(member: PartnershipMember) -> list[Hold]:
    """Where the last talk's lesson is written down for others; it stops nobody from leaving."""
    url = space_url("lesson_new", slug=member.partnership.slug)
    return [Hold(_("Write down what was learned, for others to read"), url)]


def goal_lines(viewer: Viewer, member: PartnershipMember) -> Sequence[WelcomeLine]:
    """The goals adopted, with the day they end."""
    partnership = member.partnership
    goals = goals_visible_to(viewer).filter(partnership=partnership, state__in=RUNNING_STATES)
    return [
        WelcomeLine(
            goal.title,
            when=_("until %(day)s") % {"day": day_words(goal.ends_on)} if goal.ends_on else "",
            url=space_url("goal_detail", slug=partnership.slug, number=goal.number),
        )
        for goal in goals[:12]
    ]
