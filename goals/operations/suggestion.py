"""Suggesting a change of a goal or a new one, and answering."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.queries.viewer import viewer_for
from core.web.space import absolute
from goals.hearers import tell_hearers
from goals.models import Goal, GoalSuggestion
from goals.operations.goal import draft_goal
from goals.queries.suggestion import place_of, suggestions_visible_to
from goals.rules.goal import FINAL_STATES
from partnerships.models import Partnership, PartnershipMember

KEYS = {"tenant", "partnership", "goal", "member", "made_by", "answered_by"}
State = GoalSuggestion.State


class SuggestionRefusedError(Exception):
    """The suggestion cannot be made or answered any more; the message says why."""


@transaction.atomic
def suggest(
    *,
    partnership: Partnership,
    by: User | None,
    goal: Goal | None = None,
    member: PartnershipMember | None = None,
    **fields: Any,
) -> GoalSuggestion:
    """Say what should change in a goal, or which goal is missing (without ``goal``).

    ``member`` or ``heard_from`` says whose words they are; ``evidence_url`` is the page inside the space they are from,
    as another app knows it, never as who suggests writes it.

    Refuses a closed goal (SuggestionRefusedError); raises ValidationError.
    """
    if goal is not None and goal.state in FINAL_STATES:
        raise SuggestionRefusedError(_("This goal is closed."))
    made = GoalSuggestion(partnership=partnership, goal=goal, member=member, made_by=by, **fields)
    made.clean_fields(exclude=KEYS)
    made.save()
    changes = {"about": made.about, "goal": goal.number if goal else None}
    record("goal.suggested", made, by=by, scope_id=partnership.scope_id, changes=changes)
    return made


@transaction.atomic
def answer_suggestion(
    *, suggestion: GoalSuggestion, to: str, answer: str, by: User, at: datetime, language: str
) -> GoalSuggestion:
    """Say what becomes of a suggestion; a new goal that is taken up becomes a draft with its words as title.

    Whoever suggested it is mailed the answer, unless they gave it themselves or may not read it any more; so is
    everybody whose words it was made from. Refuses one that was answered (SuggestionRefusedError); raises
    ValidationError without an answer.
    """
    rows = GoalSuggestion.objects.select_for_update(of=("self",)).select_related("partnership")
    locked = rows.get(pk=suggestion.pk)
    if locked.state != State.OPEN:
        raise SuggestionRefusedError(_("This suggestion was answered already."))
    if to not in {State.TAKEN, State.PARTLY, State.DECLINED}:
        raise ValidationError({"state": _("Choose what becomes of it.")})
    if not answer.strip():
        raise ValidationError({"answer": _("Write an answer: whoever suggested it will read it.")})
    if locked.goal_id is None and to != State.DECLINED:
        title: dict[str, Any] = {f"title_{language}": locked.text[: Goal._meta.get_field("title_en").max_length]}
        locked.goal = draft_goal(partnership=locked.partnership, by=by, **title)
    locked.state, locked.answer = State(to), answer.strip()
    locked.answered_by, locked.answered_at = by, at
    locked.save()
    record("goal.suggestion_answered", locked, by=by, scope_id=locked.partnership.scope_id, changes={"to": to})
    _tell(locked, by=by)
    tell_hearers(locked, by=by)
    return locked


def _tell(suggestion: GoalSuggestion, *, by: User) -> None:
    """Mail who suggested it what becomes of it; nobody who lost sight of it."""
    author = suggestion.made_by
    if author is None or author == by or not author.is_active:
        return
    if not suggestions_visible_to(viewer_for(author)).filter(pk=suggestion.pk).exists():
        return
    write_mail(
        to=author.email,
        kind="goal_suggestion",
        dedup_key=f"goal_suggestion:{suggestion.pk}",
        language=author.language or tenant_at_work().default_language,
        template="goal_suggestion",
        context={
            "name": author.name,
            "suggestion": suggestion,
            "partnership": suggestion.partnership,
            "url": absolute(place_of(suggestion)),
        },
    )
