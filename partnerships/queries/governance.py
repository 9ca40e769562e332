"""How a partnership decides, as the agreements in force say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from django.db.models import QuerySet
from django.utils import timezone

from partnerships.models import AgreementVersion, DecisionMethod, DecisionSubject, Partnership
from partnerships.queries.agreement import in_force_on
from partnerships.rules.decision import in_order


@dataclass(frozen=True)
class Governance:
    """Who must be there for a decision to count, and how it may be taken.

    ``quorum_percent`` of the members, None when no quorum was agreed; ``methods`` are all while none were agreed, and
    hold for each subject that ``by_subject`` does not name.
    ``agreed_in`` is the version that says so, None when no agreement in force does.
    """

    quorum_percent: int | None
    methods: tuple[DecisionMethod, ...]
    agreed_in: AgreementVersion | None
    by_subject: Mapping[str, tuple[DecisionMethod, ...]] = field(default_factory=dict)

    def methods_for(self, subject: str) -> tuple[DecisionMethod, ...]:
        """The ways of deciding a subject; empty stands for what no subject was named of."""
        return self.by_subject.get(subject, self.methods)

    @property
    def any_methods(self) -> tuple[DecisionMethod, ...]:
        """The ways of deciding one subject or another."""
        return tuple(
            method
            for method in DecisionMethod
            if method in self.methods or any(method in named for named in self.by_subject.values())
        )


# What is asked before a goal is adopted where no agreement says otherwise (R-G8).
USUAL_DAYS, USUAL_SHARE, USUAL_VOICES = 10, Fraction(2, 3), 1


@dataclass(frozen=True)
class EndorsementTerms:
    """What adopting a goal asks of the partners (R-G8).

    ``days`` working days to answer, the ``share`` of all members that must be able to live with it, and how many
    ``voices`` of people affected. ``agreed_in`` is the version that says so, None where the usual figures hold.
    """

    days: int
    share: Fraction
    voices: int
    agreed_in: AgreementVersion | None = None


def endorsement_terms_of(partnership: Partnership) -> EndorsementTerms:
    """What the newest agreement in force that speaks of goals asks before one is adopted; else the usual figures."""
    for version in _in_force(partnership):
        figures = (version.endorsement_days, version.endorsement_percent, version.endorsement_voices)
        if any(figure is not None for figure in figures):
            percent, voices = version.endorsement_percent, version.endorsement_voices
            return EndorsementTerms(
                version.endorsement_days or USUAL_DAYS,
                Fraction(percent, 100) if percent else USUAL_SHARE,
                USUAL_VOICES if voices is None else voices,
                version,
            )
    return EndorsementTerms(USUAL_DAYS, USUAL_SHARE, USUAL_VOICES)


def governance_of(partnership: Partnership) -> Governance:
    """What the newest agreement in force says about deciding (R-C4, R-C8); without one everything is open."""
    for version in _in_force(partnership):
        if version.quorum_percent or version.decision_methods or version.methods_by_subject:
            methods = in_order(version.decision_methods)
            named = {
                subject.value: in_order(version.methods_by_subject[subject])
                for subject in DecisionSubject
                if version.methods_by_subject.get(subject)
            }
            return Governance(version.quorum_percent, methods or tuple(DecisionMethod), version, named)
    return Governance(None, tuple(DecisionMethod), None)


def _in_force(partnership: Partnership) -> QuerySet[AgreementVersion]:
    rows = AgreementVersion.objects.filter(
        in_force_on(timezone.localdate()), agreement__partnership=partnership
    ).select_related("agreement")
    return rows.order_by("-valid_from", "-number", "id")
