"""Reading themes: what was heard and what was answered."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.access.permissions import Permission
from core.access.viewer import Viewer, visible_records, where_may
from core.rules.bilingual import spoken
from core.web.space import space_url
from engagement.models import SubmissionTheme, Theme
from engagement.rules.submission import NO_MESSAGE
from engagement.rules.theme import OutcomeBadge, is_past_its_date, outcome_badge
from goals.models import Milestone
from partnerships.models import Decision, Partnership, Task
from partnerships.queries.decision import decisions_visible_to

# A sub-select: joined, the rows of a theme would be counted by whoever else is joined.
MESSAGES_IN_THEME = Coalesce(
    Subquery(
        SubmissionTheme.objects.filter(theme=OuterRef("pk"))
        .exclude(submission__state__in=NO_MESSAGE)
        .order_by()
        .values("theme")
        .annotate(number=Count("pk"))
        .values("number")
    ),
    0,
)


# What may stand behind a "did".
SHOWN = ("task", "decision", "milestone__goal")


@dataclass(frozen=True)
class Evidence:
    """What a viewer may name as having done something (R-E15)."""

    tasks: QuerySet[Task]
    decisions: QuerySet[Decision]
    milestones: QuerySet[Milestone]


@dataclass(frozen=True)
class ThemeRow:
    """A theme as the work side lists it."""

    heard: str
    url: str
    badge: OutcomeBadge
    voices: int
    published_on: date | None
    is_due_again: bool


def scopes_answering(viewer: Viewer, scope: str) -> Q:
    """Where the viewer may answer residents; ``scope`` is the path to the scope's id."""
    return where_may(viewer, Permission.ANSWER_RESIDENTS, scope=scope)


def themes_visible_to(viewer: Viewer) -> QuerySet[Theme]:
    """Published themes of partnerships the viewer sees, drafts only where they answer residents; newest first."""
    inside = visible_records(viewer, scope="partnership__scope_id", chain=["partnership__visibility"])
    drafts = scopes_answering(viewer, "partnership__scope_id")
    readable = Q(published_on__isnull=False) | drafts if drafts else Q()
    return Theme.objects.filter(inside & readable).select_related(*SHOWN).order_by("-published_on", "-created_at", "id")


def theme_list(viewer: Viewer, partnership: Partnership) -> QuerySet[Theme]:
    """The visible themes of one partnership with the number of messages in each, drafts first."""
    rows = themes_visible_to(viewer).filter(partnership=partnership).annotate(voices=MESSAGES_IN_THEME)
    return rows.order_by(F("published_on").desc(nulls_first=True), "-created_at", "id")


def published_themes(partnership: Partnership) -> QuerySet[Theme]:
    """What everybody may read of one partnership, good news or bad (R-E12), newest first."""
    rows = Theme.objects.filter(partnership=partnership, published_on__isnull=False).select_related(*SHOWN)
    return rows.annotate(voices=MESSAGES_IN_THEME).order_by("-published_on", "-created_at", "id")


def themes_to_put_into(partnership: Partnership) -> QuerySet[Theme]:
    """The themes a message of this partnership may join, newest first."""
    return Theme.objects.filter(partnership=partnership).order_by("-created_at", "id")


def evidence_offered(viewer: Viewer, partnership: Partnership) -> Evidence:
    """The partnership's tasks, decisions and milestones the viewer sees."""
    visible = visible_records(viewer, scope="partnership__scope_id", chain=["visibility", "partnership__visibility"])
    seen_goals = visible_records(
        viewer, scope="goal__partnership__scope_id", chain=["goal__visibility", "goal__partnership__visibility"]
    )
    milestones = Milestone.objects.filter(seen_goals, goal__partnership=partnership, dropped_on=None)
    return Evidence(
        Task.objects.filter(visible, partnership=partnership).order_by("number"),
        decisions_visible_to(viewer).filter(partnership=partnership),
        milestones.select_related("goal").order_by("due_on", "id"),
    )


def theme_of(viewer: Viewer, partnership: Partnership, theme_id: uuid.UUID) -> QuerySet[Theme]:
    """One visible theme of a partnership, for ``get_object_or_404``."""
    return theme_list(viewer, partnership).filter(pk=theme_id)


def as_row(theme: Theme, partnership: Partnership, *, today: date) -> ThemeRow:
    """What the list shows of a theme of ``theme_list``."""
    return ThemeRow(
        heard=spoken(theme, "heard"),
        url=space_url("theme_detail", slug=partnership.slug, theme_id=theme.pk),
        badge=outcome_badge(theme.outcome, theme.outcome_on, today=today),
        voices=theme.voices,  # type: ignore[attr-defined]  # annotated by theme_list
        published_on=theme.published_on,
        is_due_again=is_past_its_date(theme.outcome, theme.outcome_on, today=today),
    )
