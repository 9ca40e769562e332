"""Reading lessons: who sees which, and lists with their filters."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from core.access.viewer import Viewer, visible_records
from core.web.dates import day_words
from core.web.space import space_url
from goals.models import Goal, GoalVersion, Lesson, TrendReview
from goals.rules.goal import FINAL_STATES
from goals.rules.lesson import TONES
from partnerships.models import Partnership

NOT_REACHED = (Goal.State.NOT_ACHIEVED, Goal.State.DISCONTINUED)
SEARCHED = ("title", "situation", "expected", "happened", "why", "advice")


@dataclass(frozen=True)
class LessonWish:
    """What of the lessons is asked for; empty means all."""

    words: str = ""
    tag: str = ""
    state: str = ""
    only_failures: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.words or self.tag or self.state or self.only_failures)


@dataclass(frozen=True)
class LessonRow:
    """A lesson as lists show it."""

    number: int
    title: str
    url: str
    partnership: str
    advice: str
    on: str
    tone: str
    state: str
    is_failure: bool
    tags: tuple[str, ...]


def lessons_visible_to(viewer: Viewer) -> QuerySet[Lesson]:
    """The lessons a viewer may see, the newest first."""
    seen = visible_records(viewer, scope="partnership__scope_id", chain=["visibility", "partnership__visibility"])
    return Lesson.objects.filter(seen).select_related("partnership").order_by("-written_at", "id")


def lesson_list(viewer: Viewer, wish: LessonWish, *, partnership: Partnership | None = None) -> QuerySet[Lesson]:
    """Lessons of one partnership or of the whole space, narrowed by words, tag, state and failure."""
    rows = lessons_visible_to(viewer)
    if partnership is not None:
        rows = rows.filter(partnership=partnership)
    for word in wish.words.split():
        in_text = Q(tags__contains=[word.casefold()])
        for name in SEARCHED:
            in_text |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(in_text)
    if wish.tag:
        rows = rows.filter(tags__contains=[wish.tag])
    if wish.state:
        rows = rows.filter(state=wish.state)
    return rows.filter(is_failure=True) if wish.only_failures else rows


def as_lesson_row(lesson: Lesson) -> LessonRow:
    """What a list shows of a lesson."""
    return LessonRow(
        number=lesson.number,
        title=lesson.title,
        url=space_url("lesson_detail", slug=lesson.partnership.slug, number=lesson.number),
        partnership=lesson.partnership.name,
        advice=lesson.advice,
        on=day_words(timezone.localdate(lesson.written_at)),
        tone=TONES[Lesson.State(lesson.state)],
        state=lesson.get_state_display(),
        is_failure=lesson.is_failure,
        tags=tuple(lesson.tags),
    )


def lacks_failure(review: TrendReview) -> bool:
    """Whether nobody has written down yet what went wrong in a review that was held (domain 8.6)."""
    is_held = review.state != TrendReview.State.OPEN
    return is_held and not Lesson.objects.filter(review=review, is_failure=True).exists()


def ending_of(goal: Goal) -> dict[str, Any]:
    """What a lesson of a closed goal begins with: how it ended, as was said then, and whether it did not work."""
    if goal.state not in FINAL_STATES:
        return {}
    last = GoalVersion.objects.filter(goal=goal).order_by("-number").first()
    return {"happened": last.reason if last else "", "is_failure": goal.state in NOT_REACHED}
