"""The start pages' words: greeting, the sentence of what waits, figures, rows."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import User
from core.rules.waiting import Somewhere
from core.web.money import money
from core.web.space import space_url
from goals.models import Milestone
from metrics.models import Measurement
from partnerships.forms.kit import SCRATCH
from partnerships.models import Partnership
from reports.queries.start import Figures, Waiting

NOON, EVENING = 13, 18


@dataclass(frozen=True)
class Part:
    """One thing that waits, as words with an address."""

    text: str
    url: str


@dataclass(frozen=True)
class FigureCard:
    """A figure as the kit shows it: a part, its whole and the bar between them."""

    name: str
    value: str
    of: str
    icon: str
    now: int
    goal: int
    url: str = ""


@dataclass(frozen=True)
class TimelineItem:
    """A milestone in the kit's timeline."""

    when: str
    title: str
    text: str
    url: str
    tone: str


@dataclass(frozen=True)
class Step:
    """One of the first steps of an empty space."""

    title: str
    text: str
    action: str
    url: str
    is_done: bool
    is_next: bool = False


def _of(total: object) -> str:
    return _("of %(total)s") % {"total": total}


def greeting(user: User, now: datetime) -> str:
    """Good morning, afternoon or evening, by the space's clock."""
    name = user.first_name
    if now.hour < NOON:
        return _("Good morning, %(name)s") % {"name": name}
    if now.hour < EVENING:
        return _("Good afternoon, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}


def waiting_parts(waiting: Waiting) -> list[Part]:
    """What waits, the most pressing first; nothing that is zero."""
    inbox, tasks, start = space_url("inbox"), space_url("my_tasks"), space_url("partnership_list")
    found = [
        (
            waiting.urgent_messages,
            ngettext("%d urgent message from a resident", "%d urgent messages from residents", waiting.urgent_messages),
            inbox + "?urgent=1",
        ),
        (
            waiting.overdue_tasks,
            ngettext("%d task is overdue", "%d tasks are overdue", waiting.overdue_tasks),
            tasks + "?state=overdue",
        ),
        (
            waiting.lapsed_agreements.number,
            ngettext(
                "%d partnership is without agreement in force",
                "%d partnerships are without agreement in force",
                waiting.lapsed_agreements.number,
            ),
            _in("agreement_list", waiting.lapsed_agreements),
        ),
        (
            waiting.agreement_answers.number,
            ngettext(
                "%d answer to an agreement waits for you",
                "%d answers to agreements wait for you",
                waiting.agreement_answers.number,
            ),
            waiting.agreement_answers.url,
        ),
        (
            waiting.goals_to_review.number,
            ngettext("%d goal is to be reviewed", "%d goals are to be reviewed", waiting.goals_to_review.number),
            _in("goal_list", waiting.goals_to_review),
        ),
        (
            waiting.goal_suggestions.number,
            ngettext(
                "%d suggestion for a goal waits for an answer",
                "%d suggestions for goals wait for an answer",
                waiting.goal_suggestions.number,
            ),
            _in("goal_list", waiting.goal_suggestions),
        ),
        (
            waiting.early_signs.number,
            ngettext("%d new early sign", "%d new early signs", waiting.early_signs.number),
            space_url("signal_list", slug=waiting.early_signs.slug) if waiting.early_signs.slug else start,
        ),
        (
            waiting.unchecked_values.number,
            ngettext(
                "%d value waits for a second person",
                "%d values wait for a second person",
                waiting.unchecked_values.number,
            ),
            _values_to_check(waiting.unchecked_values.slug),
        ),
        (
            waiting.new_messages,
            ngettext(
                "%d message from a resident waits for an answer",
                "%d messages from residents wait for an answer",
                waiting.new_messages,
            ),
            inbox,
        ),
        (
            waiting.counter_proposals,
            ngettext("%d partner proposes another date", "%d partners propose another date", waiting.counter_proposals),
            tasks + "?state=counter_proposed",
        ),
        (
            waiting.missing_voices,
            ngettext(
                "%d action for missing voices is due", "%d actions for missing voices are due", waiting.missing_voices
            ),
            space_url("representation_list"),
        ),
        (
            waiting.profile_edits,
            ngettext(
                "%d organisation changed its page", "%d changes of organisations to look at", waiting.profile_edits
            ),
            space_url("profile_edit_list"),
        ),
        (
            waiting.register_requests,
            ngettext(
                "%d partnership asks for a record", "%d requests for records to answer", waiting.register_requests
            ),
            space_url("register_request_list"),
        ),
        (
            waiting.decisions_to_review.number,
            ngettext(
                "%d decision is to be looked at again",
                "%d decisions are to be looked at again",
                waiting.decisions_to_review.number,
            ),
            _in("decision_list", waiting.decisions_to_review),
        ),
        (
            waiting.silent_partnerships,
            ngettext(
                "%d partnership has told nothing for too long",
                "%d partnerships have told nothing for too long",
                waiting.silent_partnerships,
            ),
            waiting.silent_url,
        ),
    ]
    return [Part(words % count, url) for count, words, url in found if count]


def _in(page: str, waiting: Somewhere) -> str:
    """That page of a partnership in which something waits; nobody is told of none."""
    return space_url(page, slug=waiting.slug) if waiting.slug else ""


def _values_to_check(slug: str) -> str:
    """Where most of them stand; nobody is told of none."""
    return f"{space_url('measurement_list', slug=slug)}?state={Measurement.State.SUBMITTED}" if slug else ""


def waiting_title(parts: list[Part]) -> str:
    """How many things wait, in words; at most three are shown."""
    return {
        1: _("One thing needs you today"),
        2: _("Two things need you today"),
        3: _("Three things need you today"),
    }.get(len(parts), "")


def figure_cards(figures: Figures, currency: str) -> list[FigureCard]:
    """The figures the person may read, each "x of y"."""
    promises = FigureCard(
        _("Promises kept"),
        str(figures.promises_kept),
        _of(figures.promises_due),
        "handshake",
        figures.promises_kept,
        figures.promises_due,
        space_url("my_tasks"),
    )
    measured = FigureCard(
        _("Goals with a verified value"),
        str(figures.goals_measured),
        _of(figures.goals),
        "target",
        figures.goals_measured,
        figures.goals,
    )
    return [promises, *_residents(figures), *_means(figures, currency), measured]


def _residents(figures: Figures) -> list[FigureCard]:
    if figures.messages is None:
        return []
    answered, name = figures.messages_answered, _("Residents answered")
    card = FigureCard(
        name, str(answered), _of(figures.messages), "message-circle", answered, figures.messages, space_url("inbox")
    )
    return [card]


def _means(figures: Figures, currency: str) -> list[FigureCard]:
    if figures.secured_cents is None:
        return []
    secured, need = figures.secured_cents, figures.need_cents
    return [
        FigureCard(_("Money secured"), money(secured, currency), _of(money(need, currency)), "wallet", secured, need)
    ]


def timeline_items(milestones: list[Milestone], *, today: date) -> list[TimelineItem]:
    """Milestones with their goal."""
    return [
        TimelineItem(
            when=formats.date_format(milestone.due_on, "SHORT_DATE_FORMAT"),
            title=milestone.title,
            text=milestone.goal.title,
            url=space_url("goal_detail", slug=milestone.goal.partnership.slug, number=milestone.goal.number),
            tone="done" if milestone.reached_on else "late" if milestone.due_on < today else "",
        )
        for milestone in milestones
    ]


def steps(ready: dict[str, bool], partnership: Partnership | None) -> list[Step]:
    """The first steps of a small group; the first open one is the next."""
    inside = {"slug": partnership.slug} if partnership else {}
    later = space_url("partnership_list")
    found = [
        Step(
            _("Start a partnership"),
            _("A name and what it is for. That is enough."),
            _("Start"),
            f"{space_url('partnership_new')}?kit={SCRATCH}",
            ready["partnership"],
        ),
        Step(
            _("Write down one promise"),
            _("What your group, or another one, said it will do."),
            _("Write it down"),
            space_url("commitment_new", **inside) if inside else later,
            ready["promise"],
        ),
        Step(
            _("Give out one task"),
            _("Who does what, until when."),
            _("Add a task"),
            space_url("task_new", **inside) if inside else later,
            ready["task"],
        ),
        Step(
            _("Set one goal"),
            _("What shall be different, and how you will see it."),
            _("Set a goal"),
            space_url("goal_new", **inside) if inside else later,
            ready["goal"],
        ),
        Step(
            _("Open a page for residents"),
            _("They can write to you without an account."),
            _("Open the page"),
            space_url("partnership_edit", **inside) if inside else later,
            ready["public"],
        ),
    ]
    following = next((step for step in found if not step.is_done), None)
    return [replace(step, is_next=step is following) for step in found]
