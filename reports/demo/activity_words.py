"""What the demo's activities and volunteers are called and said, in each language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ActivityWords:
    """One activity; people as (name, how many, what they need)."""

    title: str
    question: str
    open: str = ""
    fixed: str = ""
    who: str = ""
    place: str = ""
    languages: str = ""
    other_ways: str = ""
    groups: str = ""
    came: int = 0
    summary: str = ""
    quotes: tuple[str, ...] = ()
    people: tuple[tuple[str, int, str], ...] = ()


@dataclass(frozen=True)
class WorkWords:
    """Volunteer work in one partnership."""

    slug: str
    title: str
    purpose: str
    tasks: str
    place: str
    time: str
    skills: str
    refunds: str
    volunteers: tuple[str, ...]
    born: str
    residence: str
    concern: str


@dataclass(frozen=True)
class SpaceWords:
    """All of a language's space; ``slug`` is the partnership with the activities."""

    slug: str
    closed: ActivityWords
    held: ActivityWords
    ahead: ActivityWords
    planned: ActivityWords
    work: WorkWords


WORDS = {
    "it": SpaceWords(
        slug="vicini-di-casa",
        closed=ActivityWords(
            title="Che cosa serve a chi assiste un familiare?",
            question="Quali aiuti mancano, e in quali ore della giornata?",
            open="Orari dello sportello, tipi di aiuto, come farli conoscere.",
            fixed="Le somme dell'anno sono già impegnate; la sede resta quella.",
            who="La cabina di regia",
            place="Casa di quartiere Fontanelle",
            came=37,
            summary=(
                "In trentasette abbiamo parlato per due ore.\n\nChi assiste un familiare chiede soprattutto poche ore "
                "libere, al mattino. Molti non sapevano che lo sportello esiste.\n\nNon c'era accordo sul telefono: "
                "alcuni lo vogliono di sera, altri dicono che nessuno risponderebbe."
            ),
            quotes=("Mi basterebbero due ore, per andare dal medico io.",),
            people=(
                ("Teresa Galli", 2, ""), ("Omar Haddad", 1, ""), ("Lucia Prati", 3, "Un posto vicino all'uscita"),
                ("Bruno Sala", 1, ""), ("Ines Conti", 2, ""),
            ),
        ),
        held=ActivityWords(
            title="Passeggiata: dove è difficile camminare?",
            question="Quali punti del quartiere sono un ostacolo per chi cammina a fatica?",
            open="Quali punti segnalare per primi e come.",
            fixed="I lavori di via Mulino sono già appaltati.",
            who="Il Comune, ufficio strade",
            place="Partenza dalla fontana grande",
            came=14,
            people=(("Nadia Ferri", 1, ""), ("Pietro Rota", 2, "Andiamo piano"), ("Amina Diallo", 1, "")),
        ),
        ahead=ActivityWords(
            title="Laboratorio: il nuovo foglio dello sportello",
            question="Come deve essere un foglio che si capisce al primo sguardo?",
            open="Parole, disegni, dove lasciarlo.",
            fixed="Un solo foglio, in cinque lingue.",
            who="Il gruppo comunicazione, con chi partecipa",
            place="Biblioteca comunale, sala piccola",
            languages="Italiano, arabo",
            other_ways="per telefono allo sportello, o su carta in biblioteca",
            groups="Residenti di via delle Fontanelle, chi assiste un familiare",
            people=(
                ("Carla Neri", 2, ""), ("Samir Aziz", 1, "Interprete arabo"), ("Elena Vitali", 3, ""),
                ("Gino Bassi", 2, ""), ("Rita Monti", 1, ""), ("Franca Riva", 2, ""),
            ),
        ),
        planned=ActivityWords(
            title="Assemblea di fine anno",
            question="Su che cosa lavoriamo l'anno prossimo?",
        ),
        work=WorkWords(
            slug="vicini-di-casa",
            title="Compagnia a domicilio",
            purpose="Chi vive solo ha qualcuno con cui parlare e passeggiare.",
            tasks="Due ore di compagnia: parlare, leggere, uscire a fare due passi. Mai da soli la prima volta.",
            place="Quartiere Fontanelle",
            time="Due ore, quando puoi",
            skills="Saper ascoltare",
            refunds="Biglietti dell'autobus, con lo scontrino.",
            volunteers=("Paolo Mori", "Giada Serra", "Yusuf Demir", "Marta Leoni"),
            born="Borgo San Lento, 3 maggio 1961",
            residence="Via del Mulino 4, Borgo San Lento",
            concern="Al terzo piano una signora non apre più a nessuno, e il figlio risponde per lei.",
        ),
    ),
    "en": SpaceWords(
        slug="good-neighbours",
        closed=ActivityWords(
            title="What would make the phone line better?",
            question="When do you need it, and what stops you from calling?",
            open="Hours, who answers, how people hear of it.",
            fixed="This year's money is spent; the number stays.",
            who="The steering group",
            place="Tanners Row community room",
            came=33,
            summary=(
                "Thirty-three of us talked for two hours.\n\nMost want somebody in the early evening. Many did not know "
                "that the line exists.\n\nWe did not agree on weekends: some need them, others would rather have "
                "longer weekdays."
            ),
            quotes=("I do not want to bother anybody, so I do not call.",),
            people=(
                ("Doris Webb", 2, ""), ("Imran Shah", 1, ""), ("Peggy Long", 2, "A seat near the door"),
                ("Ted Marsh", 1, ""), ("Joan Field", 3, ""),
            ),
        ),
        held=ActivityWords(
            title="Walk: where is it hard to get around?",
            question="Which spots on Tanners Row stop people who walk with difficulty?",
            open="Which spots we report first, and how.",
            fixed="The works on Mill Lane are under contract.",
            who="The council's streets team",
            place="From the corner shop",
            came=12,
            people=(("Bea Holt", 1, ""), ("Sid Cole", 2, "We walk slowly"), ("Ana Lopes", 1, "")),
        ),
        ahead=ActivityWords(
            title="Workshop: a leaflet people understand",
            question="What must a leaflet say so that you call?",
            open="Words, pictures, where to leave it.",
            fixed="One sheet, in four languages.",
            who="The leaflet group, with everybody who comes",
            place="Surgery waiting room",
            languages="English, Urdu",
            other_ways="by phone, or on paper at the surgery",
            groups="Tanners Row Tenants' Group, carers",
            people=(
                ("Carol Nash", 2, ""), ("Bilal Khan", 1, "Urdu interpreter"), ("Ellen Voss", 3, ""),
                ("George Bell", 2, ""), ("Ruth Mills", 1, ""), ("Fay Rivers", 2, ""),
            ),
        ),
        planned=ActivityWords(
            title="Assembly at the end of the year",
            question="What do we work on next year?",
        ),
        work=WorkWords(
            slug="good-neighbours",
            title="Tea and a walk",
            purpose="People who live alone have somebody to talk to.",
            tasks="Two hours of company: talking, reading, a walk round the block. Never alone the first time.",
            place="Tanners Row",
            time="Two hours, when you can",
            skills="Listening",
            refunds="Bus fares, with the ticket.",
            volunteers=("Paul Moor", "Grace Sears", "Yusuf Demir", "Martha Lyons"),
            born="Eastmere, 3 May 1961",
            residence="4 Mill Lane, Eastmere",
            concern="On the third floor a lady opens to nobody any more, and her son answers for her.",
        ),
    ),
}  # fmt: skip
