"""Community and university (domain templates, CU)."""

from decimal import Decimal

from goals.kits.kit import (
    Direction,
    Frequency,
    GoalKit,
    Kind,
    KitCommunityNeed,
    KitGoal,
    KitIndicator,
    KitMilestone,
    KitRisk,
    Unit,
    figures,
)

INDICATORS = (
    KitIndicator(
        "CU-I1",
        "Residents' questions answered and returned in plain language",
        "Domande dei residenti con risposta restituita in linguaggio semplice",
        "review board minutes",
        "verbali del comitato di revisione",
        unit_label_en="questions",
        unit_label_it="domande",
        baseline=figures(0),
        definition_en=(
            "Counts a question chosen by residents whose answer was told back to them in plain language. Does not"
            " count reports nobody presented."
        ),
        definition_it=(
            "Conta una domanda scelta dai residenti la cui risposta è stata riportata loro in parole semplici. "
            "Non contano i rapporti mai presentati."
        ),
    ),
    KitIndicator(
        "CU-I2",
        "Students who complete at least 30 hours confirmed by the host with a reflection piece",
        "Studenti che completano almeno 30 ore confermate dall'ente ospitante con una riflessione scritta",
        "host sheets",
        "schede degli enti ospitanti",
        unit_label_en="students",
        unit_label_it="studenti",
        baseline=figures(0),
        definition_en=(
            "Counts a student with 30 hours confirmed by the host and a written reflection. Does not count hours alone."
        ),
        definition_it=(
            "Conta chi ha 30 ore confermate dall'ente ospitante e una riflessione scritta. Non bastano le ore."
        ),
    ),
    KitIndicator(
        "CU-I3",
        "Decisions that used the results",
        "Decisioni che hanno usato i risultati",
        "decision documents",
        "atti delle decisioni",
        kind=Kind.OUTCOME,
        frequency=Frequency.HALF_YEARLY,
        unit_label_en="decisions",
        unit_label_it="decisioni",
        baseline=figures(0),
        definition_en=(
            "Counts a decision whose document names the results. Does not count meetings where they were only "
            "presented."
        ),
        definition_it=(
            "Conta una decisione il cui atto cita i risultati. Non contano gli incontri in cui sono stati solo "
            "presentati."
        ),
    ),
    KitIndicator(
        "CU-I4",
        "Hosts who would take students again",
        "Enti che riaccoglierebbero studenti",
        "host form",
        "modulo degli enti ospitanti",
        kind=Kind.PROCESS,
        unit=Unit.PERCENT,
    ),
    KitIndicator(
        "CU-I5",
        "Share of the budget reaching community partners",
        "Quota del budget che arriva ai partner della comunità",
        "budget",
        "piano economico",
        kind=Kind.PROCESS,
        unit=Unit.PERCENT,
        frequency=Frequency.YEARLY,
    ),
    KitIndicator(
        "CU-I6",
        "Publications reviewed by the community board before release",
        "Pubblicazioni riviste dal comitato prima dell'uscita",
        "register",
        "registro",
        kind=Kind.PROCESS,
        unit=Unit.PERCENT,
    ),
    KitIndicator(
        "CU-I7",
        "Residents taking part as researchers",
        "Residenti che partecipano come ricercatori",
        "register of participants, each person once",
        "registro dei partecipanti, ogni persona una volta",
        unit=Unit.UNIQUE_PEOPLE,
        frequency=Frequency.HALF_YEARLY,
        unit_label_en="residents",
        unit_label_it="residenti",
    ),
    KitIndicator(
        "CU-I8",
        "Themes students name when asked what they learned",
        "Temi che gli studenti indicano quando si chiede che cosa hanno imparato",
        "reflection pieces, coded",
        "riflessioni scritte, codificate",
        kind=Kind.OUTCOME,
        unit_label_en="themes",
        unit_label_it="temi",
    ),
)

GOALS = (
    KitGoal(
        "CU-G1",
        "Answers to residents' questions",
        "Risposte alle domande dei residenti",
        Direction.ESTABLISH,
        "residents of the area",
        "i residenti della zona",
        "the area named in the agreement",
        "la zona indicata nell'accordo",
        "CU-I1",
        Decimal(3),
        540,
        (
            KitMilestone("Questions chosen", "Domande scelte", 60),
            KitMilestone("Ethics approval given", "Parere etico favorevole", 120),
            KitMilestone("First return event held", "Primo evento di restituzione svolto", 300),
        ),
        "Meeting times, translation, compensation.",
        "Orari degli incontri, traduzione, compensi.",
    ),
    KitGoal(
        "CU-G2",
        "Students learn by useful service",
        "Studenti che imparano con un servizio utile",
        Direction.INCREASE,
        "enrolled students",
        "studenti iscritti",
        "the area named in the agreement",
        "la zona indicata nell'accordo",
        "CU-I2",
        Decimal(60),
        420,
        (
            KitMilestone("Course approved", "Corso approvato", 90),
            KitMilestone("First 25 students done", "Primi 25 studenti al traguardo", 240),
        ),
        "Flexible hours for students who work or care for others.",
        "Orari flessibili per studenti che lavorano o assistono qualcuno.",
    ),
    KitGoal(
        "CU-G3",
        "Knowledge is used",
        "Conoscenza che viene usata",
        Direction.INCREASE,
        "community organisations taking part",
        "le organizzazioni della comunità che partecipano",
        "the area named in the agreement",
        "la zona indicata nell'accordo",
        "CU-I3",
        Decimal(4),
        600,
        (
            KitMilestone("Calendar of coming decisions drawn up", "Calendario delle decisioni in arrivo pronto", 120),
            KitMilestone("A plan of use for each study", "Un piano di utilizzo per ogni studio", 320),
            KitMilestone("Second decision recorded", "Seconda decisione registrata", 460),
        ),
        "Small groups get help to use the results.",
        "I gruppi piccoli ricevono aiuto per usare i risultati.",
    ),
)

NEEDS = (
    KitCommunityNeed(
        "CU-CN1",
        "Decisions on our area are taken with data we did not choose and never see again.",
        "Sul nostro territorio si decide con dati che non abbiamo scelto e che non rivediamo più.",
        "residents whose lives are studied or served",
        "residenti la cui vita è oggetto di studi o di servizi",
    ),
)

RISKS = (
    KitRisk(
        "CU-K1",
        "Terms against community time",
        "Calendario accademico contro tempi della comunità",
        "A contact person all year.",
        "Un referente tutto l'anno.",
    ),
    KitRisk(
        "CU-K2",
        "Residents studied too often",
        "Residenti studiati troppe volte",
        "A register of past studies, no new data where an old answer exists.",
        "Un registro degli studi passati, niente nuovi dati se la risposta c'è già.",
    ),
    KitRisk(
        "CU-K3",
        "Unwelcome results",
        "Risultati scomodi",
        "A rule on publishing agreed before.",
        "Una regola sulla pubblicazione concordata prima.",
    ),
    KitRisk(
        "CU-K4",
        "Staff on short contracts",
        "Contratti brevi",
        "A deputy on both sides.",
        "Un vice da entrambe le parti.",
    ),
)

COMMUNITY_UNIVERSITY = GoalKit("CU", INDICATORS, GOALS, NEEDS, RISKS)
