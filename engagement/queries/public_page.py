"""What everybody may read of a partnership, in few queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import ExtractDay, JSONObject, TruncDate
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.access.viewer import PUBLIC
from core.access.visibility import Visibility
from core.queries.composed import Composed
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import spoken
from engagement.models import PublicSettings, PublicText, Submission, Theme
from engagement.queries.public_goal import public_sentence
from engagement.queries.public_settings import numbers_set_or_usual
from engagement.queries.submission import members_named
from engagement.queries.submission_photo import ShownPhoto, photos_shown_beside
from engagement.queries.theme import published_themes
from engagement.rules.answering import AnswerFigures, voices_in_words
from engagement.rules.emergency import EmergencyNumber
from engagement.rules.languages import FurtherLanguage, further_language
from engagement.rules.submission import NO_MESSAGE
from engagement.rules.theme import DATED, OutcomeBadge, outcome_badge
from goals.models import Goal
from goals.queries.goal import goals_visible_to
from goals.rules.goal import TOLD_STATES
from goals.rules.sentence import is_complete
from partnerships.models import Partnership, PartnershipMember
from partnerships.queries.partnership import public_partnerships
from stakeholders.models import Stakeholder

FIGURES_COVER = timedelta(days=365)


@dataclass(frozen=True)
class Answer:
    """A published theme as everybody reads it."""

    heard: str
    voices: str
    badge: OutcomeBadge
    answer: str
    day: str
    evidence: str
    shown_by: str
    why_not: str
    heard_from: str
    not_heard_from: str
    published_on: date | None
    photos: Sequence[ShownPhoto] = ()


@dataclass(frozen=True)
class PublicGoal:
    """A goal as everybody reads it; the sentence is empty while a part of it is open."""

    number: int
    title: str
    sentence: str
    ends_on: date | None


@dataclass(frozen=True)
class PublicPage:
    """Everything on a partnership's public page."""

    partnership: Partnership
    about: str
    members: list[str]
    goals: list[PublicGoal]
    answers: list[Answer]
    answered_themes: int
    figures: AnswerFigures
    further: list[FurtherLanguage]


def public_partnership(slug: str) -> QuerySet[Partnership]:
    """A partnership everybody may see, for ``get_object_or_404``."""
    return public_partnerships().filter(slug=slug)


def partnership_withdrawn_on(slug: str) -> date | None:
    """When a partnership's public page was taken away; None for one that is told, or never was."""
    rows = Partnership.objects.filter(slug=slug, withdrawn_on__isnull=False)
    return rows.values_list("withdrawn_on", flat=True).first()


def partnership_with_its_public_facts(slug: str, *, today: date) -> QuerySet[Partnership]:
    """As ``public_partnership``, with its members' names, further languages and the answering figures of a year."""
    members = PartnershipMember.objects.filter(
        partnership=OuterRef("pk"),
        state__in=[PartnershipMember.State.MEMBER, PartnershipMember.State.ON_NOTICE],
        organisation__kind__in=[Stakeholder.Kind.ORGANISATION, Stakeholder.Kind.GROUP],
    )
    messages = Submission.objects.filter(
        partnership=OuterRef("pk"), duplicate_of=None, received_hour__date__gt=today - FIGURES_COVER
    ).exclude(state__in=NO_MESSAGE)
    waited = ExtractDay(F("answered_on") - TruncDate("received_hour"))
    figures = (
        messages.order_by()
        .values("partnership")
        .annotate(received=Count("pk"), days=ArrayAgg(waited, filter=Q(answered_on__isnull=False)))
        .values(told=JSONObject(received="received", days="days"))
    )
    names = members.order_by("-is_lead", "organisation__sort_name", "pk").values("organisation__name")
    languages = PublicText.objects.filter(partnership=OuterRef("pk")).order_by("language_code").values("language_code")
    return public_partnership(slug).annotate(
        member_names=ArraySubquery(names), answer_figures=Subquery(figures), text_languages=ArraySubquery(languages)
    )


@Composed
def _with_form_facts(slug: str) -> QuerySet[Partnership]:
    named = members_named(OuterRef("pk")).values(told=JSONObject(key="pk", name="organisation__name"))
    numbers = PublicSettings.objects.order_by("id").values("emergency_numbers")[:1]
    return public_partnership(slug).annotate(named_members=ArraySubquery(named), numbers_set=Subquery(numbers))


@dataclass(frozen=True)
class FormFacts:
    """What the form of a message needs: whom it may complain about, as key and name, and whom to call at once."""

    partnership: Partnership
    members: list[tuple[str, str]]
    numbers: Sequence[EmergencyNumber]


def form_facts(slug: str) -> FormFacts | None:
    """Of a partnership everybody may see, in one query; None where there is none."""
    found: Any = _with_form_facts.first(slug=slug)
    if found is None:
        return None
    members = [(one["key"], one["name"]) for one in found.named_members]
    return FormFacts(found, members, numbers_set_or_usual(found.numbers_set or ""))


def public_goals(partnership: Partnership) -> QuerySet[Goal]:
    """The adopted goals everybody may see, by number; none when the partnership itself is not public."""
    return goals_visible_to(PUBLIC).filter(partnership=partnership, state__in=TOLD_STATES)


_facts = Composed(partnership_with_its_public_facts)
_themes = Composed(published_themes)
_goals = Composed(public_goals)


def public_partnership_now(slug: str, *, today: date) -> Partnership | None:
    """The partnership of a public page with its facts; None where there is no such page."""
    return _facts.first(slug=slug, today=today)


def public_page_of(partnership: Partnership, *, today: date) -> PublicPage:
    """The page of a partnership of ``partnership_with_its_public_facts``."""
    themes = _themes(partnership=partnership)
    photos = photos_shown_beside(partnership) if themes else {}
    return PublicPage(
        partnership=partnership,
        about=spoken(partnership, "about"),
        members=partnership.member_names,  # type: ignore[attr-defined]  # annotated
        goals=[_goal(goal) for goal in _goals(partnership=partnership)],
        answers=[answer_of(theme, today=today, photos=photos.get(theme.pk, ())) for theme in themes],
        answered_themes=sum(theme.outcome != Theme.Outcome.OPEN for theme in themes),
        figures=_figures(partnership.answer_figures),  # type: ignore[attr-defined]  # annotated
        further=[further_language(code) for code in partnership.text_languages],  # type: ignore[attr-defined]  # annotated
    )


def _goal(goal: Goal) -> PublicGoal:
    sentence = public_sentence(goal, smallest=tenant_at_work().smallest_count)
    return PublicGoal(goal.number, goal.title, str(sentence) if is_complete(sentence) else "", goal.ends_on)


def _figures(told: dict[str, Any] | None) -> AnswerFigures:
    return AnswerFigures(told["received"], told["days"] or []) if told else AnswerFigures(0, [])


def answer_of(theme: Theme, *, today: date, photos: Sequence[ShownPhoto] = ()) -> Answer:
    """A theme of ``published_themes`` or ``theme_list`` as everybody reads it, or would."""
    return Answer(
        heard=spoken(theme, "heard"),
        voices=voices_in_words(theme.voices),  # type: ignore[attr-defined]  # annotated by published_themes
        badge=outcome_badge(theme.outcome, theme.outcome_on, today=today),
        answer=spoken(theme, "answer"),
        day=_day_in_words(theme),
        evidence=theme.evidence,
        shown_by=_shown_by(theme),
        why_not=theme.get_why_not_display() if theme.outcome == Theme.Outcome.NOT_POSSIBLE else "",
        heard_from=spoken(theme, "heard_from"),
        not_heard_from=spoken(theme, "not_heard_from"),
        published_on=theme.published_on,
        photos=photos,
    )


def _day_in_words(theme: Theme) -> str:
    if theme.outcome_on is None:
        return ""
    words = _("By %(day)s") if theme.outcome in DATED else _("On %(day)s")
    return words % {"day": date_format(theme.outcome_on)}


def _shown_by(theme: Theme) -> str:
    # What proves an answer may be out of everybody's sight itself; then only its existence is told.
    if theme.task is not None:
        return theme.task.title if theme.task.visibility == Visibility.PUBLIC else _("a finished task")
    if theme.decision is not None:
        is_told = theme.decision.visibility == Visibility.PUBLIC
        return theme.decision.title if is_told else _("a decision of the partnership")
    if theme.milestone is not None:
        is_told = theme.milestone.goal.visibility == Visibility.PUBLIC
        return theme.milestone.title if is_told else _("a milestone that was reached")
    return ""
