"""How a partnership decides, as the agreements in force say."""

from dataclasses import dataclass

from django.utils import timezone

from partnerships.models import AgreementVersion, DecisionMethod, Partnership
from partnerships.queries.agreement import in_force_on


@dataclass(frozen=True)
class Governance:
    """Who must be there for a decision to count, and how it may be taken.

    ``quorum_percent`` of the members, None when no quorum was agreed; ``methods`` are all while none were agreed.
    ``agreed_in`` is the version that says so, None when no agreement in force does.
    """

    quorum_percent: int | None
    methods: tuple[DecisionMethod, ...]
    agreed_in: AgreementVersion | None


def governance_of(partnership: Partnership) -> Governance:
    """What the newest agreement in force says about deciding (R-C4, R-C8); without one everything is open."""
    in_force = AgreementVersion.objects.filter(
        in_force_on(timezone.localdate()), agreement__partnership=partnership
    ).select_related("agreement")
    for version in in_force.order_by("-valid_from", "-number", "id"):
        if version.quorum_percent or version.decision_methods:
            methods = tuple(method for method in DecisionMethod if method in version.decision_methods)
            return Governance(version.quorum_percent, methods or tuple(DecisionMethod), version)
    return Governance(None, tuple(DecisionMethod), None)
