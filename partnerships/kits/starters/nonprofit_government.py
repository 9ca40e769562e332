"""Nonprofits and public bodies: starting points (domain templates, NG)."""

from partnerships.kits.kit import KitMember, KitNeed, KitNote, NoteKind
from partnerships.kits.shared_parts import RHYTHM

MEMBERS = (
    KitMember("NG-M1", "Municipality, social services", "Comune, servizi sociali", "government_agency"),
    KitMember("NG-M2", "Health authority", "Azienda sanitaria locale", "health"),
    KitMember(
        "NG-M3",
        "Voluntary organisations, associations or social cooperatives",
        "Organizzazioni di volontariato, associazioni o cooperative sociali",
        "nonprofit",
        at_least=2,
    ),
    KitMember("NG-M4", "Residents' group", "Gruppo di residenti", "community_member_or_group"),
    KitMember("NG-M5", "Volunteer centre", "Centro di servizio per il volontariato", "nonprofit", is_optional=True),
    KitMember(
        "NG-M6",
        "Older residents living alone and family carers",
        "Persone anziane sole e familiari che assistono",
        "community_member_or_group",
        is_centre=True,
    ),
)

NEEDS = (
    KitNeed("NG-N1", "place", "A room on the ground floor for the desk", "Una stanza al piano terra per lo sportello"),
    KitNeed("NG-N2", "equipment", "A van or car for home visits", "Un furgone o un'auto per le visite a casa"),
    KitNeed("NG-N3", "skill", "Volunteers for visits and company", "Volontari per visite e compagnia"),
    KitNeed(
        "NG-N4",
        "skill",
        "Interpreters for the languages of the neighbourhood",
        "Interpreti per le lingue del quartiere",
    ),
    KitNeed(
        "NG-N5",
        "knowledge_data",
        "Counts of people living alone, block by block",
        "Quante persone vivono sole, isolato per isolato",
    ),
    KitNeed(
        "NG-N6",
        "network",
        "Somebody who knows people behind each door",
        "Qualcuno che conosca chi abita dietro ogni porta",
    ),
)

NOTES = (
    *RHYTHM,
    KitNote(
        "NG-outcome-1",
        NoteKind.OUTCOME,
        "People get the right help soon and feel less alone.",
        "Le persone ricevono presto l'aiuto giusto e si sentono meno sole.",
    ),
    KitNote(
        "NG-long_term-1",
        NoteKind.LONG_TERM,
        "People stay at home longer in good conditions.",
        "Le persone restano più a lungo a casa in buone condizioni.",
    ),
    KitNote(
        "NG-assumption-1",
        NoteKind.ASSUMPTION,
        "The two bodies accept each other's referrals.",
        "I due enti accettano gli invii l'uno dell'altro.",
    ),
    KitNote(
        "NG-assumption-2",
        NoteKind.ASSUMPTION,
        "Data may be shared lawfully.",
        "I dati si possono condividere secondo la legge.",
    ),
    KitNote("NG-assumption-3", NoteKind.ASSUMPTION, "Volunteers stay.", "I volontari restano."),
    KitNote(
        "NG-instrument-1",
        NoteKind.INSTRUMENT,
        "A co-design agreement (art. 55), an agreement with voluntary bodies (art. 56) or a pact of collaboration.",
        "Una convenzione di co-progettazione (art. 55), una convenzione con enti di volontariato (art. 56) o un patto di collaborazione.",
    ),
    KitNote(
        "NG-document-1",
        NoteKind.DOCUMENT,
        "Public notice and the act that approves it",
        "Avviso pubblico e atto che lo approva",
    ),
    KitNote(
        "NG-document-2", NoteKind.DOCUMENT, "Minutes of the co-design table", "Verbali del tavolo di co-progettazione"
    ),
    KitNote("NG-document-3", NoteKind.DOCUMENT, "Final project and budget", "Progetto definitivo e piano economico"),
    KitNote("NG-document-4", NoteKind.DOCUMENT, "Arrangement of joint controllers", "Accordo di contitolarità"),
    KitNote(
        "NG-document-5",
        NoteKind.DOCUMENT,
        "Insurance and register of volunteers",
        "Assicurazione e registro dei volontari",
    ),
    KitNote(
        "NG-engagement-1",
        NoteKind.ENGAGEMENT,
        "Panel of users: they decide with us on the rules of the service",
        "Gruppo di utenti: decidono con noi le regole del servizio",
    ),
    KitNote("NG-engagement-2", NoteKind.ENGAGEMENT, "Walks through the neighbourhood", "Passeggiate di quartiere"),
    KitNote(
        "NG-engagement-3",
        NoteKind.ENGAGEMENT,
        "Yearly questionnaire by telephone and on paper",
        "Questionario annuale al telefono e su carta",
    ),
    KitNote("NG-funding-1", NoteKind.FUNDING, "Municipal and regional funds", "Fondi comunali e regionali"),
    KitNote(
        "NG-funding-2",
        NoteKind.FUNDING,
        "Foundations, the partners' 5 per mille",
        "Fondazioni, 5 per mille dei partner",
    ),
    KitNote("NG-funding-3", NoteKind.FUNDING, "Premises in kind", "Locali in natura"),
)
