"""Reading decisions: the register, its filters, and who was there when one was taken."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.lookups import GreaterThanOrEqual

from core.access.permissions import Permission
from core.access.viewer import PUBLIC, Viewer, visible_records
from core.access.visibility import Visibility
from core.queries.composed import Composed
from core.web.dates import day_words
from core.web.space import space_url
from partnerships.models import (
    Attendance,
    Decision,
    DecisionPosition,
    HeardBack,
    Meeting,
    Partnership,
    PartnershipMember,
)
from partnerships.queries.governance import governance_of
from partnerships.queries.member import active_members
from partnerships.queries.representative import active_representatives
from partnerships.rules.decision import DISSENT, NOBODY, TOLD, TONES, VALID, Audience, Quorum, is_review_due
from partnerships.rules.voices import Party, Standing, standing_of_party, voices_in
from stakeholders.models import MapEntry, Stakeholder

State = Decision.State
VOTING = (PartnershipMember.State.MEMBER, PartnershipMember.State.ON_NOTICE)


@dataclass(frozen=True)
class DecisionRow:
    """A decision as the register shows it."""

    label: str
    title: str
    url: str
    on: str
    tone: str
    state: str
    dissent: int
    is_review_due: bool


def decisions_visible_to(viewer: Viewer) -> QuerySet[Decision]:
    """The decisions a viewer may see, the newest number first."""
    seen = visible_records(viewer, scope="partnership__scope_id", chain=["visibility", "partnership__visibility"])
    rows = Decision.objects.filter(seen).select_related("partnership", "meeting", "item", "supersedes")
    return rows.order_by("-year", "-number", "id")


@dataclass(frozen=True)
class PublicDecision:
    """What everybody reads of a decision: its number, its sentence, its day and the note for residents, nothing else.

    ``replaced_by`` is the number of the one that took its place, where that is told as well. One that was withdrawn
    says only since when.
    """

    label: str = ""
    title: str = ""
    note: str = ""
    decided_on: date | None = None
    is_revoked: bool = False
    is_replaced: bool = False
    replaced_by: str = ""
    withdrawn_on: date | None = None


def public_decisions(partnership: Partnership, *, most: int) -> list[PublicDecision]:
    """The newest decisions the public is told of (R-C7), none while the partnership itself is not public."""
    found = _told_to_all(partnership=partnership, most=most)
    shown = {one.supersedes_id: one.label for one in found if one.supersedes_id and not one.withdrawn_on}
    return [_as_public(one, replaced_by=shown.get(one.pk, "")) for one in found]


@Composed
def _told_to_all(partnership: Partnership, most: int) -> QuerySet[Decision]:
    seen = visible_records(PUBLIC, scope="partnership__scope_id", chain=["visibility", "partnership__visibility"])
    # A replaced recommendation was never told: too few were there.
    had_quorum = Q(quorum_percent=None) | Q(
        GreaterThanOrEqual(F("present_count") * 100, F("entitled_count") * F("quorum_percent"))
    )
    told = seen & Q(state__in=TOLD) & had_quorum & ~Q(public_note="")
    gone = Q(withdrawn_on__isnull=False, partnership__visibility=Visibility.PUBLIC)
    rows = Decision.objects.filter(told | gone, partnership=partnership)
    return rows.order_by("-decided_on", "-year", "-number", "id")[:most]


def _as_public(decision: Decision, *, replaced_by: str) -> PublicDecision:
    if decision.withdrawn_on:
        return PublicDecision(withdrawn_on=decision.withdrawn_on)
    is_replaced = decision.state == State.SUPERSEDED
    return PublicDecision(
        label=decision.label,
        title=decision.title,
        note=decision.public_note,
        decided_on=decision.decided_on,
        is_revoked=decision.state == State.REVOKED,
        is_replaced=is_replaced,
        replaced_by=replaced_by if is_replaced else "",
    )


def decision_list(
    viewer: Viewer, partnership: Partnership, *, state: str = "", search: str = "", today: date | None = None
) -> QuerySet[Decision]:
    """A partnership's register, narrowed; ``state`` is one of the states, "valid", "review" or "" for all."""
    rows = decisions_visible_to(viewer).filter(partnership=partnership)
    if state == "valid":
        rows = rows.filter(state__in=VALID)
    elif state == "review":
        rows = rows.filter(state__in=VALID, review_on__lte=today)
    elif state:
        rows = rows.filter(state=state)
    if search:
        rows = rows.filter(Q(title__icontains=search) | Q(text__icontains=search))
    against = Q(positions__position__in=DISSENT)
    return rows.annotate(dissent=Count("positions", filter=against))


def decisions_to_review(viewer: Viewer, *, today: date) -> QuerySet[Decision]:
    """The decisions to look at again today or before, in the partnerships a viewer coordinates."""
    rows = decisions_visible_to(viewer).filter(state__in=VALID, review_on__lte=today)
    if viewer.can_everywhere(Permission.EDIT_PARTNERSHIP):
        return rows
    return rows.filter(partnership__scope_id__in=viewer.scopes_with(Permission.EDIT_PARTNERSHIP))


class DecisionRowMaker:
    """Turns decisions of ``decision_list`` into rows."""

    def __init__(self, *, today: date) -> None:
        self._today = today

    def __call__(self, decision: Decision) -> DecisionRow:
        """One row."""
        return DecisionRow(
            label=decision.label,
            title=decision.title,
            url=decision_url(decision),
            on=day_words(decision.decided_on),
            tone=TONES[decision.state],
            state=decision.get_state_display(),
            dissent=decision.dissent,  # type: ignore[attr-defined]  # annotated by decision_list
            is_review_due=is_review_due(state=decision.state, review_on=decision.review_on, today=self._today),
        )


def decision_url(decision: Decision) -> str:
    """The page of a decision."""
    return space_url("decision_detail", slug=decision.partnership.slug, year=decision.year, number=decision.number)


def positions_of(decision: Decision) -> QuerySet[DecisionPosition]:
    """Where each member stood, by organisation."""
    rows = DecisionPosition.objects.filter(decision=decision).select_related("member__organisation")
    return rows.order_by("member__organisation__sort_name", "id")


def voting_members(partnership: Partnership) -> list[PartnershipMember]:
    """Who may decide: members that signed, or everybody taking part while nobody has."""
    everybody = list(active_members(partnership))
    signed = [member for member in everybody if member.state in VOTING]
    return signed or everybody


def members_present(meeting: Meeting | None) -> set[uuid.UUID]:
    """The members somebody spoke for at a meeting: who speaks for two represents both."""
    if meeting is None:
        return set()
    rows = Attendance.objects.filter(meeting=meeting, presence=Attendance.Presence.PRESENT, member__isnull=False)
    speakers = active_representatives().filter(
        person__in=rows.values("person"), member__partnership=meeting.partnership
    )
    both = (
        rows.order_by()
        .values_list("member_id", flat=True)
        .union(speakers.order_by().values_list("member_id", flat=True))
    )
    return set(both)


def quorum_for(
    partnership: Partnership, *, meeting: Meeting | None, positions: Mapping[uuid.UUID, int | None]
) -> Quorum:
    """How many of who may decide took part: in the meeting, or outside one by taking a position (R-C4)."""
    entitled = {member.pk for member in voting_members(partnership)}
    took_part = members_present(meeting) or {member for member, position in positions.items() if position}
    return Quorum(len(entitled & took_part), len(entitled), governance_of(partnership).quorum_percent)


def quorum_of(decision: Decision) -> Quorum:
    """How many took part when a decision was taken, as it was kept then."""
    return Quorum(decision.present_count or 0, decision.entitled_count or 0, decision.quorum_percent)


def voices_for(
    partnership: Partnership,
    *,
    meeting: Meeting | None,
    positions: Mapping[uuid.UUID, int | None],
    affected: Audience = NOBODY,
) -> Mapping[str, list[list[str]]]:
    """Which sectors and affected groups are there, heard or missing now.

    Affected are members with the community seat, who lives the issue on a map of the partnership, and whom the decision
    names; a person is never named. A sector it names is missing while no member stands for it.
    """
    present = members_present(meeting)
    heard = {member for member, position in positions.items() if position} | _heard(meeting)
    members = list(active_members(partnership))
    parties = [
        Party(
            name=member.organisation.name,
            sector=member.organisation.sector,
            is_affected=member.seat == PartnershipMember.Seat.COMMUNITY or member.organisation_id in affected.groups,
            standing=standing_of_party(is_present=member.pk in present, is_heard=member.pk in heard),
        )
        for member in members
    ]
    standings = {member.organisation_id: party.standing for member, party in zip(members, parties, strict=True)}
    named = {party.name for party in parties if party.is_affected}
    others = [
        Party(group.name, "", is_affected=True, standing=standings.get(group.pk, Standing.MISSING))
        for group in _affected(partnership, affected)
        if group.name not in named
    ]
    absent = [Party("", one, is_affected=False, standing=Standing.MISSING) for one in sorted(affected.sectors)]
    return voices_in([*parties, *others, *absent])


def _heard(meeting: Meeting | None) -> set[uuid.UUID]:
    return set(HeardBack.objects.filter(meeting=meeting).values_list("member_id", flat=True)) if meeting else set()


def _affected(partnership: Partnership, named: Audience) -> QuerySet[Stakeholder]:
    entries = MapEntry.objects.filter(map__partnership_links__partnership=partnership, ring=MapEntry.Ring.LIVING_IT)
    either = Q(pk__in=entries.values("stakeholder_id")) | Q(pk__in=named.groups)
    groups = Stakeholder.objects.filter(either).exclude(kind=Stakeholder.Kind.PERSON)
    return groups.order_by("sort_name", "id")


@dataclass(frozen=True)
class VoiceWord:
    """A sector or an affected group in the kept picture, in words."""

    name: str
    standing: Standing
    tone: str


VOICE_TONES = {Standing.PRESENT: "ok", Standing.HEARD: "info", Standing.MISSING: "late"}


def voice_words(decision: Decision) -> dict[str, list[VoiceWord]]:
    """The picture kept with a decision, with sectors in the page's language."""
    sectors = dict(Stakeholder.Sector.choices)
    kept = decision.voices
    return {
        "sectors": [_voice(str(sectors.get(name, name)), standing) for name, standing in kept.get("sectors", [])],
        "affected": [_voice(name, standing) for name, standing in kept.get("affected", [])],
    }


def _voice(name: str, standing: str) -> VoiceWord:
    found = Standing(standing)
    return VoiceWord(name, found, VOICE_TONES[found])
