"""Business and school: starting points (domain templates, BS)."""

from partnerships.kits.kit import KitMember, KitNeed, KitNote, NoteKind
from partnerships.kits.shared_parts import RHYTHM

MEMBERS = (
    KitMember("BS-M1", "Secondary school", "Scuola secondaria", "education"),
    KitMember("BS-M2", "Firms of different size", "Aziende di dimensioni diverse", "local_business", at_least=3),
    KitMember(
        "BS-M3",
        "Trade association or chamber of commerce",
        "Associazione di categoria o Camera di commercio",
        "local_business",
    ),
    KitMember("BS-M4", "Youth organisation", "Ente giovanile", "nonprofit"),
    KitMember("BS-M5", "Municipality", "Comune", "government_agency", is_optional=True),
    KitMember(
        "BS-M6",
        "Students and families, first of all those with few contacts at work",
        "Studenti e famiglie, prima di tutto chi ha meno contatti nel mondo del lavoro",
        "community_member_or_group",
        is_centre=True,
    ),
)

NEEDS = (
    KitNeed(
        "BS-N1",
        "place",
        "Places in workshops and offices for two weeks",
        "Posti in laboratori e uffici per due settimane",
    ),
    KitNeed("BS-N2", "skill", "Tutors with some hours a week", "Tutor con qualche ora alla settimana"),
    KitNeed("BS-N3", "skill", "Mentors for a talk a month", "Mentori per un colloquio al mese"),
    KitNeed("BS-N4", "equipment", "Transport to firms out of town", "Trasporto verso le aziende fuori città"),
    KitNeed(
        "BS-N5",
        "knowledge_data",
        "Somebody who knows insurance and safety at work",
        "Qualcuno che conosca assicurazioni e sicurezza sul lavoro",
    ),
)

NOTES = (
    *RHYTHM,
    KitNote(
        "BS-outcome-1",
        NoteKind.OUTCOME,
        "Students choose their next step with knowledge and contacts.",
        "Gli studenti scelgono il passo successivo con informazioni e contatti.",
    ),
    KitNote(
        "BS-long_term-1",
        NoteKind.LONG_TERM,
        "Fewer young people outside work and study.",
        "Meno giovani fuori da lavoro e studio.",
    ),
    KitNote(
        "BS-assumption-1",
        NoteKind.ASSUMPTION,
        "Firms find time for tutoring.",
        "Le aziende trovano il tempo per i tutor.",
    ),
    KitNote("BS-assumption-2", NoteKind.ASSUMPTION, "Families agree.", "Le famiglie sono d'accordo."),
    KitNote("BS-assumption-3", NoteKind.ASSUMPTION, "There is transport.", "I trasporti ci sono."),
    KitNote(
        "BS-instrument-1",
        NoteKind.INSTRUMENT,
        "An agreement for school-to-work training with each host; a memorandum or an educational pact as the frame.",
        "Una convenzione per la formazione scuola-lavoro con ogni azienda; un protocollo d'intesa o un patto educativo di comunità come cornice.",
    ),
    KitNote("BS-document-1", NoteKind.DOCUMENT, "Risk assessment of each host", "Valutazione dei rischi di ogni sede"),
    KitNote("BS-document-2", NoteKind.DOCUMENT, "Insurance of students", "Assicurazione degli studenti"),
    KitNote(
        "BS-document-3",
        NoteKind.DOCUMENT,
        "Individual learning plan, signed by both tutors",
        "Progetto formativo individuale, firmato dai due tutor",
    ),
    KitNote(
        "BS-document-4",
        NoteKind.DOCUMENT,
        "Safeguarding rules and the name of the lead",
        "Regole di tutela dei minori e nome della persona responsabile",
    ),
    KitNote("BS-document-5", NoteKind.DOCUMENT, "Consent for pictures and data", "Consenso per immagini e dati"),
    KitNote(
        "BS-engagement-1",
        NoteKind.ENGAGEMENT,
        "Student forum: students help to decide",
        "Forum degli studenti: gli studenti contribuiscono a decidere",
    ),
    KitNote(
        "BS-engagement-2",
        NoteKind.ENGAGEMENT,
        "Evening with families: opinions are asked and answered",
        "Serata con le famiglie: si chiedono opinioni e si risponde",
    ),
    KitNote(
        "BS-engagement-3",
        NoteKind.ENGAGEMENT,
        "A short form after each placement",
        "Un breve modulo dopo ogni esperienza",
    ),
    KitNote(
        "BS-funding-1",
        NoteKind.FUNDING,
        "Firms in kind: hours of tutors, rooms",
        "Aziende in natura: ore dei tutor, spazi",
    ),
    KitNote(
        "BS-funding-2",
        NoteKind.FUNDING,
        "Chamber of commerce, foundations, municipality",
        "Camera di commercio, fondazioni, Comune",
    ),
    KitNote("BS-funding-3", NoteKind.FUNDING, "Sponsorship of events only", "Sponsorizzazioni solo per gli eventi"),
)
