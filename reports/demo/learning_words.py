"""What the demo's partnerships learned, in the words of their people."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Talked:
    """A talk about a number; ``steps`` in their order, ``became`` what was seen when looking again."""

    day: int
    check_on: int
    steps: tuple[str, str, str, str, str, str]
    free_idea: str
    tasks: tuple[tuple[str, str, int], ...] = ()
    became: str = ""
    goal: int = 0
    is_held: bool = True


@dataclass(frozen=True)
class Looked:
    """Another explanation, and what the evaluator found."""

    text: str
    outcome: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Claimed:
    """A part claimed in a result."""

    day: int
    result_en: str
    result_it: str
    done: str = ""
    steps: str = ""
    people_say: str = ""
    others: tuple[Looked, ...] = ()
    goal: int = 0


@dataclass(frozen=True)
class Changed:
    """Something that is there now and was not before."""

    kind: str
    what_en: str
    what_it: str
    since: int
    source: str
    place: str = ""
    our_part_en: str = ""
    our_part_it: str = ""
    claim: int | None = None
    goals: tuple[int, ...] = (0,)


@dataclass(frozen=True)
class Learnt:
    """A lesson, shared or not, applied or not."""

    day: int
    title: str
    happened: str
    advice: str
    situation: str = ""
    expected: str = ""
    why: str = ""
    tags: tuple[str, ...] = ()
    is_failure: bool = False
    is_shared: bool = False
    applied: str = ""
    review: int | None = None


@dataclass(frozen=True)
class Learning:
    """All of one partnership."""

    talks: tuple[Talked, ...] = ()
    claims: tuple[Claimed, ...] = ()
    changes: tuple[Changed, ...] = ()
    lessons: tuple[Learnt, ...] = ()


LEARNT = {
    "scuola-lavoro": Learning(
        talks=(
            Talked(
                day=-100,
                check_on=-45,
                steps=(
                    "Che ogni studente del triennio trovi un posto dove imparare un mestiere, anche senza auto in famiglia.",
                    "Senza fare nulla restiamo alle aziende del centro: un terzo degli studenti resta senza posto.",
                    "I tutor aziendali che tornano ogni anno; le visite brevi prima di scegliere.",
                    "Il trasporto per le sedi fuori paese; nessuno chiama le aziende piccole.",
                    "L'ufficio mobilità del Comune, gli ex studenti, la cooperativa dei pulmini.",
                    "Un sabato di porte aperte; un pulmino condiviso; mezza giornata invece di una intera.",
                ),
                free_idea="Gli ex studenti telefonano alle aziende dove hanno lavorato.",
                tasks=(
                    ("Ex studenti chiamano dieci aziende piccole", "istituto", -70),
                    ("Chiedere alla cooperativa un pulmino il martedì", "comune", -60),
                ),
                became="Sette aziende su dieci hanno detto di sì. Il pulmino non è ancora arrivato: serve il via libera della mobilità.",
            ),
            Talked(
                day=-14,
                check_on=45,
                goal=1,
                steps=(
                    "Che chi cerca un mentore lo trovi entro un mese e lo tenga almeno sei.",
                    "Con i mentori di oggi ci fermiamo intorno a trenta coppie.",
                    "Il passaparola tra artigiani.",
                    "Gli incontri serali: chi ha figli piccoli non viene.",
                    "",
                    "",
                ),
                free_idea="Incontri nella pausa pranzo, in azienda.",
                is_held=False,
            ),
        ),
        claims=(
            Claimed(
                day=-32,
                result_en="97 of 178 students completed a placement with a positive assessment",
                result_it="97 studenti su 178 hanno concluso l'esperienza con valutazione positiva",
                done="Quattordici sedi hanno firmato; due cicli di esperienze e le visite di primavera si sono svolti come previsto.",
                steps="I tutor hanno incontrato ogni studente due volte; 61 studenti hanno cambiato la prima scelta dopo una visita.",
                people_say="«Prima non sapevo che cosa si fa in un'officina.» «Il tutor mi ha spiegato le cose senza fretta.»",
                others=(
                    Looked(
                        "La nuova legge sui percorsi scuola-lavoro",
                        "plays_a_part",
                        "È entrata in vigore a metà anno: le ore sono salite in tutta la provincia, ma meno che qui.",
                    ),
                    Looked(
                        "Quest'anno gli studenti erano più motivati",
                        "ruled_out",
                        "Assenze e voti del primo quadrimestre sono uguali a quelli dei due anni prima.",
                    ),
                    Looked("Le aziende avevano bisogno di mani"),
                ),
            ),
            Claimed(
                day=-20,
                goal=1,
                result_en="22 mentoring pairs have lasted six months or more",
                result_it="22 coppie di affiancamento durano da almeno sei mesi",
                done="Due serate di formazione per mentori, tre incontri di scambio.",
            ),
        ),
        changes=(
            Changed(
                kind="policy",
                what_en="The municipality refunds the travel of students on placement",
                what_it="Il Comune rimborsa i viaggi degli studenti in esperienza",
                since=-75,
                source="Delibera di Giunta n. 48",
                place="Borgo San Lento",
                our_part_en="It was decided after our talks with the mobility office; our figures may have helped.",
                our_part_it="È stato deciso dopo i nostri incontri con l'ufficio mobilità; i nostri dati possono avere aiutato.",
                claim=0,
            ),
            Changed(
                kind="practice",
                what_en="Six firms hold an open Saturday for families",
                what_it="Sei aziende aprono un sabato alle famiglie",
                since=-40,
                source="Calendario dell'associazione artigiani",
                place="Zona artigianale",
                our_part_en="Our visits contributed to it.",
                our_part_it="Le nostre visite vi hanno contribuito.",
                claim=0,
                goals=(0, 1),
            ),
        ),
        lessons=(
            Learnt(
                day=-96,
                review=0,
                title="Le aziende piccole si cercano in autunno, non a maggio",
                situation="Ricerca di nuove sedi ospitanti",
                expected="Che una lettera a maggio bastasse per l'anno dopo.",
                happened="Su quaranta lettere spedite a maggio hanno risposto in due.",
                why="A maggio le aziende chiudono i bilanci e non decidono per l'autunno.",
                advice="Telefonare tra ottobre e novembre, da persona a persona, e fissare subito una visita di mezz'ora.",
                tags=("aziende", "calendario"),
                is_failure=True,
                is_shared=True,
                applied="Vicini di casa: sportelli cercati in ottobre",
            ),
            Learnt(
                day=-28,
                title="Una visita breve prima di scegliere evita gli abbandoni",
                happened="Chi ha visto il posto per due ore prima di scegliere non ha lasciato; degli altri hanno lasciato in nove.",
                advice="Offrire a tutti una visita breve, anche se costa una mattina di scuola.",
                tags=("visite", "abbandoni"),
            ),
        ),
    ),
    "vicini-di-casa": Learning(
        talks=(
            Talked(
                day=-25,
                check_on=20,
                steps=(
                    "Che chi è solo abbia un primo aiuto in pochi giorni.",
                    "Senza cambiare nulla restiamo sopra il mese: il modulo passa da due uffici.",
                    "La telefonata di accoglienza del lunedì.",
                    "Il modulo cartaceo; lo sportello chiuso in agosto.",
                    "Il medico di base, la portineria sociale.",
                    "Un modulo unico; due turni al mercato.",
                ),
                free_idea="Il medico di base consegna il nostro numero con la ricetta.",
                tasks=(("Scrivere il modulo unico con i due uffici", "", -3),),
            ),
        ),
        lessons=(
            Learnt(
                day=-18,
                title="Un modulo che nessuno ha provato si rifà due volte",
                happened="Il primo modulo chiedeva il codice fiscale: metà delle persone non lo aveva con sé.",
                advice="Provarlo con cinque persone prima di stamparlo.",
                tags=("moduli",),
                is_failure=True,
                is_shared=True,
                review=0,
            ),
        ),
    ),
    "first-job": Learning(
        talks=(
            Talked(
                day=-70,
                check_on=-20,
                steps=(
                    "Every student sees a real workplace before choosing, also those without a car at home.",
                    "If nothing changes the yards on the quay stay full and the villages stay out.",
                    "Hosts who come back each year; short visits before the choice.",
                    "No bus after four; nobody rings the small firms.",
                    "The bus company, former students, the parish hall.",
                    "An open Saturday; a shared van; half days instead of weeks.",
                ),
                free_idea="Former students ring the firms they worked for.",
                tasks=(("Ring ten small firms", "academy", -45),),
                became="Six of ten firms said yes. The bus company has not answered.",
            ),
            Talked(
                day=-12,
                check_on=46,
                steps=(
                    "That whoever needs a second placement finds one within a month.",
                    "With the hosts of today four of ten wait until summer.",
                    "Tutors who ring instead of writing.",
                    "Letters to firms that nobody answers.",
                    "",
                    "",
                ),
                free_idea="Ask the hosts on the last day of a placement, while they are pleased.",
                is_held=False,
            ),
        ),
        claims=(
            Claimed(
                day=-30,
                result_en="47 of 118 students completed a placement with a positive assessment",
                result_it="47 studenti su 118 hanno concluso l'esperienza con valutazione positiva",
                done="Nine hosts signed and two rounds were held as planned.",
                steps="Tutors met each student twice; 30 students changed their first choice after a visit.",
                others=(
                    Looked("The new careers rule for schools", "cannot_tell", "It began in the same month."),
                    Looked("A keener year group", "ruled_out", "Attendance was the same as in the two years before."),
                ),
            ),
        ),
        changes=(
            Changed(
                kind="service",
                what_en="A Saturday bus to the boatyards",
                what_it="Un autobus del sabato per i cantieri",
                since=-35,
                source="Timetable of Eastmere Buses",
                place="Eastmere",
                our_part_en="We asked for it with parents and hosts; it began while we worked.",
                our_part_it="Lo abbiamo chiesto con genitori e aziende; è partito mentre lavoravamo.",
            ),
        ),
        lessons=(
            Learnt(
                day=-64,
                review=0,
                title="Tutor sheets on paper get lost",
                expected="That a folder in the office would do.",
                happened="The sheets of one term were lost when the office moved.",
                why="Nobody had a second copy.",
                advice="Type the three figures in on the day of the visit; keep the paper for the story.",
                tags=("paper", "figures"),
                is_failure=True,
                is_shared=True,
                applied="Good neighbours: the call register is typed in each evening",
            ),
        ),
    ),
    "good-neighbours": Learning(
        talks=(
            Talked(
                day=-24,
                check_on=21,
                steps=(
                    "That whoever is alone hears a voice within two weeks.",
                    "If nothing changes the wait stays near forty days: half of it is between visit and first call.",
                    "The evening rota; neighbours who pass the number on.",
                    "Two forms for one question; the surgery is closed on Friday afternoon.",
                    "The chemist, the lunch club.",
                    "One form; a card at the chemist's till.",
                ),
                free_idea="The chemist's driver hands over our card with the medicine.",
                tasks=(("Put both forms on one page", "", -4),),
            ),
        ),
        lessons=(
            Learnt(
                day=-12,
                title="People ring when a neighbour gives them the number",
                happened="Forty leaflets brought two calls; four neighbours brought eleven.",
                advice="Give the number to people, not to letterboxes.",
                tags=("calls",),
            ),
        ),
    ),
}
