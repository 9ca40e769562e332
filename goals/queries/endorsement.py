"""Reading who stands behind a goal, round by round."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.models import User
from core.queries.viewer import viewer_for
from goals.models import Endorsement, EndorsementAnswer, EndorsementRound, Goal, GoalSuggestion
from goals.rules.endorsement import (
    DISSENTING,
    NO_ANSWER,
    SUPPORTING,
    TONES,
    Asked,
    adoption_findings,
    suggestion_findings,
)
from metrics.rules.sentence import Sentence
from partnerships.models import Partnership, PartnershipMember
from partnerships.queries.decision import voting_members
from partnerships.queries.governance import endorsement_terms_of
from partnerships.queries.representative import active_representation, representations_of
from partnerships.rules.authority import LinkHolder
from partnerships.rules.severity import Finding
from stakeholders.models import MapEntry, Stakeholder

Outcome = EndorsementRound.Outcome
Seat = PartnershipMember.Seat
MOST_GROUPS = 200
# Answers that hold: nothing took their place.
HOLDING = Q(replaced_at=None)


@dataclass(frozen=True)
class AnswerLine:
    """An answer as pages show it; ``how`` only where somebody wrote down what a group said."""

    position: int
    label: str
    tone: str
    comment: str
    name: str
    on: date
    how: str


@dataclass(frozen=True)
class Stand:
    """Where one of those asked stands in a round; ``answer`` None is no answer, which never counts as a yes."""

    id: uuid.UUID
    member_id: uuid.UUID | None
    group_id: uuid.UUID | None
    name: str
    asked_on: date
    answer: AnswerLine | None
    earlier: Sequence[AnswerLine] = ()

    @property
    def position(self) -> int | None:
        """The step of the scale; None for no answer."""
        return self.answer.position if self.answer else None

    @property
    def tone(self) -> str:
        """The badge's tone."""
        return TONES[self.position]

    @property
    def label(self) -> str:
        """The badge's words."""
        return self.answer.label if self.answer else str(NO_ANSWER)


@dataclass(frozen=True)
class RoundSheet:
    """A round with its wording and where everybody stands: members first, then groups of people affected."""

    round: EndorsementRound
    sentence: Sentence
    members: Sequence[Stand] = field(default_factory=list)
    voices: Sequence[Stand] = field(default_factory=list)

    @property
    def stands(self) -> list[Stand]:
        """Everybody."""
        return [*self.members, *self.voices]

    @property
    def answered(self) -> int:
        """How many members gave an answer."""
        return sum(stand.answer is not None for stand in self.members)

    @property
    def supporters(self) -> int:
        """How many members can live with it or more."""
        return sum(stand.position is not None and stand.position >= SUPPORTING for stand in self.members)

    @property
    def dissent(self) -> list[Stand]:
        """Who is not for it, or not yet."""
        return [stand for stand in self.stands if stand.position in DISSENTING]


def sees_endorsement(viewer: Viewer, partnership: Partnership) -> bool:
    """Whether somebody may read who stands where: those who take part in the partnership, nobody outside."""
    return viewer.can(Permission.SEE_PARTNERSHIP, partnership.scope_id)


def round_sheets(goal: Goal) -> list[RoundSheet]:
    """All rounds of a goal, the newest first, in three statements."""
    rounds = EndorsementRound.objects.filter(goal=goal).order_by("-number", "id")
    return [_sheet(found) for found in with_stands(rounds)]


def rounds_for(viewer: Viewer, goal: Goal) -> list[RoundSheet]:
    """All rounds for a goal's page, the newest first, in three statements; none for outsiders."""
    return round_sheets(goal) if sees_endorsement(viewer, goal.partnership) else []


def with_stands(rounds: QuerySet[EndorsementRound]) -> QuerySet[EndorsementRound]:
    """The same rounds with everybody asked and all their answers."""
    answers = EndorsementAnswer.objects.order_by("-answered_at", "-id")
    places = Endorsement.objects.select_related("member__organisation", "group").order_by(
        "member__organisation__sort_name", "group__sort_name", "id"
    )
    return rounds.prefetch_related(
        Prefetch("endorsements", queryset=places.prefetch_related(Prefetch("answers", queryset=answers)))
    )


def sheet_of(found: EndorsementRound) -> RoundSheet:
    """A round of ``with_stands`` as pages show it."""
    return _sheet(found)


def _sheet(found: EndorsementRound) -> RoundSheet:
    stands = [_stand(place) for place in found.endorsements.all()]
    return RoundSheet(
        found,
        Sentence(found.fields.get("sentence_en", ""), found.fields.get("sentence_it", "")),
        [stand for stand in stands if stand.member_id],
        [stand for stand in stands if stand.group_id],
    )


def _stand(place: Endorsement) -> Stand:
    answers = list(place.answers.all())
    lines = [_line(answer) for answer in answers]
    holds = [line for answer, line in zip(answers, lines, strict=True) if answer.replaced_at is None]
    return Stand(
        id=place.pk,
        member_id=place.member_id,
        group_id=place.group_id,
        name=name_of(place),
        asked_on=place.asked_on,
        answer=holds[0] if holds else None,
        earlier=[line for line in lines if line not in holds],
    )


def name_of(place: Endorsement) -> str:
    """The organisation or group of a place."""
    return str(place.member.organisation.name if place.member else place.group)


def _line(answer: EndorsementAnswer) -> AnswerLine:
    return AnswerLine(
        position=answer.position,
        label=answer.get_position_display(),
        tone=TONES[answer.position],
        comment=answer.comment,
        name=answer.name,
        on=answer.heard_on or timezone.localdate(answer.answered_at),
        how=answer.get_heard_how_display() if answer.heard_how else "",
    )


def open_round(goal: Goal) -> EndorsementRound | None:
    """The round in which answers are given now; None when there is none."""
    return EndorsementRound.objects.filter(goal=goal, outcome=Outcome.OPEN).first()


def asked_about(goal: Goal) -> Asked | None:
    """What counts towards adopting a goal: all members, asked or not, and the people affected; None without a round."""
    found = open_round(goal)
    if found is None:
        return None
    places = Endorsement.objects.filter(round=found).select_related("member")
    holding = dict(
        EndorsementAnswer.objects.filter(HOLDING, endorsement__round=found).values_list("endorsement_id", "position")
    )
    by_member = {place.member_id: place for place in places if place.member_id}
    members = voting_members(goal.partnership)
    days = [by_member[member.pk].asked_on for member in members if member.pk in by_member]
    return Asked(
        members=[_position(by_member.get(member.pk), holding) for member in members],
        voices=[holding.get(place.pk) for place in places if _is_voice(place)],
        asked_on=max(days, default=None) if len(days) == len(members) else None,
    )


def _position(place: Endorsement | None, holding: dict[uuid.UUID, int]) -> int | None:
    return holding.get(place.pk) if place else None


def _is_voice(place: Endorsement) -> bool:
    return place.member is None or place.member.seat == Seat.COMMUNITY


def adoption_findings_of(goal: Goal, *, today: date) -> list[Finding]:
    """What keeps a goal from being adopted as the partners agreed (R-G8), and who waits for an answer."""
    terms = endorsement_terms_of(goal.partnership)
    found = adoption_findings(asked_about(goal), days=terms.days, share=terms.share, voices=terms.voices, today=today)
    waiting = GoalSuggestion.objects.filter(goal=goal, state=GoalSuggestion.State.OPEN).count()
    return [*found, *suggestion_findings(waiting)]


def goals_with_voice(goals: Collection[Goal]) -> set[uuid.UUID]:
    """The goals behind whose present wording people affected stand (R3); two statements.

    A group that is no member, or a member with the community seat; an answer about an earlier wording does not count.
    """
    rounds = EndorsementRound.objects.filter(goal__in=goals).order_by("goal_id", "number")
    newest = {found.goal_id: found for found in rounds}
    holding = [found for found in newest.values() if found.outcome in (Outcome.OPEN, Outcome.ADOPTED)]
    voice = Q(endorsement__group__isnull=False) | Q(endorsement__member__seat=Seat.COMMUNITY)
    answers = EndorsementAnswer.objects.filter(voice, HOLDING, endorsement__round__in=holding, position__gte=SUPPORTING)
    return set(answers.order_by().values_list("endorsement__round__goal_id", flat=True))


def may_endorse(member: PartnershipMember, by: User | LinkHolder) -> bool:
    """Whether somebody may say where a member stands: one of its people who may commit for it."""
    if isinstance(by, LinkHolder):
        found = active_representation(by.person.pk, member.pk)
        return found is not None and found.can_commit
    may = viewer_for(by).can(Permission.ENDORSE_GOALS, member.partnership.scope_id)
    return may and representations_of(by).filter(member=member, can_commit=True).exists()


def members_endorsed_by(user: User, partnership: Partnership) -> set[uuid.UUID]:
    """The members somebody signed in may answer for."""
    if not viewer_for(user).can(Permission.ENDORSE_GOALS, partnership.scope_id):
        return set()
    rows = representations_of(user).filter(member__partnership=partnership, can_commit=True)
    return set(rows.order_by().values_list("member_id", flat=True))


def places_in_open_rounds() -> QuerySet[Endorsement]:
    """The places of members in rounds that are open, for answering and for links."""
    rows = Endorsement.objects.filter(round__outcome=Outcome.OPEN, member__isnull=False)
    return rows.select_related(
        "round__goal__partnership", "round__goal__indicator", "member__organisation", "member__partnership"
    )


def newcomers_to(found: EndorsementRound, members: Iterable[PartnershipMember]) -> list[PartnershipMember]:
    """The members that have not been asked in a round."""
    asked = set(Endorsement.objects.filter(round=found, member__isnull=False).values_list("member_id", flat=True))
    return [member for member in members if member.pk not in asked]


def groups_to_hear(viewer: Viewer, partnership: Partnership) -> list[Stakeholder]:
    """Groups of people affected a viewer sees that are not asked as members: who lives the issue, informal groups."""
    living = MapEntry.objects.filter(map__partnership_links__partnership=partnership, ring=MapEntry.Ring.LIVING_IT)
    affected = (
        Q(kind=Stakeholder.Kind.GROUP)
        | Q(stakes__contains=[Stakeholder.Stake.AFFECTED])
        | Q(sector=Stakeholder.Sector.COMMUNITY)
        | Q(pk__in=living.values("stakeholder_id"))
    )
    rows = Stakeholder.objects.filter(affected, visibility__gte=viewer.level_everywhere(), merged_into=None)
    asked = [member.organisation_id for member in voting_members(partnership)]
    rows = rows.exclude(kind=Stakeholder.Kind.PERSON).exclude(pk__in=asked)
    return list(rows.order_by("sort_name", "id")[:MOST_GROUPS])
