"""Who plays which part in a deliverable, and what is odd about it (domain 5.2)."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goals.models import DeliverableRole
from partnerships.models import PartnershipMember
from partnerships.rules.member import GONE
from partnerships.rules.severity import Finding

Part = DeliverableRole.Part
Member = PartnershipMember.State
# As people read them aloud; one who does it and answers for it is A and R.
ORDER = (Part.ACCOUNTABLE, Part.RESPONSIBLE, Part.CONSULTED, Part.INFORMED)
DOING = frozenset({Part.ACCOUNTABLE, Part.RESPONSIBLE})
MOST_CONSULTED = 5
# Signed, so the organisation can answer for something (R-T4).
SIGNED = (Member.MEMBER, Member.ON_NOTICE, Member.SUSPENDED)

# The parts of each member in one deliverable.
Parts = Mapping[uuid.UUID, Collection[str]]


@dataclass(frozen=True)
class MemberFacts:
    """What of a member decides which parts it may play."""

    id: uuid.UUID
    organisation_id: uuid.UUID
    name: str
    state: str
    is_community: bool = False


def letters(parts: Collection[str]) -> str:
    """Several parts as a grid shows them: "A/R"."""
    return "/".join(part.value for part in ORDER if part in parts)


def part_findings(parts: Parts, members: Mapping[uuid.UUID, MemberFacts], *, has_agreement: bool) -> list[Finding]:
    """What is odd about the parts in one deliverable, worst first (R-T3, R-T4, R-T6)."""
    accountable = [key for key, played in parts.items() if Part.ACCOUNTABLE in played]
    findings = []
    if len(accountable) != 1:
        findings.append(Finding("R-T3", _("Choose exactly one organisation that answers for the result.")))
    if not any(Part.RESPONSIBLE in played for played in parts.values()):
        findings.append(Finding("R-T3", _("Choose at least one organisation that does the work.")))
    if unsigned := [members[key].name for key in accountable if members[key].state not in SIGNED]:
        said = _("%(name)s answers for the result but has not signed the agreement.") % {"name": unsigned[0]}
        findings.append(Finding("R-T4" if has_agreement else "R-T4 before signing", said))
    consulted = sum(Part.CONSULTED in played for played in parts.values())
    if consulted > MOST_CONSULTED:
        said = _("%(count)d organisations are asked before anything happens. That makes it slow.")
        findings.append(Finding("R-T6", said % {"count": consulted}))
    return findings


def without_part(all_parts: Iterable[Parts], members: Iterable[MemberFacts]) -> list[str]:
    """The members that neither do nor answer for anything (R-T5), by name; those who left are not missed."""
    busy = {key for parts in all_parts for key, played in parts.items() if DOING & set(played)}
    return sorted(one.name for one in members if one.id not in busy and one.state not in GONE)


def lacks_community(all_parts: Iterable[Parts], members: Mapping[uuid.UUID, MemberFacts]) -> bool:
    """Whether no group of residents is consulted in, or does, any of a goal's deliverables (R-T7)."""
    wanted = {Part.CONSULTED, Part.RESPONSIBLE}
    return not any(
        members[key].is_community and wanted & set(played) for parts in all_parts for key, played in parts.items()
    )


def overload_words(*, name: str, needed_hours: int, hours_month: int | None) -> str:
    """A notice when the open tasks of the next month ask for more hours than stated (R-T8); empty otherwise."""
    if hours_month is None or needed_hours <= hours_month:
        return ""
    return ngettext(
        "%(name)s has %(needed)d hours of work due within a month and said it can give %(hours)d hour.",
        "%(name)s has %(needed)d hours of work due within a month and said it can give %(hours)d hours.",
        hours_month,
    ) % {"name": name, "needed": needed_hours, "hours": hours_month}
