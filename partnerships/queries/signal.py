"""Reading early-warning signals: who sees which, their sentence, and what helps."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from core.access.permissions import Permission
from core.access.viewer import Viewer, visible_records
from core.queries.composed import Composed
from core.rules.waiting import Somewhere
from partnerships.early_signs import Named, Namer, SignalRule, registered_signal_rules, signal_rule
from partnerships.models import Partnership, Signal
from partnerships.rules.signal import OPEN, Challenge

State = Signal.State
TONES: dict[str, str] = {
    State.RAISED: "soon",
    State.SEEN: "info",
    State.ACTION_CHOSEN: "now",
    State.DISMISSED: "idle",
    State.CLEARED: "done",
}
NEWEST = timedelta(days=366)


@dataclass(frozen=True)
class SignalRow:
    """A signal as a page shows it. ``step_url`` is empty for who may not go there."""

    signal: Signal
    sentence: str
    about: str
    about_url: str
    challenge: str
    rule: str
    next_step: str
    step_url: str
    tone: str
    state_label: str

    @property
    def is_open(self) -> bool:
        """Whether something can still be chosen."""
        return self.signal.state in OPEN


def signals_visible_to(viewer: Viewer) -> QuerySet[Signal]:
    """The signals a viewer may see: of partnerships they take part in, those on money only for who sees the money.

    The most pressing rule comes first, then the oldest.
    """
    seen = visible_records(viewer, scope="partnership__scope_id", chain=["visibility", "partnership__visibility"])
    rows = Signal.objects.filter(seen, _allowed(viewer)).select_related("partnership", "task", "seen_by")
    rows = rows.select_related("chosen_by", "dismissed_by", "task__member__organisation")
    return rows.order_by(_pressing(), "raised_on", "id")


def open_signals(viewer: Viewer, partnership: Partnership) -> QuerySet[Signal]:
    """The signals of a partnership that are neither put aside nor over, what is new first."""
    rows = signals_visible_to(viewer).filter(partnership=partnership, state__in=OPEN)
    is_new = Case(When(state=State.RAISED, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.order_by(is_new, _pressing(), "raised_on", "id")


def dismissed_signals(viewer: Viewer, partnership: Partnership) -> QuerySet[Signal]:
    """The signals of a partnership that were put aside, the newest first."""
    rows = signals_visible_to(viewer).filter(partnership=partnership, state=State.DISMISSED)
    return rows.order_by("-dismissed_on", "id")


def cleared_signals(viewer: Viewer, partnership: Partnership, *, today: date) -> QuerySet[Signal]:
    """The signals of a partnership that are over since a year or less, the newest first."""
    rows = signals_visible_to(viewer).filter(partnership=partnership, state=State.CLEARED)
    return rows.filter(cleared_on__gte=today - NEWEST).order_by("-cleared_on", "id")


def raised_signals(viewer: Viewer) -> Somewhere:
    """What is new in the partnerships a viewer coordinates, where it is one alone; one statement."""
    numbers = dict(_raised(viewer))
    return Somewhere(sum(numbers.values()), next(iter(numbers)) if len(numbers) == 1 else "")


@Composed
def _raised(viewer: Viewer) -> QuerySet[Signal, tuple[str, int]]:
    rows = signals_visible_to(viewer).filter(state=State.RAISED)
    if not viewer.can_everywhere(Permission.EDIT_PARTNERSHIP):
        rows = rows.filter(partnership__scope_id__in=viewer.scopes_with(Permission.EDIT_PARTNERSHIP))
    return rows.order_by().values_list("partnership__slug").annotate(number=Count("id"))


def signal_row(viewer: Viewer, partnership: Partnership, signal_id: uuid.UUID) -> SignalRow | None:
    """One signal of a partnership with its words; None when it, or what it is about, is out of the viewer's sight."""
    rows = signals_visible_to(viewer).filter(partnership=partnership, pk=signal_id)
    return next(iter(signal_rows(viewer, rows)), None)


def signal_rows(viewer: Viewer, signals: Iterable[Signal]) -> list[SignalRow]:
    """Signals with their words, in their order; one about something out of the viewer's sight is left out."""
    known = [(signal, rule) for signal in signals if (rule := signal_rule(signal.code)) is not None]
    names = _names(viewer, known)
    return [
        _row(viewer, signal, rule, names.get(signal.about_id) if signal.about_id else None)
        for signal, rule in known
        if rule.names is None or signal.about_id in names
    ]


def _names(viewer: Viewer, known: Collection[tuple[Signal, SignalRule]]) -> dict[uuid.UUID, Named]:
    asked: dict[Namer, set[uuid.UUID]] = {}
    for signal, rule in known:
        if rule.names is not None and signal.about_id is not None:
            asked.setdefault(rule.names, set()).add(signal.about_id)
    found: dict[uuid.UUID, Named] = {}
    for namer, ids in asked.items():
        named: Mapping[uuid.UUID, Named] = namer(viewer, ids)
        found.update(named)
    return found


def _row(viewer: Viewer, signal: Signal, rule: SignalRule, named: Named | None) -> SignalRow:
    may_go = viewer.can(rule.step_permission, signal.partnership.scope_id)
    return SignalRow(
        signal=signal,
        sentence=rule.sentence(signal.facts, named.name if named else ""),
        about=named.name if named else "",
        about_url=named.url if named else "",
        challenge=str(Challenge(rule.challenge).label),
        rule=str(rule.rule),
        next_step=str(rule.next_step),
        step_url=rule.where(signal.partnership.slug) if may_go else "",
        tone=TONES[signal.state],
        state_label=signal.get_state_display(),
    )


def _allowed(viewer: Viewer) -> Q:
    """Which rules' signals a viewer may see, and where."""
    by_permission: dict[Permission, list[str]] = {}
    for rule in registered_signal_rules().values():
        by_permission.setdefault(rule.permission, []).append(rule.code)
    condition = Q(pk__in=[])
    for permission, codes in by_permission.items():
        here = Q(code__in=codes)
        if not viewer.can_everywhere(permission):
            here &= Q(partnership__scope_id__in=viewer.scopes_with(permission))
        condition |= here
    return condition


def _pressing() -> Case:
    places = enumerate(registered_signal_rules())
    whens = [When(code=code, then=Value(place)) for place, code in places]
    return Case(*whens, default=Value(len(whens)), output_field=IntegerField())
