"""Order, steps and evidence of some demo tasks, and what was promised in talks, meetings and the agreement."""

from dataclasses import dataclass

from core.models import User
from core.web.space import absolute
from partnerships.models import Commitment, Partnership, Representative, Task, TaskCheck
from partnerships.operations.commitment import (
    ask_release,
    confirm_commitment,
    keep_commitment,
    move_commitment,
    record_commitment,
    release_commitment,
)
from partnerships.operations.commitment_link import make_commitment_link
from partnerships.operations.task_evidence import show_evidence
from partnerships.operations.task_plan import plan_task, tick_steps
from partnerships.operations.task_update import update_task
from partnerships.rules.authority import LinkHolder
from partnerships.rules.task_evidence import Shown
from reports.demo.clock import day, on_day
from reports.demo.people import Cast
from reports.demo.story import Story
from reports.demo.work import acting

Source = Commitment.Source


@dataclass(frozen=True)
class Plan:
    """What a task waits for and of which steps it consists (the first ``made`` are), and its evidence."""

    task: str
    waits_for: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    made: int = 0
    hours: int | None = None
    shown: str = ""


@dataclass(frozen=True)
class Word:
    """A promise: who, what, where, its day, the day it was given, and what became of it.

    ``is_unconfirmed``: the organisation has not said yet that it is its promise.
    """

    member: str
    title: str
    source: str
    reference: str
    due: int | None
    said: int
    kept: int | None = None
    evidence: str = ""
    released: str = ""
    moved: tuple[int, str] | None = None
    is_unconfirmed: bool = False


@dataclass(frozen=True)
class Promises:
    """What stands around the tasks of one partnership; ``slip`` is a task, its new day and the reason."""

    plans: tuple[Plan, ...] = ()
    words: tuple[Word, ...] = ()
    slip: tuple[str, int, str] | None = None


TOLD = {
    "scuola-lavoro": Promises(
        plans=(
            Plan(
                "Preparare l'attestato delle competenze",
                steps=("Raccogliere le schede dei tutor", "Scrivere il modello", "Farlo leggere alle aziende"),
                made=2,
                hours=12,
            ),
            Plan(
                "Secondo ciclo di esperienze",
                waits_for=("Trasporto per le sedi fuori paese", "Cercare quindici nuovi mentori"),
                hours=60,
            ),
            Plan("Organizzare l'evento di ringraziamento", waits_for=("Preparare l'attestato delle competenze",)),
            Plan("Visite in azienda di primavera", shown="Foto e firme nel registro delle visite"),
        ),
        slip=("Trasporto per le sedi fuori paese", 90, "L'ufficio mobilità risponde solo dopo la gara."),
        words=(
            Word("officine", "Due posti in più nel secondo ciclo", Source.MEETING, "riunione di primavera", -20, -70,
                 kept=-24, evidence="Convenzione firmata per due posti"),
            Word("caseificio", "Scarpe antinfortunistiche per gli studenti", Source.SPOKEN, "telefonata", -35, -60,
                 kept=-21, evidence="Bolla di consegna"),
            Word("artigiani", "Elenco delle botteghe disponibili", Source.MEETING, "riunione d'estate", -9, -50),
            Word("comune", "Sala consiliare per gli incontri", Source.AGREEMENT_CLAUSE, "articolo 9", 30, -200),
            Word("istituto", "Un pomeriggio al mese per i tutor", Source.AGREEMENT_CLAUSE, "articolo 8", 20, -200,
                 moved=(45, "Il nuovo orario parte dopo le vacanze.")),
            Word("caseificio", "Visita aperta alle famiglie", Source.SPOKEN, "fiera di paese", -30, -90,
                 released="Il reparto è chiuso per lavori fino all'estate."),
        ),
    ),
    "vicini-di-casa": Promises(
        plans=(Plan("Incontro pubblico sui risultati", waits_for=("Rendiconto trimestrale delle spese",)),),
        words=(
            Word("argento", "Due accompagnamenti alla settimana", Source.MEETING, "tavolo sui casi", -15, -40,
                 kept=-16, evidence="Registro degli accompagnamenti"),
            Word("asl", "Numero diretto per i volontari", Source.SPOKEN, "colloquio in ambulatorio", 12, -10,
                 is_unconfirmed=True),
        ),
    ),
    "first-job": Promises(
        plans=(
            Plan(
                "Book the hall for the thank-you evening",
                waits_for=("Write to former students for mentors",),
                steps=("Ask for two dates", "Check the lift works", "Pay the deposit"),
                made=1,
                hours=4,
            ),
            Plan("Spring placement round", shown="Signed tutor sheets of 41 students"),
        ),
        slip=("Write to former students for mentors", 21, "Letters came back, we are asking by phone."),
        words=(
            Word("boatyard", "Two more places in autumn", Source.MEETING, "spring meeting", -20, -70, kept=-25,
                 evidence="Placement form signed"),
            Word("council", "Bus passes for students from the Row", Source.SPOKEN, "call in May", -30, -60, kept=-12,
                 evidence="Twelve passes handed out"),
            Word("bakery", "Early visits for the whole class", Source.MEETING, "summer meeting", -7, -50),
            Word("academy", "A tutor on call on placement days", Source.AGREEMENT_CLAUSE, "clause 8", 40, -150),
            Word("bakery", "Open evening for families", Source.SPOKEN, "town fair", -20, -80,
                 released="The oven is being rebuilt until summer."),
        ),
    ),
    "good-neighbours": Promises(
        words=(
            Word("surgery", "A direct number for volunteers", Source.SPOKEN, "talk at the surgery", 14, -9,
                 is_unconfirmed=True),
        ),
    ),
}  # fmt: skip


def bring_in_promises(cast: Cast, story: Story, partnership: Partnership) -> None:
    """Plan some tasks, let one slip, and write down what was promised elsewhere."""
    told = TOLD.get(story.slug, Promises())
    tasks = {task.title: task for task in Task.objects.filter(partnership=partnership)}
    for plan in told.plans:
        _plan(cast, tasks, plan)
    if told.slip:
        _slip(cast, story, tasks, told.slip)
    for word in told.words:
        _promise(cast, story, word)


def promise_link(cast: Cast, partnership: Partnership) -> list[dict[str, str]]:
    """A link to one open promise of somebody without an account, as it would be mailed."""
    waiting = Representative.objects.filter(
        member__partnership=partnership, member__commitments__state=Commitment.State.OPEN, person__user=None
    )
    found = waiting.exclude(person__email="").select_related("person").order_by("id").first()
    if found is None:
        return []
    commitment = Commitment.objects.filter(member=found.member_id, state=Commitment.State.OPEN).order_by("number")[0]
    _link, path = make_commitment_link(commitment=commitment, person=found.person, by=cast.coordinator)
    return [{"tenant": cast.tenant.slug, "role": "partner", "what": commitment.title, "start_url": absolute(path)}]


def _plan(cast: Cast, tasks: dict[str, Task], plan: Plan) -> None:
    task = tasks[plan.task]
    with on_day(-2):
        waits_for = [tasks[title] for title in plan.waits_for]
        plan_task(task=task, by=cast.coordinator, effort_hours=plan.hours, waits_for=waits_for, checklist=plan.steps)
        made = TaskCheck.objects.filter(task=task).order_by("position").values_list("pk", flat=True)[: plan.made]
        tick_steps(task=task, done=set(made))
        if plan.shown:
            show_evidence(task=task, by=cast.coordinator, shown=Shown(note=plan.shown))


def _slip(cast: Cast, story: Story, tasks: dict[str, Task], slip: tuple[str, int, str]) -> None:
    title, due, reason = slip
    work = next(work for work in story.tasks if work.title == title)
    with on_day(-1) as moment:
        who = acting(cast.who_commits(work.member))
        update_task(task=tasks[title], by=who, due_on=day(due).date(), note=reason, today=moment.date())


def _promise(cast: Cast, story: Story, word: Word) -> None:
    who = acting(cast.who_commits(word.member))
    with on_day(word.said):
        commitment = record_commitment(
            member=cast.members[story.slug, word.member],
            title=word.title,
            source=word.source,
            reference=word.reference,
            due_on=day(word.due).date() if word.due is not None else None,
            by=cast.coordinator,
        )
        if not word.is_unconfirmed:
            confirm_commitment(commitment=commitment, by=who, today=day(word.said).date())
    _tell(commitment, word, who, cast.coordinator)


def _tell(commitment: Commitment, word: Word, who: User | LinkHolder, coordinator: User) -> None:
    with on_day(word.kept if word.kept is not None else -3) as moment:
        today = moment.date()
        if word.kept is not None:
            keep_commitment(commitment=commitment, by=who, shown=Shown(note=word.evidence), today=today)
        elif word.released:
            ask_release(commitment=commitment, reason=word.released, by=who)
            release_commitment(commitment=commitment, reason=word.released, by=coordinator)
        elif word.moved:
            due, reason = word.moved
            move_commitment(commitment=commitment, due_on=day(due).date(), reason=reason, by=who, today=today)
