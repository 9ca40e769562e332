"""What is different in a wording the partners are asked about from the one they were asked about before."""

from dataclasses import dataclass

from goals.models import Endorsement, EndorsementAnswer, EndorsementRound, GoalVersion
from goals.queries.endorsement import HOLDING
from goals.rules.version import version_text
from metrics.rules.sentence import Sentence
from partnerships.rules.redline import Segment, redline


@dataclass(frozen=True)
class Rewording:
    """The goal in one sentence as it was asked about before, and why it changed; no reason while it is a draft."""

    earlier: EndorsementRound
    found: EndorsementRound
    reason: str

    @property
    def before(self) -> Sentence:
        """The earlier sentence."""
        return Sentence(self.earlier.fields.get("sentence_en", ""), self.earlier.fields.get("sentence_it", ""))

    def segments(self, language: str) -> list[Segment]:
        """Both wordings, word by word."""
        return redline(version_text(self.earlier.fields, language), version_text(self.found.fields, language))

    def said_by(self, place: Endorsement) -> EndorsementAnswer | None:
        """Where who is asked stood on the earlier wording; None for no answer, and for who was not asked then."""
        rows = EndorsementAnswer.objects.filter(HOLDING, endorsement__round=self.earlier)
        return rows.filter(endorsement__member=place.member_id, endorsement__member__isnull=False).first()


def rewording_of(found: EndorsementRound) -> Rewording | None:
    """What a round changed; None for the first one and where the same words are asked about again.

    Two statements, one for a first round.
    """
    earlier = EndorsementRound.objects.filter(goal=found.goal_id, number__lt=found.number).order_by("-number").first()
    if earlier is None or all(
        version_text(earlier.fields, language) == version_text(found.fields, language) for language in ("en", "it")
    ):
        return None
    version = GoalVersion.objects.filter(goal=found.goal_id, number=found.version_number).first()
    return Rewording(earlier, found, version.reason if version else "")
