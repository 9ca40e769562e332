"""Community and university: starting points (domain templates, CU)."""

from partnerships.kits.kit import KitMember, KitNeed, KitNote, NoteKind
from partnerships.kits.shared_parts import RHYTHM

MEMBERS = (
    KitMember("CU-M1", "University department or centre", "Dipartimento o centro universitario", "education"),
    KitMember("CU-M2", "Residents' association", "Associazione di residenti", "community_member_or_group"),
    KitMember("CU-M3", "Nonprofit", "Ente non profit", "nonprofit"),
    KitMember("CU-M4", "Municipality or library", "Comune o biblioteca", "government_agency", is_optional=True),
    KitMember(
        "CU-M5",
        "Residents whose lives are studied or served",
        "Residenti di cui si studia o si migliora la vita",
        "community_member_or_group",
        is_centre=True,
    ),
)

NEEDS = (
    KitNeed(
        "CU-N1", "place", "A meeting room in the neighbourhood without steps", "Una sala nel quartiere senza gradini"
    ),
    KitNeed("CU-N2", "economic", "Compensation for residents' time", "Compensi per il tempo dei residenti"),
    KitNeed(
        "CU-N3",
        "skill",
        "Interpreters and people who write plainly",
        "Interpreti e persone che scrivono in modo semplice",
    ),
    KitNeed("CU-N4", "knowledge_data", "Studies made here before", "Studi già fatti qui"),
    KitNeed("CU-N5", "equipment", "Laptops and recorders to lend", "Portatili e registratori in prestito"),
    KitNeed("CU-N6", "network", "Contact with those who decide", "Contatti con chi decide"),
)

NOTES = (
    *RHYTHM,
    KitNote(
        "CU-outcome-1",
        NoteKind.OUTCOME,
        "Residents have answers they trust and use; students learn by serving.",
        "I residenti hanno risposte di cui si fidano e che usano; gli studenti imparano mettendosi al servizio.",
    ),
    KitNote(
        "CU-long_term-1",
        NoteKind.LONG_TERM,
        "Local decisions take residents' knowledge into account.",
        "Le decisioni locali tengono conto della conoscenza dei residenti.",
    ),
    KitNote(
        "CU-assumption-1",
        NoteKind.ASSUMPTION,
        "The ethics approval comes in time.",
        "L'approvazione etica arriva in tempo.",
    ),
    KitNote("CU-assumption-2", NoteKind.ASSUMPTION, "Those who decide attend.", "Chi decide partecipa."),
    KitNote(
        "CU-assumption-3",
        NoteKind.ASSUMPTION,
        "There is a small budget for residents' time.",
        "C'è un piccolo budget per il tempo dei residenti.",
    ),
    KitNote(
        "CU-instrument-1",
        NoteKind.INSTRUMENT,
        "An agreement with the university, a memorandum, an agreement for placements; it counts as third mission.",
        "Una convenzione con l'università, un protocollo d'intesa, una convenzione di tirocinio; conta come terza missione.",
    ),
    KitNote(
        "CU-document-1",
        NoteKind.DOCUMENT,
        "Ethics application and consent in plain words",
        "Domanda al comitato etico e consenso in parole semplici",
    ),
    KitNote(
        "CU-document-2",
        NoteKind.DOCUMENT,
        "Data plan: who holds, who sees, when deleted or returned",
        "Piano dei dati: chi li custodisce, chi li vede, quando si cancellano o restituiscono",
    ),
    KitNote("CU-document-3", NoteKind.DOCUMENT, "Course approval and credits", "Approvazione del corso e crediti"),
    KitNote(
        "CU-document-4",
        NoteKind.DOCUMENT,
        "Insurance of students and residents",
        "Assicurazione di studenti e residenti",
    ),
    KitNote(
        "CU-engagement-1",
        NoteKind.ENGAGEMENT,
        "Review board: it decides with us",
        "Comitato di revisione: decide con noi",
    ),
    KitNote(
        "CU-engagement-2",
        NoteKind.ENGAGEMENT,
        "Open meetings to collect questions",
        "Incontri aperti per raccogliere le domande",
    ),
    KitNote(
        "CU-engagement-3", NoteKind.ENGAGEMENT, "Events that give results back", "Eventi di restituzione dei risultati"
    ),
    KitNote(
        "CU-funding-1",
        NoteKind.FUNDING,
        "Third-mission funds of the university",
        "Fondi di terza missione dell'università",
    ),
    KitNote(
        "CU-funding-2",
        NoteKind.FUNDING,
        "Research calls with a budget line for the community",
        "Bandi di ricerca con una voce per la comunità",
    ),
    KitNote(
        "CU-funding-3",
        NoteKind.FUNDING,
        "Foundations, municipality, labs and rooms in kind",
        "Fondazioni, Comune, laboratori e spazi in natura",
    ),
)
