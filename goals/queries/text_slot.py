"""The goals, and who does what, as an agreement's clauses name them."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from core.access.visibility import Visibility
from core.queries.tenant import tenant_at_work
from goals.models import DeliverableRole, Goal
from goals.rules.facts import sentence_of
from partnerships.models import AgreementVersion
from partnerships.queries.text_slots import roles_of_members
from partnerships.rules.clause import one_line

Part = DeliverableRole.Part
# Put before the partners, and not given up.
AGREED_ON = (
    Goal.State.PROPOSED,
    Goal.State.IN_ENDORSEMENT,
    Goal.State.ADOPTED,
    Goal.State.ACTIVE,
    Goal.State.UNDER_REVIEW,
)


def goals_in_words(version: AgreementVersion, language: str) -> str:
    """A line for each goal the partners pursue or were asked about, without drafts and what they may not see."""
    rows = Goal.objects.filter(
        partnership=version.agreement.partnership, state__in=AGREED_ON, visibility__gte=Visibility.PARTNERS
    ).select_related("indicator")
    currency = tenant_at_work().currency
    lines = []
    for goal in rows.order_by("number"):
        sentence = sentence_of(goal, goal.indicator, currency=currency)
        lines.append(f"- {one_line(sentence.in_language(language))}")
    return "\n".join(lines)


def roles_in_words(version: AgreementVersion, language: str) -> str:
    """What each member answers for and does, a line each; while no result is written, what its part is called."""
    rows = DeliverableRole.objects.filter(
        deliverable__partnership=version.agreement.partnership, deliverable__visibility__gte=Visibility.PARTNERS
    )
    parts: dict[str, dict[str, list[str]]] = {}
    for role in rows.select_related("deliverable", "member__organisation").order_by(
        "member__organisation__sort_name", "member_id", "deliverable__number"
    ):
        played = parts.setdefault(one_line(role.member.organisation.name), {})
        played.setdefault(role.part, []).append(one_line(role.deliverable.title))
    if not parts:
        return roles_of_members(version, language)
    return "\n".join(f"- **{name}**: {_parts_in_words(played)}" for name, played in parts.items())


def _parts_in_words(played: Mapping[str, Sequence[str]]) -> str:
    words = {
        Part.ACCOUNTABLE: _("answers for %(titles)s"),
        Part.RESPONSIBLE: _("carries out %(titles)s"),
        Part.CONSULTED: _("is asked before about %(titles)s"),
        Part.INFORMED: _("is told about %(titles)s"),
    }
    return "; ".join(said % {"titles": ", ".join(played[part])} for part, said in words.items() if part in played)
