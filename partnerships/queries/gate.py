"""What this app asks before each step of a partnership's life, and the gates as one person sees them."""

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.models import AuditEvent
from core.queries.audit import audit_events
from core.queries.composed import Composed
from core.web.space import space_url
from partnerships.gates import Gate, gate_states, register_gate, registered_gates
from partnerships.models import Decision, Partnership, Signature, WorryContact
from partnerships.queries.agreement import in_force_on
from partnerships.queries.closing import is_closing_done
from partnerships.rules.decision import VALID
from partnerships.rules.member import GONE
from partnerships.rules.partnership import BEFORE_ENDING
from stakeholders.models import MapEntry, MapRound

State = Partnership.State
# A life has few steps; what was passed long before them was told then.
MOST_MOVES = 20


@dataclass(frozen=True)
class GateRow:
    """A gate as one person sees it; ``url`` is empty where the page is not theirs to open."""

    code: str
    label: str
    is_open: bool
    blocks: bool
    url: str


def gate_rows(viewer: Viewer, partnership: Partnership, target: State) -> list[GateRow]:
    """The gates of ``gate_states`` as a viewer sees them."""
    return [
        GateRow(
            gate.code,
            gate.label,
            gate.is_open,
            gate.blocks,
            space_url(gate.url_name, slug=partnership.slug) if viewer.can(gate.needs, partnership.scope_id) else "",
        )
        for gate in gate_states(partnership, target)
    ]


@dataclass(frozen=True)
class PassedGate:
    """A condition a partnership went on without and that is still not met: who said so, when, and why."""

    label: str
    url: str
    when: str
    who: str
    reason: str


def passed_gates(viewer: Viewer, partnership: Partnership) -> list[PassedGate]:
    """What a partnership went on without and still lacks, with the reasons written then; for whoever coordinates it."""
    latest: dict[str, AuditEvent] = {}
    for event in _moves_past_gates(scope_id=partnership.scope_id):
        for code in event.changes["gates_passed"]:
            latest.setdefault(code, event)
    gates = [gate for gate in registered_gates() if gate.code in latest and not gate.is_open(partnership)]
    return [
        PassedGate(
            label=str(gate.label),
            url=space_url(gate.url_name, slug=partnership.slug) if viewer.can(gate.needs, partnership.scope_id) else "",
            when=date_format(localtime(latest[gate.code].at), "SHORT_DATE_FORMAT"),
            who=str(latest[gate.code].actor or ""),
            reason=str(latest[gate.code].changes.get("reason") or ""),
        )
        for gate in gates
    ]


@Composed
def _moves_past_gates(scope_id: uuid.UUID) -> QuerySet[AuditEvent]:
    moves = audit_events().filter(scope_id=scope_id, verb="partnership.moved")
    return moves.filter(changes__has_key="gates_passed").exclude(changes__gates_passed=[])[:MOST_MOVES]


def _agreement_in_force_for_two(partnership: Partnership) -> bool:
    signed = Signature.objects.filter(
        in_force_on(timezone.localdate(), path="version__"),
        version__agreement__partnership=partnership,
        state=Signature.State.SIGNED,
    )
    members = signed.exclude(member__state__in=GONE).order_by().values("member").distinct()
    return members.count() >= 2  # noqa: PLR2004 - domain 0.4: at least two members


def _has_assessed_map(partnership: Partnership) -> bool:
    return MapRound.objects.filter(map__partnership_links__partnership=partnership, closed_on__isnull=False).exists()


def _has_people_affected(partnership: Partnership) -> bool:
    centre = MapEntry.objects.filter(ring=MapEntry.Ring.LIVING_IT)
    return centre.filter(map__partnership_links__partnership=partnership).exists()


def register_own() -> None:
    """The gates this app knows by itself, in the order of a partnership's life."""
    for gate in (*_before_active(), *_after_active()):
        register_gate(gate)


def _before_active() -> tuple[Gate, ...]:
    edit, maps, editors = "partnership_edit", "partnership_maps", Permission.EDIT_PARTNERSHIP
    idea, scoping, forming, active = State.IDEA, State.SCOPING, State.FORMING, State.ACTIVE
    purpose = _("The purpose is written in one sentence")
    territory = _("The territory is named")
    why = _("It is written why something lighter would not do")
    assessed = _("A map of who matters was rated by two people in a round that ended")
    affected = _("Somebody who lives the issue stands in the centre of a map")
    agreement = _("An agreement is in force for at least two members")
    people = _("Somebody coordinates it and somebody else stands in")
    rhythm = _("It is agreed how often you tell each other how it goes")
    contacts = _("Two people of different organisations can be turned to in private")
    return (
        Gate("purpose", idea, scoping, purpose, lambda found: bool(found.purpose), edit, editors),
        Gate("territory", idea, scoping, territory, lambda found: bool(found.territory), edit, editors),
        Gate("why_partnership", scoping, forming, why, lambda found: bool(found.why_partnership), edit, editors),
        Gate("assessed", scoping, forming, assessed, _has_assessed_map, maps, editors),
        Gate("affected", scoping, forming, affected, _has_people_affected, maps, editors),
        Gate("agreement", forming, active, agreement, _agreement_in_force_for_two, "agreement_list"),
        Gate("people", forming, active, people, _is_led_by_two, edit, editors),
        Gate("rhythm", forming, active, rhythm, lambda found: bool(found.rhythm), edit, editors),
        Gate("worry_contacts", forming, active, contacts, _has_two_contacts, "worry_contacts", editors),
    )


def _after_active() -> tuple[Gate, ...]:
    ending, review = _("It is decided to end, and why"), _("It is decided what follows from the review")
    closing = _("The checklist for closing is done")
    return (
        Gate("review", State.UNDER_REVIEW, State.ACTIVE, review, _has_decided_review, "decision_list"),
        Gate("ending", BEFORE_ENDING, State.WINDING_DOWN, ending, _has_decided_to_end, "decision_list"),
        Gate("closing", State.WINDING_DOWN, State.CLOSED, closing, is_closing_done, "partnership_closing"),
    )


def _has_decided_review(partnership: Partnership) -> bool:
    found = _decided(partnership, Decision.About.REVIEW)
    if partnership.state_since is not None:
        found = found.filter(decided_on__gte=partnership.state_since)
    return found.exists()


def _has_decided_to_end(partnership: Partnership) -> bool:
    return _decided(partnership, Decision.About.ENDING).exists()


def _decided(partnership: Partnership, about: str) -> QuerySet[Decision]:
    return Decision.objects.filter(partnership=partnership, about=about, state__in=VALID)


def _has_two_contacts(partnership: Partnership) -> bool:
    named = WorryContact.objects.filter(partnership=partnership, until=None, person__user__is_active=True)
    return named.exclude(member__state__in=GONE).count() >= 2  # noqa: PLR2004 - R-X1: one of each of two organisations


def _is_led_by_two(partnership: Partnership) -> bool:
    return partnership.coordinator_id is not None and partnership.deputy_id is not None
