"""Reading which goals an agreement names, and what changed of them since its text was fixed."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils import translation

from core.access.viewer import Viewer
from core.access.visibility import Visibility
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import LANGUAGES
from core.web.space import space_url
from goals.models import AgreedGoal, Goal
from goals.queries.goal import goals_visible_to
from goals.queries.text_slot import AGREED_ON
from goals.rules.agreed_goal import is_another, is_named
from goals.rules.facts import frozen_fields, sentence_of
from goals.rules.version import version_text
from partnerships.grounds import GroundChange
from partnerships.models import AgreementVersion
from partnerships.queries.agreement import in_force_on
from partnerships.rules.clause import one_line


def goals_named_in(version: AgreementVersion) -> Iterator[Goal]:
    """The goals the text of a version names, of those partners may see and pursue or were asked about, by number."""
    rows = Goal.objects.filter(
        partnership=version.agreement.partnership,
        state__in=AGREED_ON,
        visibility__gte=Visibility.PARTNERS,
        indicator__isnull=False,
    ).select_related("indicator")
    currency = tenant_at_work().currency
    for goal in rows.order_by("number"):
        sentence = sentence_of(goal, goal.indicator, currency=currency)
        sentences = [one_line(sentence.in_language(language)) for language in LANGUAGES]
        if is_named(version.text, sentences=sentences, titles=[goal.title_en, goal.title_it]):
            yield goal


def changed_goals_of(viewer: Viewer, version: AgreementVersion) -> list[GroundChange]:
    """The goals of a version whose commitment is another since its text was fixed, as they read then and now."""
    language = version.language
    found = []
    visible = goals_visible_to(viewer).filter(agreed_in__version=version).order_by().values("pk")
    rows = AgreedGoal.objects.filter(version=version, goal__in=visible).order_by("goal__number")
    currency = tenant_at_work().currency
    for named in rows.select_related("goal__indicator", "goal__partnership"):
        goal = named.goal
        if goal.indicator is None:
            continue
        now = frozen_fields(goal, goal.indicator, currency=currency)
        if is_another(named.fields, now):
            url = space_url("goal_detail", slug=goal.partnership.slug, number=goal.number)
            with translation.override(language):
                before, after = version_text(named.fields, language), version_text(now, language)
            found.append(GroundChange(title=goal.title, url=url, before=before, now=after))
    return found


def agreements_naming(goal: Goal, *, today: date) -> QuerySet[AgreedGoal]:
    """The agreements in force that name a goal."""
    return AgreedGoal.objects.filter(in_force_on(today, path="version__"), goal=goal).order_by("id")
