"""Early signs of the demo: some that are new, one acted on, one put aside, and one that is over."""

from collections.abc import Mapping
from dataclasses import dataclass

from partnerships.models import Signal
from partnerships.operations.partnership import change_partnership
from partnerships.operations.signal import choose_action, dismiss_signal, look_for_signals, see_signal
from partnerships.rules.signal import OPEN, TaskWish
from reports.demo.clock import day, on_day
from reports.demo.people import Cast


@dataclass(frozen=True)
class Answers:
    """What coordination said to signs, by the code of the rule; the first that is found counts."""

    slug: str
    actions: Mapping[str, str]
    reasons: Mapping[str, str]


ANSWERS = {
    "it": Answers(
        slug="scuola-lavoro",
        actions={
            "goal_short_of_means": "Chiedere alla fondazione se anticipa la seconda rata",
            "milestone_late": "Concordare una nuova data con chi segue la tappa",
            "data_overdue": "Telefonare a chi tiene i fogli delle presenze",
            "member_quiet": "Passare a trovarli e chiedere come va",
        },
        reasons={
            "funding_concentrated": "È il primo anno: la seconda domanda è già partita.",
            "member_quiet": "Chiudono da ottobre a dicembre e lo avevano detto. Li sentiamo a gennaio.",
            "residents_waiting": "Aspettiamo l'ufficio mobilità e l'abbiamo scritto a chi ha chiesto.",
        },
    ),
    "en": Answers(
        slug="first-job",
        actions={
            "goal_short_of_means": "Ask the foundation to pay the second part early",
            "milestone_late": "Agree on a new day with whoever looks after it",
            "data_overdue": "Call whoever keeps the attendance sheets",
            "member_quiet": "Drop in and ask how things are",
        },
        reasons={
            "funding_concentrated": "It is the first year, and the second application has left.",
            "member_quiet": "They close from October to December and had told us. We call in January.",
            "residents_waiting": "We wait for the transport office and have told those who asked.",
        },
    ),
}


def bring_in_signals(cast: Cast) -> None:
    """Two weeks without a deputy, long over; then what the rules find of late, answered in part."""
    told = ANSWERS[cast.space.language]
    partnership = cast.partnerships[told.slug]
    with on_day(-70) as moment:
        change_partnership(partnership=partnership, by=cast.coordinator, deputy=None)
        look_for_signals(today=moment.date(), partnership=partnership)
    with on_day(-56) as moment:
        change_partnership(partnership=partnership, by=cast.coordinator, deputy=cast.deputy)
        look_for_signals(today=moment.date(), partnership=partnership)
    with on_day(-6) as moment:
        look_for_signals(today=moment.date())
    with on_day(-4):
        _answer(cast, told)
    look_for_signals(today=day(0).date())


def _answer(cast: Cast, told: Answers) -> None:
    rows = Signal.objects.filter(state__in=OPEN).select_related("partnership").order_by("raised_on", "id")
    # Of two signs of one kind that of the partnership told of most.
    by_code = {signal.code: signal for signal in sorted(rows, key=lambda one: one.partnership.slug == told.slug)}
    today = day(-4).date()
    acted_on = next((code for code in told.actions if code in by_code), "")
    if acted_on:
        wish = TaskWish(due_on=day(10).date())
        signal, action = by_code.pop(acted_on), told.actions[acted_on]
        choose_action(signal=signal, action=action, task=wish, by=cast.coordinator, today=today)
    aside = next((code for code in told.reasons if code in by_code), "")
    if aside:
        dismiss_signal(signal=by_code.pop(aside), reason=told.reasons[aside], by=cast.coordinator, today=today)
    for signal in list(by_code.values())[:1]:
        see_signal(signal=signal, by=cast.deputy, today=today)
