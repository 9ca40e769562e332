"""What every kit brings: tasks of any partnership, and the clauses an agreement cannot do without (R-A1)."""

from partnerships.clauses.library import LIBRARY
from partnerships.kits.kit import KitClause, KitNote, KitRole, KitTask, NoteKind

COMMON_ROLES = (
    KitRole(
        "coordinator",
        "Coordinator",
        "Coordinatrice o coordinatore",
        "runs the partnership day by day",
        "segue la partnership giorno per giorno",
    ),
    KitRole("deputy", "Deputy", "Vice", "stands in for the coordinator", "sostituisce chi coordina"),
    KitRole(
        "fund holder",
        "Fund holder",
        "Tesoriere (capofila amministrativo)",
        "money and reports to funders",
        "denaro e rendiconti ai finanziatori",
    ),
    KitRole(
        "evaluator",
        "Evaluator or data keeper",
        "Responsabile dei dati e della valutazione",
        "numbers somebody else can trust",
        "numeri di cui ci si può fidare",
    ),
    KitRole(
        "conflict contacts",
        "Two conflict contacts of different organisations",
        "Due referenti per i conflitti di organizzazioni diverse",
        "are asked first when something goes wrong",
        "sono i primi a cui rivolgersi quando qualcosa non va",
    ),
)

RHYTHM = (
    KitNote("C-rhythm-1", NoteKind.RHYTHM, "Steering group every six weeks", "Cabina di regia ogni sei settimane"),
    KitNote("C-rhythm-2", NoteKind.RHYTHM, "Written update every month", "Aggiornamento scritto ogni mese"),
    KitNote(
        "C-rhythm-3",
        NoteKind.RHYTHM,
        "Health check after 90 days, then every six to twelve months",
        "Verifica dello stato della partnership dopo 90 giorni, poi ogni sei-dodici mesi",
    ),
    KitNote(
        "C-rhythm-4",
        NoteKind.RHYTHM,
        "Goals reviewed every six months, the agreement every year",
        "Obiettivi rivisti ogni sei mesi, l'accordo ogni anno",
    ),
)

TASKS = (
    KitTask(
        "C-T1",
        "Map stakeholders with at least two raters",
        "Mappare le parti interessate con almeno due valutatori",
        due=-60,
        accountable="coordinator",
        responsible=("all partners",),
    ),
    KitTask(
        "C-T2",
        "Listen to the people most affected and write the need",
        "Ascoltare le persone più coinvolte e descrivere il bisogno",
        due=-50,
        accountable="coordinator",
        responsible=("community seat",),
    ),
    KitTask(
        "C-T3",
        "Draft goals and collect endorsements",
        "Scrivere gli obiettivi e raccogliere le adesioni",
        due=-30,
        accountable="coordinator",
        responsible=("partner representatives",),
    ),
    KitTask(
        "C-T4",
        "Sign the agreement",
        "Firmare l'accordo",
        due=0,
        accountable="coordinator",
        responsible=("all representatives",),
    ),
    KitTask(
        "C-T6",
        "Open the public page and the feedback form",
        "Aprire la pagina pubblica e il modulo per i residenti",
        due=15,
        accountable="coordinator",
    ),
    KitTask(
        "C-T5",
        "Measure baselines",
        "Rilevare i valori di partenza",
        due=60,
        accountable="evaluator",
        responsible=("all partners",),
    ),
    KitTask(
        "C-T8",
        "Publish the first “you said, we did”",
        "Pubblicare il primo «avete detto, abbiamo fatto»",
        due=60,
        accountable="coordinator",
    ),
    KitTask(
        "C-T7",
        "First health check and talk",
        "Prima verifica dello stato della partnership e confronto",
        due=90,
        accountable="coordinator",
        responsible=("all partners",),
    ),
    KitTask(
        "C-T10",
        "Draft the sustainability plan",
        "Scrivere il piano di sostenibilità",
        due=240,
        accountable="steering group",
    ),
    KitTask(
        "C-T9",
        "First impact report",
        "Primo rapporto di impatto",
        due=365,
        accountable="coordinator",
        responsible=("evaluator",),
    ),
)


def _from_library(code: str) -> KitClause:
    clause = LIBRARY[code]
    return KitClause(clause.title_en, clause.title_it, clause.text_en, clause.text_it, code=code)


def library_clauses(*codes: str) -> tuple[KitClause, ...]:
    """Clauses as the library words them."""
    return tuple(map(_from_library, codes))


OPENING = library_clauses(
    "parties",
    "purpose",
    "nature",
    "goals",
    "roles",
    "contributions",
    "governance",
    "coordination",
    "meetings",
    "interests",
    "personal_data",
)
CLOSING = library_clauses(
    "evaluation", "conflicts", "review", "accession", "leaving", "duration", "closing", "signatures"
)
