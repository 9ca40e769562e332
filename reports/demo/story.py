"""What a demo space is told as: organisations, people and partnerships with a year behind them.

Days are counted from today; a negative number is in the past. All names are invented.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Org:
    """An organisation, with the person who speaks for it; ``head`` commits for it where that person may not."""

    key: str
    name: str
    sector: str
    place: str
    person: str = ""
    subtype: str = ""
    head: str = ""


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in; ``scope`` names a partnership, else the role holds everywhere."""

    role: str
    name: str
    organisation: str = ""
    partnership: str = ""


@dataclass(frozen=True)
class Work:
    """A task: who promised it, when it is due, and what became of it (state, day it was finished or last said)."""

    title: str
    member: str
    due: int
    state: str = "accepted"
    finished: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Reading:
    """A measured value of the month that ended so many months ago; ``value`` None says why it is missing."""

    months_ago: int
    value: str | None
    of: str | None = None
    missing: str = ""
    verified: bool = True


@dataclass(frozen=True)
class Aim:
    """A goal with its indicator, values and milestones (title, day due, day reached or None)."""

    title_en: str
    title_it: str
    population_en: str
    population_it: str
    place_en: str
    place_it: str
    indicator_en: str
    indicator_it: str
    unit: str
    baseline: str
    target: str
    why: str
    equity: str
    source_en: str
    source_it: str
    direction: str = "increase"
    baseline_of: str | None = None
    is_cumulative: bool = False
    need: int = 0
    owner: str = ""
    starts: int = -330
    ends: int = 120
    readings: tuple[Reading, ...] = ()
    milestones: tuple[tuple[str, str, int, int | None], ...] = ()
    # The value expected by each milestone, where one was agreed.
    on_the_way: tuple[str, ...] = ()
    adopted: bool = True


@dataclass(frozen=True)
class Voice:
    """A resident's message; ``reply`` None is not answered yet. ``theme`` joins it to a published answer."""

    category: str
    text: str
    day: int
    reply: str | None = None
    place: str = ""
    theme: int | None = None


@dataclass(frozen=True)
class Answer:
    """A theme with its outcome; ``published`` None is still a draft."""

    heard_en: str
    heard_it: str
    outcome: str
    answer_en: str
    answer_it: str
    evidence: str = ""
    published: int | None = -20
    why_not: str = ""
    heard_from: tuple[str, str] = ("", "")
    not_heard_from: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Means:
    """A funding source in whole units of money."""

    kind: str
    name: str
    amount: int
    status: str = "secured"
    goal: int | None = 0
    giver: str = ""
    valued_by: str = ""
    evidence: str = ""
    visibility: int = 3


@dataclass(frozen=True)
class Story:
    """A partnership: where it stands and what happened in it."""

    slug: str
    kit: str
    name: str
    purpose: str
    why: str
    territory: str
    about_en: str
    about_it: str
    state: str
    started: int
    members: tuple[tuple[str, str], ...]
    agreement: str = ""
    signed: tuple[str, ...] = ()
    is_public: bool = True
    tasks: tuple[Work, ...] = ()
    goals: tuple[Aim, ...] = ()
    voices: tuple[Voice, ...] = ()
    answers: tuple[Answer, ...] = ()
    means: tuple[Means, ...] = ()
    report_summary: str = ""
    report_not_working: str = ""


@dataclass(frozen=True)
class Fact:
    """What is known of an organisation beside its name."""

    key: str
    description: str = ""
    wants: str = ""
    limits: str = ""
    stakes: tuple[str, ...] = ()
    status: str = ""
    basis: str = "legitimate_interest"
    source: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Talk:
    """A call, meeting, mail or visit, with what comes next and on which day."""

    key: str
    kind: str
    day: int
    summary: str
    next_step: str = ""
    next_step_on: int = 0


@dataclass(frozen=True)
class Thing:
    """What an organisation can bring; ``checked`` is the day somebody asked last."""

    key: str
    kind: str
    title: str
    offered: str = "yes"
    conditions: str = ""
    checked: int | None = None


@dataclass(frozen=True)
class Ask:
    """What a partnership needs; ``met_by`` names the title of a thing."""

    partnership: str
    kind: str
    title: str
    days: tuple[int, int] | None = None
    met_by: str = ""


# Power, stake, legitimacy, urgency and attitude as one rater sees them.
Marks = tuple[int, int, int, int, int]


@dataclass(frozen=True)
class Scores:
    """What two raters gave an organisation in two rounds; ``ring`` 1 is the centre, ``engaged`` is now and wanted."""

    key: str
    ring: int
    earlier: tuple[Marks, Marks]
    now: tuple[Marks, Marks]
    engaged: tuple[int, int]
    reason: str


@dataclass(frozen=True)
class MapStory:
    """A map of who matters, rated twice by two people."""

    title: str
    issue: str
    place: str
    partnership: str
    begun: int
    scores: tuple[Scores, ...]


@dataclass(frozen=True)
class Said:
    """What an organisation's person changed of its page by link, a colleague they named and a place they offer.

    ``was_put_back`` is a phone number they had given before, with what the coordination answered.
    """

    key: str
    phone: str
    description: str
    colleague: str
    does: str
    place: str
    conditions: str
    was_put_back: tuple[str, str]


@dataclass(frozen=True)
class Look:
    """A body beside a community (``groups``: name, people, and how many in the body).

    Without ``body`` only the community is described, without ``method`` nobody is counted yet; with ``action`` it is
    closed on its day, the action for ``action_on``.
    """

    body: str
    day: int
    dimension: str
    area: str
    source: str
    groups: tuple[tuple[str, int, int], ...]
    method: str = ""
    not_stated: int = 0
    missing: str = ""
    action: str = ""
    action_on: int = 0


@dataclass(frozen=True)
class RecordAsked:
    """A record one partnership does not see: of whom, by which number of a list, why, and the answer if any."""

    key: str
    scheme: str
    value: str
    reason: str
    day: int
    answer: str = ""


@dataclass(frozen=True)
class Desk:
    """Somebody who coordinates one partnership and nothing else of the space."""

    name: str
    partnership: str
    asks: tuple[RecordAsked, ...] = ()
    # Somebody with an account who speaks for no organisation there, takes minutes and has a task of their own.
    helper: str = ""
    helps: str = ""


@dataclass(frozen=True)
class Space:
    """A tenant of the demo."""

    slug: str
    name: str
    about: str
    language: str
    colour: str
    time_zone: str
    currency: str
    organisations: tuple[Org, ...]
    accounts: tuple[Account, ...]
    partnerships: tuple[Story, ...] = field(default=())
    facts: tuple[Fact, ...] = ()
    talks: tuple[Talk, ...] = ()
    # A name and what it narrows the register by (field, value).
    filters: tuple[tuple[str, tuple[str, str]], ...] = ()
    things: tuple[Thing, ...] = ()
    asks: tuple[Ask, ...] = ()
    map: MapStory | None = None
    # Who does what to whom: organisation, relation, organisation.
    ties: tuple[tuple[str, str, str], ...] = ()
    said: tuple[Said, ...] = ()
    # Organisation, the name of its second record, and whether the two were made one.
    twins: tuple[tuple[str, str, bool], ...] = ()
    # Bodies looked at for missing voices.
    looks: tuple[Look, ...] = ()
    desk: Desk | None = None
