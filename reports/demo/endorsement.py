"""Partners and people affected stand behind the demo's goals, review them together, and one is asked now."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.tenancy.keys import new_id
from goals.models import Endorsement, Goal
from goals.operations.endorsement import answer_endorsement, record_voice
from goals.operations.goal import adopt_goal, change_goal, move_goal
from goals.operations.milestone import change_milestone
from goals.operations.review import review_goal
from partnerships.operations.decision import record_decision
from partnerships.rules.authority import LinkHolder
from reports.demo.clock import on_day
from reports.demo.people import Cast
from reports.demo.story import Aim, Story

# From the question to the adoption: ten working days are over in any week.
ASKED_FOR = 15
ASKED_LATELY = -6


@dataclass(frozen=True)
class Said:
    """Where one organisation stands after so many days, and its words."""

    after: int
    position: int
    words: str = ""


@dataclass(frozen=True)
class Heard:
    """What a group of people affected said: who spoke, after how many days, and how."""

    group: str
    said_by: str
    position: int
    words: str
    after: int = 6
    how: str = "meeting"


# By the goal's title in English, then by organisation; everybody else supports it actively.
STANDS: dict[str, dict[str, tuple[Said, ...]]] = {
    "Good placements for most students": {
        "caseificio": (Said(4, 2, "A luglio lavoriamo su tre turni: chiediamo che i periodi lo evitino."), Said(9, 3)),
        "comune": (Said(5, 4, "Bene, se i rimborsi dei viaggi restano nel bilancio."),),
        "bakery": (Said(4, 4, "Happy with it, as long as mornings start after the ovens are empty."),),
    },
    "Lasting mentoring": {
        "officine": (Said(6, 2, "Prima servono due ore al mese pagate per chi segue gli studenti."),),
    },
    "Faster first help": {
        "asl": (Said(3, 4, "D'accordo; i dati sanitari restano da noi."),),
        "surgery": (Said(8, 2, "We need one more nurse before we can promise this."),),
    },
    "Students learn by useful service": {
        "biblioteca": (Said(2, 4, "Volentieri, con un referente per ogni corso."),),
        "passaparola": (Said(3, 2, "Le ore di riflessione vanno scritte nel calendario, non aggiunte dopo."),),
    },
}
VOICES = {
    "scuola-lavoro": Heard(
        "genitori", "Portavoce del comitato", 4, "Va bene se i viaggi sono pagati prima e non rimborsati dopo."
    ),
    "sapere-comune": Heard(
        "fontanelle", "Amina, dopo l'incontro in cortile", 2, "Chiedeteci prima quali servizi, poi quante ore."
    ),
    "first-job": Heard(
        "tenants", "Adaeze, for the tenants' group", 5, "Our children should see more than the high street.", how="talk"
    ),
}
# Asked, and not answered yet.
SILENT = {
    "Students learn by useful service": ("fontanelle", "ateneo"),
    "Residents' questions get an answer they can use": ("tenants",),
}


@dataclass(frozen=True)
class Looked:
    """A review: on which day, what it came to, and where it changed the target to what and by which decision."""

    on: int
    choice: str
    progress: str
    cause: str
    feedback: str
    target: str = ""
    decision: str = ""
    reason: str = ""


REVIEWS = {
    "Lasting mentoring": Looked(
        -110,
        "adjust_target",
        "Quindici coppie, ne aspettavamo più di venti.",
        "Due aziende hanno perso il capo officina e con lui i mentori.",
        "Gli studenti chiedono incontri più brevi e più vicini.",
        target="32",
        decision="Affiancamento: 32 coppie entro la fine, non 40",
        reason="Due aziende non possono dare mentori quest'anno.",
    ),
    "Faster first help": Looked(
        -45,
        "adjust_activity",
        "Da 45 a 38 giorni.",
        "Metà dell'attesa resta tra la visita e la prima telefonata.",
        "I residenti hanno chiesto un numero solo da chiamare.",
    ),
}
REVIEWS_EN = {
    "Good placements for most students": Looked(
        -40,
        "keep",
        "Ahead of the line since March.",
        "",
        "Hosts asked to start after nine; students are fine with it.",
    ),
}
# What they say of another target: one is not sure yet, one has not answered.
REVISED: dict[str, tuple[Said, ...]] = {
    "istituto": (Said(4, 4, "Meglio 32 coppie che durano."),),
    "officine": (Said(6, 2, "Anche 32 chiede due ore al mese pagate."),),
    "comune": (),
}
WANTED = {"it": "Elenco o verbale firmato", "en": "A signed list or the minutes"}


def bring_in_reviews(cast: Cast, story: Story, goal: Goal, aim: Aim) -> Goal:
    """Who looks after the milestones, a review of some goals, and what it changed."""
    if not aim.adopted:
        return goal
    for milestone in goal.milestones.order_by("due_on", "id"):
        change_milestone(
            milestone=milestone,
            by=cast.coordinator,
            owner_member=goal.owner_member,
            owner_person=goal.owner_person,
            evidence_wanted=WANTED[cast.space.language],
        )
    looked = (REVIEWS if cast.space.language == "it" else REVIEWS_EN).get(aim.title_en)
    return bring_in_review(cast, story, goal, aim, looked, stands=REVISED) if looked else goal


def bring_in_review(
    cast: Cast, story: Story, goal: Goal, aim: Aim, looked: Looked, *, stands: dict[str, tuple[Said, ...]]
) -> Goal:
    """One review, the other target it came to, and where the partners stand on that."""
    goal = _review(cast, goal, looked)
    if looked.target:
        _answer(cast, story, goal, aim, begun=looked.on, stands=stands)
    return goal


def _review(cast: Cast, goal: Goal, looked: Looked) -> Goal:
    with on_day(looked.on) as moment:
        today, decision = moment.date(), None
        if looked.decision:
            decision = record_decision(
                partnership=goal.partnership,
                by=cast.coordinator,
                title=looked.decision,
                subject="goals",
                outcome="decided",
                method="consent",
                decided_on=today,
            )
        review_goal(
            goal=goal,
            by=cast.coordinator,
            today=today,
            reviewed_on=today,
            choice=looked.choice,
            progress=looked.progress,
            cause=looked.cause,
            feedback=looked.feedback,
            decision=decision,
        )
        if not looked.target:
            return goal
        return change_goal(
            goal=goal,
            by=cast.coordinator,
            today=today,
            target_value=Decimal(looked.target),
            reason=looked.reason,
            decision=decision,
        )


def bring_in_adoption(cast: Cast, story: Story, goal: Goal, aim: Aim, today: date) -> Goal:
    """Propose a goal, ask the partners and adopt it; in a light partnership it is proposed only and asked lately."""
    if not aim.adopted:
        return _ask_lately(cast, story, goal, aim)
    goal = move_goal(goal=goal, to=Goal.State.PROPOSED, by=cast.coordinator, today=today)
    goal = move_goal(goal=goal, to=Goal.State.IN_ENDORSEMENT, by=cast.coordinator, today=today)
    _answer(cast, story, goal, aim, begun=aim.starts)
    with on_day(aim.starts + ASKED_FOR) as moment:
        goal = adopt_goal(goal=goal, by=cast.coordinator, today=moment.date())
        return move_goal(goal=goal, to=Goal.State.ACTIVE, by=cast.coordinator, today=moment.date())


def _ask_lately(cast: Cast, story: Story, goal: Goal, aim: Aim) -> Goal:
    with on_day(ASKED_LATELY) as moment:
        goal = move_goal(goal=goal, to=Goal.State.PROPOSED, by=cast.coordinator, today=moment.date())
        goal = move_goal(goal=goal, to=Goal.State.IN_ENDORSEMENT, by=cast.coordinator, today=moment.date())
    _answer(cast, story, goal, aim, begun=ASKED_LATELY)
    return goal


def _answer(
    cast: Cast, story: Story, goal: Goal, aim: Aim, *, begun: int, stands: dict[str, tuple[Said, ...]] | None = None
) -> None:
    stands = STANDS.get(aim.title_en, {}) if stands is None else stands
    places = {place.member_id: place for place in Endorsement.objects.filter(round__goal=goal, round__outcome="open")}
    for position, (key, _role) in enumerate(story.members):
        place = places.get(cast.members[story.slug, key].pk)
        if place is None or key in SILENT.get(aim.title_en, ()):
            continue
        for said in stands.get(key, (Said(2 + position, 5),)):
            _say(cast, place, key, said, begun=begun)
    if heard := VOICES.get(story.slug):
        with on_day(begun + heard.after) as moment:
            record_voice(
                goal=goal,
                group=cast.organisations[heard.group],
                position=heard.position,
                comment=heard.words,
                said_by=heard.said_by,
                heard_on=moment.date(),
                heard_how=heard.how,
                by=cast.coordinator,
                today=moment.date(),
            )


def _say(cast: Cast, place: Endorsement, key: str, said: Said, *, begun: int) -> None:
    person = cast.who_commits(key)
    with on_day(begun + said.after):
        answer_endorsement(
            endorsement=place,
            position=said.position,
            comment=said.words,
            by=LinkHolder(person=person, link_id=new_id()),
        )
