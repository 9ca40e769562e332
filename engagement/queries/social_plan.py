"""Reading a partnership's social media plan and its channels."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.utils.formats import date_format
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from core.access.permissions import Permission
from core.access.viewer import Viewer, where_may
from core.models import User
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import LANGUAGES
from core.web.space import space_url
from engagement.models import SocialChannel, SocialPlan, SocialPlanGoal
from engagement.queries.public_settings import public_settings
from engagement.rules.languages import codes_in, further_language
from engagement.rules.social_plan import is_review_due
from goals.models import Goal
from goals.queries.goal import goals_visible_to
from partnerships.agenda import Suggestion
from partnerships.models import Meeting, Partnership
from partnerships.queries.partnership import coordinating_people
from partnerships.queries.representative import active_representatives

REACH_COVERS = timedelta(days=90)


@dataclass(frozen=True)
class ChannelReach:
    """How far the posts of a channel went: communication, never impact. None: nobody looked it up."""

    name: str
    posts: int
    looked_up: int
    people_reached: int | None
    clicks: int | None


def social_plans_visible_to(viewer: Viewer) -> QuerySet[SocialPlan]:
    """The plans of the partnerships a viewer takes part in."""
    links = SocialPlanGoal.objects.select_related("goal").order_by("goal__number", "id")
    rows = SocialPlan.objects.filter(where_may(viewer, Permission.TAKE_PART, scope="partnership__scope_id"))
    found = Prefetch("goal_links", queryset=links, to_attr="links")
    return rows.select_related("partnership").prefetch_related(found).order_by("id")


def plan_of(viewer: Viewer, partnership: Partnership) -> SocialPlan | None:
    """A partnership's plan; None before somebody wrote one."""
    return social_plans_visible_to(viewer).filter(partnership=partnership).first()


def goals_served(viewer: Viewer, plan: SocialPlan) -> list[Goal]:
    """The goals a plan of ``social_plans_visible_to`` serves, as far as the viewer sees them."""
    seen = set(goals_visible_to(viewer).filter(partnership=plan.partnership_id).values_list("pk", flat=True))
    return [link.goal for link in plan.links if link.goal_id in seen]  # type: ignore[attr-defined]  # prefetched


def channels_of(viewer: Viewer, partnership: Partnership) -> QuerySet[SocialChannel]:
    """The channels of a partnership the viewer takes part in: those in use first, then by name."""
    rows = SocialChannel.objects.filter(
        where_may(viewer, Permission.TAKE_PART, scope="partnership__scope_id"), partnership=partnership
    )
    return rows.select_related("owner__organisation", "publisher").order_by("-is_used", "name", "id")


def people_to_publish(partnership: Partnership) -> QuerySet[User]:
    """Who may be asked to publish on a channel: those who coordinate, and accounts of people who speak for members."""
    speakers = active_representatives().filter(member__partnership=partnership, person__user__isnull=False)
    own = Q(pk__in=coordinating_people(partnership).order_by().values("pk"))
    return User.objects.filter(own | Q(pk__in=speakers.order_by().values("person__user")), is_active=True).order_by(
        "name", "email"
    )


def languages_offered() -> list[tuple[str, str]]:
    """The languages posts of the space can be written in, with their names: its own first, then further ones."""
    own = tenant_at_work().default_language
    both = sorted(LANGUAGES, key=lambda code: code != own)
    named = [(code, str(get_language_info(code)["name_translated"])) for code in both]
    further = codes_in(public_settings().extra_languages)
    return named + [(code, further_language(code).name) for code in further]


def reach_by_channel(channels: Iterable[SocialChannel], *, today: date) -> list[ChannelReach]:
    """What was looked up of the posts of the last ninety days, channel by channel; one query.

    It stays on this page: no report, goal or indicator reads it (R-M3).
    """
    out = Q(posts__published_on__gt=today - REACH_COVERS)
    rows = SocialChannel.objects.filter(pk__in=[channel.pk for channel in channels]).annotate(
        out=Count("posts", filter=out),
        looked_up=Count("posts__reach", filter=out),
        reached=Sum("posts__reach__people_reached", filter=out),
        clicked=Sum("posts__reach__clicks", filter=out),
    )
    columns = ("name", "out", "looked_up", "reached", "clicked")
    return [ChannelReach(*row) for row in rows.filter(out__gt=0).order_by("name", "id").values_list(*columns)]


def plans_to_review(meeting: Meeting, today: date) -> Iterator[Suggestion]:
    """For the next meeting: the social media plan, once a year has passed."""
    plan = SocialPlan.objects.filter(partnership=meeting.partnership_id).first()
    if plan is not None and is_review_due(plan, today=today):
        yield Suggestion(
            code=f"social-plan:{plan.pk}:{plan.review_on:%Y-%m-%d}",
            title=_("Does our social media plan still fit?"),
            why=_("To be read through by %(day)s") % {"day": date_format(plan.review_on, "SHORT_DATE_FORMAT")},
            url=space_url("social_plan", slug=meeting.partnership.slug),
        )
