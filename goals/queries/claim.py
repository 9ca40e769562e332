"""Reading claims of contribution with their strength."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from core.access.viewer import Viewer, visible_records
from core.access.visibility import Visibility
from core.web.space import space_url
from goals.models import ClaimAlternative, ContributionClaim, Goal
from goals.rules.claim import ClaimFacts, Strength, claim_sentence, facts_from, missing_for_next, strength_of
from metrics.rules.sentence import Sentence


@dataclass(frozen=True)
class ClaimSheet:
    """A claim with what follows from it."""

    claim: ContributionClaim
    facts: ClaimFacts

    @property
    def strength(self) -> Strength:
        """Its rung."""
        return strength_of(self.facts)

    @property
    def missing(self) -> list[str]:
        """What the next rung asks for."""
        return [str(words) for words in missing_for_next(self.facts)]

    @property
    def next_rung(self) -> Strength | None:
        """The rung above; None at the top."""
        return None if self.strength == Strength.ATTRIBUTED else Strength(self.strength + 1)

    @property
    def sentence(self) -> Sentence:
        """What a report says."""
        return claim_sentence(Sentence(self.claim.result_en, self.claim.result_it), self.facts)

    @property
    def url(self) -> str:
        """Its page."""
        goal = self.claim.goal
        return space_url("claim_detail", slug=goal.partnership.slug, number=goal.number, claim_id=self.claim.pk)


def claims_visible_to(viewer: Viewer) -> QuerySet[ContributionClaim]:
    """The claims a viewer may see with their alternatives, oldest first; out of sight where their goal is."""

    def seen(*chain: str) -> Q:
        return visible_records(viewer, scope="goal__partnership__scope_id", chain=chain)

    indicator = Q(goal__indicator=None) | seen("goal__indicator__visibility")
    rows = ContributionClaim.objects.filter(
        seen("visibility", "goal__visibility", "goal__partnership__visibility") & indicator
    )
    return with_alternatives(rows).order_by("made_at", "id")


def with_alternatives(rows: QuerySet[ContributionClaim]) -> QuerySet[ContributionClaim]:
    """The same claims with the other explanations considered, in their order."""
    ordered = ClaimAlternative.objects.select_related("examined_by").order_by("created_at", "id")
    return rows.select_related("goal__partnership", "goal__indicator").prefetch_related(
        Prefetch("alternatives", queryset=ordered)
    )


def claim_sheet(claim: ContributionClaim) -> ClaimSheet:
    """What follows from a claim of ``with_alternatives``."""
    facts = facts_from(claim, list(claim.alternatives.all()))
    return ClaimSheet(claim, facts)


def claims_of_goal(viewer: Viewer, goal: Goal) -> list[ClaimSheet]:
    """A goal's claims a viewer may see."""
    return [claim_sheet(claim) for claim in claims_visible_to(viewer).filter(goal=goal)]


def reported_claims(goal: Goal) -> list[ClaimSheet]:
    """A goal's claims that funders may read, for a report."""
    rows = ContributionClaim.objects.filter(goal=goal, visibility__gte=Visibility.FUNDERS)
    return [claim_sheet(claim) for claim in with_alternatives(rows).order_by("made_at", "id")]
