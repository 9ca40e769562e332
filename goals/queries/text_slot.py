"""The goals as an agreement's clause names them."""

from core.access.visibility import Visibility
from core.queries.tenant import tenant_at_work
from goals.models import Goal
from goals.rules.facts import sentence_of
from partnerships.models import AgreementVersion
from partnerships.rules.clause import one_line

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
