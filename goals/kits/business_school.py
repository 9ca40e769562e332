"""Business and school (domain templates, BS)."""

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
        "BS-I1",
        "Students completing a placement with positive assessment",
        "Studenti che concludono l'esperienza in azienda con valutazione positiva",
        "tutor sheets",
        "schede dei tutor",
        kind=Kind.OUTCOME,
        unit=Unit.PERCENT,
        baseline=figures(40, 180),
        definition_en=(
            "Counts a student whose placement ended with a positive assessment by school and host. Out of all "
            "students who could do one. Does not count visits of a day."
        ),
        definition_it=(
            "Conta chi conclude l'esperienza con valutazione positiva di scuola e azienda. Su tutti gli studenti "
            "che potevano farla. Non contano le visite di un giorno."
        ),
    ),
    KitIndicator(
        "BS-I2",
        "Mentoring pairs active six months or more",
        "Coppie di mentoring attive da almeno sei mesi",
        "mentor log",
        "registro dei mentori",
        frequency=Frequency.MONTHLY,
        unit_label_en="pairs",
        unit_label_it="coppie",
        baseline=figures(0),
        definition_en=(
            "Counts a pair of mentor and student with at least one talk a month for six months. Does not count "
            "pairs that stopped."
        ),
        definition_it=(
            "Conta una coppia di mentore e studente con almeno un colloquio al mese da sei mesi. Non contano le "
            "coppie che si sono fermate."
        ),
    ),
    KitIndicator(
        "BS-I3",
        "Students who can name a next step and a reason",
        "Studenti che sanno indicare un prossimo passo e perché",
        "the same students before and after",
        "gli stessi studenti prima e dopo",
        kind=Kind.OUTCOME,
        unit=Unit.PERCENT,
        frequency=Frequency.HALF_YEARLY,
        baseline=figures(21, 60),
        definition_en=(
            "Counts a student who names one next step and one reason in the form. Out of all who answered before "
            "and after."
        ),
        definition_it=(
            "Conta chi nel modulo indica un prossimo passo e un motivo. Su chi ha risposto sia prima sia dopo."
        ),
    ),
    KitIndicator(
        "BS-I4",
        "Firms offering at least one suitable place",
        "Aziende che offrono almeno un posto adeguato",
        "offers register",
        "registro delle offerte",
        unit_label_en="firms",
        unit_label_it="aziende",
    ),
    KitIndicator(
        "BS-I5",
        "Places used by students with least means or a disability",
        "Posti assegnati a studenti con meno mezzi o con disabilità",
        "school data in aggregate: their share of places divided by their share of students",
        "dati aggregati della scuola: quota dei posti divisa per quota degli studenti",
        kind=Kind.PROCESS,
        unit=Unit.MEAN,
        frequency=Frequency.YEARLY,
    ),
    KitIndicator(
        "BS-I6",
        "Contacts started with all checks and training done",
        "Contatti avviati con verifiche e formazione complete",
        "safeguarding register",
        "registro della tutela",
        kind=Kind.PROCESS,
        unit=Unit.PERCENT,
        frequency=Frequency.MONTHLY,
    ),
    KitIndicator(
        "BS-I7",
        "How students rate the experience, from 1 to 5",
        "Giudizio degli studenti sull'esperienza, da 1 a 5",
        "form after the placement",
        "modulo dopo l'esperienza",
        kind=Kind.OUTCOME,
        unit=Unit.MEDIAN,
    ),
    KitIndicator(
        "BS-I8",
        "Young people neither in work nor study in the area",
        "Giovani del territorio che non studiano e non lavorano",
        "official statistics",
        "statistiche ufficiali",
        kind=Kind.CONTEXT,
        unit=Unit.PERCENT,
        frequency=Frequency.YEARLY,
        wants_increase=False,
    ),
)

GOALS = (
    KitGoal(
        "BS-G1",
        "Good placements for most students",
        "Buone esperienze in azienda per la maggior parte degli studenti",
        Direction.INCREASE,
        "students in the last three years",
        "studenti dell'ultimo triennio",
        "the school catchment",
        "il territorio della scuola",
        "BS-I1",
        Decimal(60),
        365,
        (
            KitMilestone("Ten hosts signed", "Dieci aziende ospitanti hanno firmato", 60),
            KitMilestone("Half of the places done", "Metà delle esperienze concluse", 200),
        ),
        "Places kept for students with disability or low means; travel refund.",
        "Posti riservati a studenti con disabilità o con pochi mezzi; rimborso dei viaggi.",
    ),
    KitGoal(
        "BS-G2",
        "Lasting mentoring",
        "Affiancamento duraturo con un mentore",
        Direction.INCREASE,
        "students aged 15 to 18 who asked for a mentor",
        "studenti tra i 15 e i 18 anni che hanno chiesto un mentore",
        "the school and the firms",
        "la scuola e le aziende",
        "BS-I2",
        Decimal(40),
        420,
        (
            KitMilestone("25 mentors trained and checked", "25 mentori formati e verificati", 75),
            KitMilestone("Mid-way talk held", "Confronto intermedio svolto", 240),
        ),
        "Mentors offered first to students without family contacts.",
        "Mentori proposti prima a chi non ha contatti in famiglia.",
    ),
    KitGoal(
        "BS-G3",
        "Students know a next step",
        "Gli studenti sanno qual è il prossimo passo",
        Direction.INCREASE,
        "final-year students",
        "studenti dell'ultimo anno",
        "the school",
        "la scuola",
        "BS-I3",
        Decimal(55),
        300,
        (
            KitMilestone("First talks held", "Primi colloqui svolti", 60),
            KitMilestone("Second wave of talks held", "Seconda serie di colloqui svolta", 270),
        ),
        "Results compared by track and gender, small groups hidden.",
        "Risultati confrontati per indirizzo e genere, gruppi piccoli nascosti.",
    ),
)

NEEDS = (
    KitCommunityNeed(
        "BS-CN1",
        "Many students leave school without having seen a workplace or spoken with someone who knows the trades"
        " they like.",
        "Molti studenti finiscono la scuola senza aver visto un luogo di lavoro né parlato con chi conosce i mestieri"
        " che interessano loro.",
        "students and their families, first of all those with few contacts at work",
        "studenti e famiglie, prima di tutto chi ha meno contatti nel mondo del lavoro",
    ),
)

RISKS = (
    KitRisk(
        "BS-K1",
        "Too few places",
        "Pochi posti",
        "Share a smaller pool of hosts.",
        "Si condivide un gruppo più piccolo di aziende.",
    ),
    KitRisk(
        "BS-K2",
        "A mentor leaves",
        "Un mentore lascia",
        "Keep a reserve list.",
        "Si tiene una lista di riserva.",
    ),
    KitRisk(
        "BS-K3",
        "Only confident students apply",
        "Si candidano solo gli studenti più sicuri",
        "Invite actively.",
        "Si invita di persona.",
    ),
    KitRisk(
        "BS-K4",
        "Something happens",
        "Succede qualcosa",
        "The safeguarding procedure is known to all.",
        "La procedura di tutela è nota a tutti.",
    ),
)

BUSINESS_SCHOOL = GoalKit("BS", INDICATORS, GOALS, NEEDS, RISKS)
