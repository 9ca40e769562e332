"""Why the demo's partnerships do what they do: what residents need, how change comes about, what could go wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import translation

from engagement.models import Theme
from engagement.operations.theme_goal import suggest_goal_from
from engagement.operations.theme_need import set_theme_needs
from engagement.queries.theme_goal import first_words_of
from goals.models import Goal, Need, TocNode
from goals.operations.need import add_need, move_need, support_need
from goals.operations.risk import add_risk, move_risk
from goals.operations.theory import add_step, begin_theory, link_steps
from goals.operations.why import set_goal_reasons
from partnerships.models import Partnership
from reports.demo.clock import day, on_day
from reports.demo.people import Cast
from reports.demo.story import Story


@dataclass(frozen=True)
class Want:
    """A need: its sentence and who lives it in both languages, how it is known, who finds it pressing.

    ``goals`` and ``theme`` are places in the story's goals and answers.
    """

    statement: tuple[str, str]
    affected: tuple[str, str]
    place: str
    evidence: str = ""
    source: str = ""
    known: int | None = None
    pressing: tuple[str, ...] = ()
    state: str = ""
    goals: tuple[int, ...] = ()
    theme: int | None = None


@dataclass(frozen=True)
class Move:
    """A step of the way to change; ``to`` are places of other steps, each with assumption, evidence, outside factors."""

    level: str
    words: tuple[str, str]
    to: tuple[tuple[int, str, str, str], ...] = ()
    place: str = ""
    time: str = ""
    goal: int | None = None


@dataclass(frozen=True)
class Danger:
    """A risk; ``owner`` is an organisation, ``look`` the day of the next review, ``goal`` a place in the story."""

    event: str
    cause: str
    effect: str
    likelihood: int
    impact: int
    owner: str = ""
    response: str = ""
    actions: str = ""
    look: int | None = None
    state: str = ""
    goal: int | None = None


WANTS: dict[str, tuple[Want, ...]] = {
    "scuola-lavoro": (
        Want(
            ("Students choose a trade they have never seen", "Gli studenti scelgono un mestiere che non hanno mai visto"),
            ("Students in the last three years", "Studenti dell'ultimo triennio"),
            "Borgo San Lento", "survey", "Questionario dell'istituto a 180 studenti, classi terze e quarte", -390,
            ("istituto", "artigiani", "officine"), "in_progress", (0,),
        ),
        Want(
            ("Who has no car does not reach the firms in time", "Chi non ha l'auto non arriva in orario nelle aziende"),
            ("Families in the outlying hamlets", "Famiglie delle frazioni"),
            "Frazioni Molino e Montefosco", "lived_experience", "Messaggi dei residenti e colloqui con otto famiglie", -70,
            ("comune", "istituto"), "in_progress", (0,), 0,
        ),
        Want(
            ("Nobody to ask once the placement is over", "Finita l'esperienza, nessuno a cui chiedere"),
            ("Students without contacts in the family", "Studenti senza contatti in famiglia"),
            "Borgo San Lento", "meeting", "Verbale del confronto con studenti e famiglie", -92,
            ("istituto",), "", (1,), 1,
        ),
        Want(
            ("Small firms do not know what they may let a student do", "Le piccole aziende non sanno che cosa può fare uno studente"),
            ("Host tutors", "Tutor aziendali"), "Borgo San Lento", pressing=("artigiani",),
        ),
    ),
    "vicini-di-casa": (
        Want(
            ("Who lives alone does not know whom to call", "Chi vive da solo non sa a chi rivolgersi"),
            ("420 residents over 65 who live alone", "420 residenti oltre i 65 anni che vivono soli"),
            "Quartiere Fontanelle", "statistic", "Anagrafe comunale, famiglie di una persona", -260,
            ("filoteso", "asl", "fontanelle", "argento"), "in_progress", (0, 1),
        ),
        Want(
            ("Family carers wait weeks for a call back", "Chi assiste un familiare aspetta settimane una risposta"),
            ("Family carers, most of them women", "Chi assiste un familiare, per lo più donne"),
            "Quartiere Fontanelle", "service_data", "Registro dello sportello sociale, tempi di attesa", -230,
            ("fontanelle", "filoteso"), "in_progress", (0,), 0,
        ),
        Want(
            ("No place to sit down on the way to the market", "Nessun posto dove sedersi andando al mercato"),
            ("Older people with walking difficulties", "Anziani che camminano a fatica"),
            "Via delle Fontanelle", "meeting", "Assemblea di quartiere", -60, ("fontanelle",), "", (), 1,
        ),
    ),
    "sapere-comune": (
        Want(
            ("Residents never hear what became of the research on their streets", "I residenti non sanno mai che fine fanno le ricerche sul quartiere"),
            ("Who answered questionnaires in the last years", "Chi negli ultimi anni ha risposto ai questionari"),
            "Borgo San Lento", pressing=("fontanelle",),
        ),
    ),
    "first-job": (
        Want(
            ("Leavers without contacts find no placement", "Chi finisce la scuola senza contatti non trova un posto"),
            ("A third of years 11 to 13", "Un terzo degli ultimi tre anni"),
            "Eastmere", "survey", "Leavers' survey of Quayside Academy, 118 answers", -310,
            ("academy", "boatyard"), "in_progress", (0,),
        ),
        Want(
            ("A whole week away is too much for a first look", "Una settimana intera è troppo per un primo sguardo"),
            ("Shy students and those who care for somebody", "Studenti timidi o che assistono qualcuno"),
            "Eastmere", "lived_experience", "Messages of residents", -38, ("academy",), "", (0,), 0,
        ),
    ),
    "good-neighbours": (
        Want(
            ("Small problems grow because nobody answers", "I piccoli problemi crescono perché nessuno risponde"),
            ("People who live alone on Tanners Row", "Chi vive solo a Tanners Row"),
            "Tanners Row", "service_data", "Call register of the surgery", -160, ("trust", "tenants"), "in_progress", (0,),
        ),
        Want(
            ("The stairwell is dark", "Le scale sono al buio"), ("Thirty households", "Trenta famiglie"),
            "Tanners Row", "meeting", "Meeting on the Row", -12, ("tenants",),
        ),
    ),
    "open-questions": (
        Want(
            ("Nobody asks residents what should be found out", "Nessuno chiede ai residenti che cosa andrebbe studiato"),
            ("Residents of Tanners Row", "Residenti di Tanners Row"), "Eastmere", pressing=("tenants",),
        ),
    ),
}  # fmt: skip

MOVES: dict[str, tuple[Move, ...]] = {
    "scuola-lavoro": (
        Move("impact", ("Young people stay because they found work they like", "I giovani restano perché hanno trovato un lavoro che piace"), place="Borgo San Lento"),
        Move(
            "outcome", ("Students choose after having seen a trade", "Gli studenti scelgono dopo aver visto un mestiere"),
            ((0, "Ci sono posti di lavoro in paese per chi sceglie di restare", "weak", "L'andamento delle imprese della valle"),),
            time="2027", goal=0,
        ),
        Move(
            "outcome", ("Who has no contacts has a grown-up to ask", "Chi non ha contatti ha un adulto a cui chiedere"),
            ((1, "Il mentore risponde anche dopo la fine dell'esperienza", "moderate", ""),), goal=1,
        ),
        Move("output", ("130 places with a trained tutor", "130 posti con un tutor formato"), ((1, "La settimana in azienda non serve solo a fare fotocopie", "moderate", ""),)),
        Move("output", ("Forty mentors", "Quaranta mentori"), ((2, "Gli orari di azienda e scuola si incrociano", "weak", "Turni delle aziende"),)),
        Move("activity", ("Agree with ten hosts", "Firmare con dieci sedi ospitanti"), ((3, "", "strong", ""),)),
        Move("activity", ("Train tutors and mentors", "Formare tutor e mentori"), ((3, "", "none", ""), (4, "", "none", ""))),
        Move("input", ("300 hours of company tutors", "300 ore dei tutor aziendali"), ((5, "", "strong", ""), (6, "", "strong", ""))),
        Move("input", ("The foundation's grant", "Il contributo della Fondazione"), ((6, "", "strong", ""),)),
    ),
    "vicini-di-casa": (
        Move("long_outcome", ("Fewer people end up in hospital for loneliness and neglect", "Meno persone finiscono in ospedale per solitudine e trascuratezza")),
        Move(
            "outcome", ("Who asks gets first help within twenty days", "Chi chiede ha un primo aiuto entro venti giorni"),
            ((0, "Un aiuto precoce evita che un piccolo problema cresca", "moderate", "Posti letto e medici di base"),), goal=0,
        ),
        Move("outcome", ("Every isolated person has somebody who follows them", "Ogni persona sola ha qualcuno che la segue"), ((0, "", "weak", ""),), goal=1),
        Move("output", ("One desk, open three days", "Uno sportello, aperto tre giorni"), ((1, "Le persone si fidano dello sportello", "weak", ""),)),
        Move("output", ("Twenty volunteers who call and visit", "Venti volontari che telefonano e fanno visita"), ((2, "La gente apre la porta a un volontario che non conosce", "none", ""),)),
        Move("activity", ("Agree on who goes first", "Concordare chi ha la precedenza"), ((3, "", "strong", ""),)),
        Move("activity", ("Knock on every door", "Bussare porta a porta"), ((3, "", "moderate", ""), (4, "", "none", ""))),
    ),
    "first-job": (
        Move("outcome", ("Leavers choose after seeing real work", "Chi finisce sceglie dopo aver visto un lavoro vero"), time="2027", goal=0),
        Move("output", ("Seventy places with a tutor", "Settanta posti con un tutor"), ((0, "Hosts give real work, not errands", "moderate", "Orders at the boatyard"),)),
        Move("activity", ("Open Saturdays at the boatyard", "Sabati aperti al cantiere"), ((1, "Who came once comes for a week", "weak", ""),)),
        Move("activity", ("Brief tutors on safeguarding", "Formare i tutor sulla tutela"), ((1, "", "strong", ""),)),
    ),
    "good-neighbours": (
        Move("impact", ("People grow old at home and are not alone", "Le persone invecchiano a casa e non sono sole"), place="Riverside"),
        Move(
            "outcome", ("Who asks for help gets it within days", "Chi chiede aiuto lo riceve in pochi giorni"),
            ((0, "Help that comes quickly keeps people out of hospital", "moderate", "Waiting times of the clinic"),), goal=0,
        ),
        Move("output", ("One number that is answered every day", "Un numero unico a cui si risponde ogni giorno"), ((1, "People know the number", "weak", ""),)),
        Move("activity", ("Train twelve volunteers for the phone", "Formare dodici volontari per il telefono"), ((2, "", "moderate", ""),)),
    ),
}  # fmt: skip

# The light partnership begins with three questions: change, conditions, activities.
BEGUN: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "sapere-comune": (
        "I residenti usano le risposte che hanno chiesto",
        ("Domande scelte dai residenti", "Risposte in parole semplici"),
        ("Incontri aperti in biblioteca",),
    ),
}

DANGERS: dict[str, tuple[Danger, ...]] = {
    "scuola-lavoro": (
        Danger(
            "I mentori confermati non bastano", "Gli orari di aziende e scuola si incrociano poco",
            "Chi non ha contatti resta senza nessuno a cui chiedere", 4, 4, "artigiani", "reduce",
            "Mentori anche la sera e in videochiamata; chiedere agli ex allievi.", -6, "treated", 1,
        ),
        Danger(
            "La navetta non parte", "Manca il via libera dell'ufficio mobilità",
            "Chi abita nelle frazioni perde il posto", 3, 4, "comune", "share",
            "Il Comune chiede un passaggio ai bus della valle; le aziende spostano il turno alle 9.", 25, "treated", 0,
        ),
        Danger("Un infortunio in azienda", "Uno studente usa una macchina senza tutor", "Danno alla persona, sospensione delle visite", 2, 5, "officine", "avoid", "Nessuna macchina senza tutor accanto; formazione prima del primo giorno.", 60, "treated", 0),
        Danger("La Fondazione non rinnova", "Bando pluriennale in revisione", "Rimborsi dei viaggi sospesi", 2, 3, look=90),
        Danger("Le schede dei tutor non arrivano", "Tutor in malattia", "Un quadrimestre senza valore", 3, 2, "istituto", "accept", state="occurred"),
    ),
    "vicini-di-casa": (
        Danger(
            "Due enti trattano gli stessi dati senza un accordo", "Il parere sulla privacy tarda",
            "Lo sportello deve fermarsi", 3, 5, "comune", "reduce",
            "Nel frattempo solo codici senza nome; sollecito al responsabile ogni settimana.", -12, "treated",
        ),
        Danger("I volontari si stancano", "Troppe visite per persona", "Persone già seguite restano sole", 3, 3, "argento", "reduce", "Non più di tre persone per volontario; una cena al mese.", 40, "treated", 1),
        Danger("Lo sportello resta senza stanza", "Lavori nell'edificio", "", 2, 3, "comune", "accept", state="closed", goal=0),
    ),
    "first-job": (
        Danger("The boatyard has no room in spring", "Full order book in April and May", "Twenty places fewer", 4, 3, "boatyard", "reduce", "Two rounds in autumn; ask the ferry company.", -3, "treated", 0),
        Danger("Only one person knows how placements are run", "No deputy at the Academy", "Everything stops when she is ill", 3, 4, "academy", look=30),
    ),
    "good-neighbours": (
        Danger("Nobody picks up the phone at weekends", "Two volunteers moved away", "People call the ambulance instead", 3, 4, "tenants", "share", "The surgery's out-of-hours line takes over on Sundays.", 20, "treated", 0),
    ),
}  # fmt: skip


def bring_in_reasons(cast: Cast, story: Story, partnership: Partnership, goals: Sequence[Goal]) -> list[Need]:
    """Needs with their evidence, the way to change, and risks; the goals are tied to them."""
    needs = [_need(cast, story, partnership, want) for want in WANTS.get(story.slug, ())]
    with on_day(max(story.started + 20, -200)):
        outcomes = _way(cast, story, partnership)
    _tie_goals(cast, story, goals, needs, outcomes)
    with on_day(max(story.started + 60, -120)):
        for danger in DANGERS.get(story.slug, ()):
            _risk(cast, story, partnership, goals, danger)
    return needs


def _need(cast: Cast, story: Story, partnership: Partnership, want: Want) -> Need:
    """Written when the partnership had begun, and not before it was known."""
    first = story.started + 12
    with on_day(first if want.known is None else max(first, want.known + 3)) as moment:
        need = add_need(
            partnership=partnership,
            by=cast.coordinator,
            today=moment.date(),
            statement_en=want.statement[0],
            statement_it=want.statement[1],
            affected_en=want.affected[0],
            affected_it=want.affected[1],
            place=want.place,
            evidence=want.evidence,
            source=want.source,
            evidence_on=day(want.known).date() if want.known is not None else None,
        )
        for key in want.pressing:
            support_need(need=need, member=cast.members[story.slug, key], by=cast.coordinator)
        return move_need(need=need, to=want.state, by=cast.coordinator) if want.state else need


def _way(cast: Cast, story: Story, partnership: Partnership) -> dict[int, TocNode]:
    """The steps with their links; returns the change each goal leads to, by the goal's place."""
    if story.slug in BEGUN:
        change, conditions, activities = BEGUN[story.slug]
        language, by = cast.space.language, cast.coordinator
        steps = begin_theory(
            partnership=partnership,
            change=change,
            conditions=conditions,
            activities=activities,
            language=language,
            by=by,
        )
        return {0: steps[0]}
    nodes: list[TocNode] = []
    outcomes = {}
    for move in MOVES.get(story.slug, ()):
        node = add_step(
            partnership=partnership,
            by=cast.coordinator,
            level=move.level,
            text_en=move.words[0],
            text_it=move.words[1],
            place=move.place,
            time=move.time,
        )
        for at, assumption, strength, outside in move.to:
            why = {"assumption": assumption, "strength": strength, "outside": outside}
            link_steps(source=node, target=nodes[at], by=cast.coordinator, **why)
        nodes.append(node)
        if move.goal is not None:
            outcomes[move.goal] = node
    return outcomes


def _tie_goals(
    cast: Cast, story: Story, goals: Sequence[Goal], needs: Sequence[Need], outcomes: Mapping[int, TocNode]
) -> None:
    wants = WANTS.get(story.slug, ())
    for at, goal in enumerate(goals):
        answered = [need for need, want in zip(needs, wants, strict=True) if at in want.goals]
        set_goal_reasons(goal=goal, needs=answered, outcome=outcomes.get(at), by=cast.coordinator)


def tie_themes(cast: Cast, story: Story, partnership: Partnership, needs: Sequence[Need]) -> None:
    """What residents said belongs to the needs it speaks of."""
    wants = WANTS.get(story.slug, ())
    heard = {answer.heard_en: place for place, answer in enumerate(story.answers)}
    for theme in Theme.objects.filter(partnership=partnership):
        said = [need for need, want in zip(needs, wants, strict=True) if want.theme == heard[theme.heard_en]]
        if said:
            set_theme_needs(theme=theme, needs=said, by=cast.coordinator)
    _wish(cast, story, partnership)


# A goal that somebody sees in the first theme of residents, by partnership.
WISHES = {
    "scuola-lavoro": "Quaranta studenti arrivano in azienda con un mezzo che parte in orario",
    "vicini-di-casa": "Chi lavora trova lo sportello aperto due sere alla settimana",
    "first-job": "Thirty students spend a day in a workplace before they choose one",
}


def _wish(cast: Cast, story: Story, partnership: Partnership) -> None:
    """In the public partnership somebody suggests a goal from what residents say, and waits for the answer."""
    text = WISHES.get(story.slug)
    if text is None or not (story.is_public and story.answers):
        return
    published = Theme.objects.filter(partnership=partnership, published_on__isnull=False)
    theme = published.select_related("partnership").filter(heard_en=story.answers[0].heard_en).first()
    if theme is not None:
        with on_day(-6), translation.override(cast.space.language):
            heard = first_words_of(theme)["heard_from"]
            suggest_goal_from(theme=theme, by=cast.coordinator, member=None, text=text, heard_from=heard)


def _risk(cast: Cast, story: Story, partnership: Partnership, goals: Sequence[Goal], danger: Danger) -> None:
    risk = add_risk(
        partnership=partnership,
        by=cast.coordinator,
        event=danger.event,
        cause=danger.cause,
        effect=danger.effect,
        likelihood=danger.likelihood,
        impact=danger.impact,
        owner_member=cast.members[story.slug, danger.owner] if danger.owner else None,
        owner_person=cast.people.get(danger.owner),
        response=danger.response,
        actions=danger.actions,
        review_on=day(danger.look).date() if danger.look is not None else None,
        goal=goals[danger.goal] if danger.goal is not None else None,
    )
    if danger.state:
        move_risk(risk=risk, to=danger.state, by=cast.coordinator)
