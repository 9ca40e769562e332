"""Nonprofits and public bodies (domain templates, NG)."""

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
        "NG-I1",
        "Days from first request to first help",
        "Giorni dalla richiesta al primo aiuto",
        "desk register",
        "registro dello sportello",
        kind=Kind.PROCESS,
        unit=Unit.MEDIAN,
        frequency=Frequency.MONTHLY,
        unit_label_en="days",
        unit_label_it="giorni",
        wants_increase=False,
        baseline=figures(45),
        definition_en=(
            "Days from the first request at the desk to the first help given; half of the people waited less, "
            "half longer. Does not count requests passed on at once."
        ),
        definition_it=(
            "Giorni dalla prima richiesta allo sportello al primo aiuto dato; metà delle persone ha atteso meno, "
            "metà di più. Non contano le richieste girate subito ad altri."
        ),
    ),
    KitIndicator(
        "NG-I2",
        "People with an agreed personal plan",
        "Persone con progetto personale concordato",
        "case register with a pseudonymous code, so that nobody is counted twice",
        "registro dei casi con codice pseudonimo, così nessuno è contato due volte",
        unit=Unit.UNIQUE_PEOPLE,
        frequency=Frequency.MONTHLY,
        unit_label_en="people",
        unit_label_it="persone",
        baseline=figures(0),
        definition_en=(
            "Counts each person once with a plan signed by the person and the service. Does not count plans not "
            "yet signed."
        ),
        definition_it=(
            "Conta una sola volta ogni persona con un progetto firmato da lei e dal servizio. Non contano i "
            "progetti non ancora firmati."
        ),
    ),
    KitIndicator(
        "NG-I3",
        "People who say the main problem is better at the end",
        "Persone che a fine percorso dicono migliorato il problema principale",
        "talk at the start and at the end with the same people",
        "colloquio iniziale e finale con le stesse persone",
        kind=Kind.OUTCOME,
        unit=Unit.PERCENT,
        baseline_due=90,
        definition_en=(
            "Counts a person who says at the end that the main problem is better. Out of all who finished and answered."
        ),
        definition_it=(
            "Conta chi alla fine dice che il problema principale va meglio. Su tutte le persone che hanno "
            "concluso e risposto."
        ),
    ),
    KitIndicator(
        "NG-I4",
        "Plans reviewed on time",
        "Progetti personali rivisti nei tempi",
        "case register",
        "registro dei casi",
        kind=Kind.PROCESS,
        unit=Unit.PERCENT,
    ),
    KitIndicator(
        "NG-I5",
        "Home visits and companionship hours by volunteers",
        "Ore di visita e compagnia dei volontari",
        "hours log",
        "registro delle ore",
        unit=Unit.HOURS,
        frequency=Frequency.MONTHLY,
    ),
    KitIndicator(
        "NG-I6",
        "Decisions taken with the position of users and carers",
        "Decisioni prese con la posizione di utenti e familiari",
        "decision log",
        "registro delle decisioni",
        kind=Kind.PROCESS,
        unit=Unit.PERCENT,
    ),
    KitIndicator(
        "NG-I7",
        "Referrals accepted by the other body within 10 days",
        "Invii accettati dall'altro ente entro 10 giorni",
        "referral log",
        "registro degli invii",
        kind=Kind.PROCESS,
        unit=Unit.PERCENT,
        frequency=Frequency.MONTHLY,
    ),
    KitIndicator(
        "NG-I8",
        "Residents aged 65 and over living alone in the area",
        "Residenti di 65 anni e più del territorio che vivono soli",
        "registry office",
        "anagrafe",
        kind=Kind.CONTEXT,
        frequency=Frequency.YEARLY,
    ),
)

GOALS = (
    KitGoal(
        "NG-G1",
        "Faster first help",
        "Un primo aiuto più rapido",
        Direction.DECREASE,
        "residents aged 65 and over or carers who ask for help",
        "residenti di 65 anni e più o familiari che chiedono aiuto",
        "the neighbourhood",
        "il quartiere",
        "NG-I1",
        Decimal(20),
        365,
        (
            KitMilestone("Single access desk open", "Sportello unico aperto", 45),
            KitMilestone("Triage rule adopted", "Regola di priorità adottata", 60),
        ),
        "Phone and home visit for those who cannot come.",
        "Telefono e visita a casa per chi non può venire.",
    ),
    KitGoal(
        "NG-G2",
        "More people supported by a personal plan",
        "Più persone seguite con un progetto personale",
        Direction.INCREASE,
        "isolated residents aged 65 and over and carers",
        "residenti soli di 65 anni e più e familiari",
        "the neighbourhood",
        "il quartiere",
        "NG-I2",
        Decimal(120),
        365,
        (
            KitMilestone("40 plans agreed", "40 progetti concordati", 150),
            KitMilestone("80 plans agreed", "80 progetti concordati", 260),
        ),
        "Other languages; people without family.",
        "Altre lingue; persone senza familiari.",
    ),
    KitGoal(
        "NG-G3",
        "Life gets easier in what matters",
        "La vita migliora in ciò che conta",
        Direction.INCREASE,
        "people finishing a plan",
        "chi conclude un percorso",
        "the neighbourhood",
        "il quartiere",
        "NG-I3",
        Decimal(60),
        480,
        (
            KitMilestone(
                "Form for the first and last talk agreed", "Scheda del colloquio iniziale e finale concordata", 60
            ),
            KitMilestone("First 20 closings reviewed", "Primi 20 percorsi conclusi esaminati", 240),
        ),
        "Compared by living alone and by being a carer.",
        "Confronto tra chi vive solo e chi assiste un familiare.",
    ),
)

NEEDS = (
    KitCommunityNeed(
        "NG-CN1",
        "Older people living alone and their carers do not know whom to ask, and wait weeks for an answer.",
        "Le persone anziane sole e chi le assiste non sanno a chi rivolgersi e aspettano settimane per una risposta.",
        "older people living alone, and relatives who care for them",
        "persone anziane che vivono sole e familiari che le assistono",
    ),
)

RISKS = (
    KitRisk(
        "NG-K1",
        "Payments come late",
        "I pagamenti tardano",
        "A cash plan and instalments.",
        "Piano di cassa e tranche.",
    ),
    KitRisk(
        "NG-K2",
        "Politics change",
        "Cambia la politica",
        "A signed duration and public results.",
        "Durata firmata e risultati pubblici.",
    ),
    KitRisk(
        "NG-K3",
        "More requests than hands",
        "Più richieste che forze",
        "A rule for waiting.",
        "Una regola per l'attesa.",
    ),
    KitRisk(
        "NG-K4",
        "Unequal power",
        "Potere squilibrato",
        "A seat for users, an independent chair, conflict contacts outside the public body.",
        "Un posto per gli utenti, una presidenza indipendente, referenti per i conflitti esterni all'ente pubblico.",
    ),
)

NONPROFIT_GOVERNMENT = GoalKit("NG", INDICATORS, GOALS, NEEDS, RISKS)
