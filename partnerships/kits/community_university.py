"""Residents and a university researching and learning together (domain templates, CU)."""

from partnerships.kits.kit import Kit, KitClause, KitRole, KitTask
from partnerships.kits.shared_parts import CLOSING, COMMON_ROLES, OPENING, TASKS
from partnerships.kits.starters.community_university import MEMBERS, NEEDS, NOTES

COMMUNITY_UNIVERSITY = Kit(
    code="CU",
    version=2,
    name_en="Community and university",
    name_it="Comunità e università",
    sentence_en="Residents and a university research together, help each other and involve students in service.",
    sentence_it="Residenti e università fanno ricerca insieme, si aiutano e coinvolgono gli studenti nel service"
    " learning.",
    roles=(
        *COMMON_ROLES,
        KitRole(
            "CU-R1", "Academic lead", "Responsabile scientifico", "method, ethics, students", "metodo, etica, studenti"
        ),
        KitRole(
            "CU-R2",
            "Community lead",
            "Responsabile per la comunità",
            "questions, access, meaning",
            "domande, accesso, significato",
        ),
        KitRole(
            "CU-R3",
            "Resident researchers",
            "Residenti ricercatori",
            "data and interpretation, paid or refunded",
            "dati e interpretazione, con compenso o rimborso",
        ),
        KitRole(
            "CU-R4",
            "Service-learning teacher",
            "Docente del corso di service learning",
            "credits, reflection",
            "crediti, riflessione",
        ),
        KitRole(
            "CU-R5",
            "Student team",
            "Gruppo di studenti",
            "work agreed with the hosts",
            "lavoro concordato con gli enti ospitanti",
        ),
        KitRole(
            "CU-R6", "Host contact", "Referente dell'ente ospitante", "supervision, feedback", "supervisione, riscontri"
        ),
        KitRole(
            "CU-R7", "Ethics contact", "Referente per l'etica della ricerca", "review, consent", "revisione, consenso"
        ),
        KitRole(
            "CU-R8",
            "Data keeper",
            "Custode dei dati",
            "access, storage, return",
            "accesso, conservazione, restituzione",
        ),
        KitRole(
            "CU-R9",
            "Community review board",
            "Comitato di revisione della comunità",
            "five to seven people who say yes or no to questions and publications",
            "da cinque a sette persone che dicono sì o no a domande e pubblicazioni",
        ),
    ),
    members=MEMBERS,
    needs=NEEDS,
    notes=NOTES,
    tasks=(
        *TASKS,
        KitTask(
            "CU-T1",
            "Open meeting to collect questions",
            "Incontro aperto per raccogliere le domande",
            due=20,
            accountable="CU-R2",
            responsible=("CU-R3",),
        ),
        KitTask(
            "CU-T2",
            "Choose three questions, publish reasons",
            "Scegliere tre domande e pubblicare i motivi",
            due=60,
            accountable="CU-R9",
            responsible=("CU-R2",),
            consulted=("CU-R1",),
        ),
        KitTask(
            "CU-T3",
            "Ethics application and consent in plain words",
            "Domanda al comitato etico e consenso in parole semplici",
            due=75,
            accountable="CU-R7",
            responsible=("CU-R1",),
            consulted=("CU-R3",),
        ),
        KitTask(
            "CU-T4",
            "Data plan: who holds, who sees, when deleted or returned",
            "Piano dei dati: chi li custodisce, chi li vede, quando si cancellano o restituiscono",
            due=75,
            accountable="CU-R8",
            responsible=("CU-R1", "CU-R2"),
        ),
        KitTask("CU-T5", "Course and credits approved", "Corso e crediti approvati", due=90, accountable="CU-R4"),
        KitTask(
            "CU-T6",
            "Match students and hosts",
            "Abbinare studenti ed enti",
            due=110,
            accountable="CU-R4",
            responsible=("CU-R6",),
        ),
        KitTask(
            "CU-T7",
            "Train resident researchers and students together",
            "Formare insieme residenti e studenti",
            due=130,
            accountable="CU-R1",
            responsible=("CU-R3", "CU-R5"),
        ),
        KitTask(
            "CU-T12",
            "Reflection session and thanks",
            "Incontro di riflessione e ringraziamenti",
            due=240,
            accountable="CU-R4",
            responsible=("CU-R6",),
        ),
        KitTask(
            "CU-T8",
            "Collect data with residents",
            "Raccogliere i dati con i residenti",
            due=260,
            starts=140,
            accountable="CU-R1",
            responsible=("CU-R3",),
        ),
        KitTask(
            "CU-T9",
            "Joint reading of results",
            "Lettura comune dei risultati",
            due=280,
            accountable="CU-R2",
            responsible=("CU-R1",),
            consulted=("CU-R9",),
        ),
        KitTask(
            "CU-T10",
            "Return event and two-page summary in local languages",
            "Evento di restituzione e sintesi di due pagine nelle lingue locali",
            due=300,
            accountable="CU-R2",
            responsible=("CU-R5",),
        ),
        KitTask(
            "CU-T11",
            "Use plan with those who decide",
            "Piano di utilizzo con chi decide",
            due=320,
            accountable="CU-R2",
            responsible=("municipality",),
        ),
    ),
    clauses=(
        *OPENING,
        KitClause(
            "Choosing questions together",
            "Scelta condivisa delle domande",
            "Residents and researchers choose the questions together and publish why.",
            "Residenti e ricercatori scelgono insieme le domande e ne pubblicano i motivi.",
        ),
        KitClause(
            "Ethics and consent",
            "Etica, consenso e ritiro",
            "Nobody takes part without having understood what for. Everybody may leave without a reason.",
            "Nessuno partecipa senza aver capito a che cosa serve. Chiunque può ritirarsi senza dire perché.",
        ),
        KitClause(
            "Custody and return of data",
            "Custodia e restituzione dei dati",
            "The data plan says who holds the data, who sees it, and when it is deleted or given back.",
            "Il piano dei dati dice chi li custodisce, chi li vede e quando si cancellano o si restituiscono.",
        ),
        KitClause(
            "Authors and credit",
            "Autori e riconoscimento",
            "Who contributed is named if they wish. The community reads a text 20 working days before it appears; it"
            " has no veto on findings and may add a reply.",
            "Chi ha contribuito è citato, se vuole. La comunità legge un testo 20 giorni lavorativi prima dell'uscita;"
            " non può vietare i risultati e può aggiungere una risposta.",
        ),
        KitClause(
            "Compensation",
            "Compensi e rimborsi",
            "Residents' and hosts' time is paid or their costs are paid back.",
            "Il tempo di residenti ed enti ospitanti è pagato, o le loro spese sono rimborsate.",
        ),
        KitClause(
            "Students' hours",
            "Ore degli studenti",
            "Hours, supervision, insurance and credits are agreed before students begin.",
            "Ore, supervisione, assicurazione e crediti si concordano prima che gli studenti comincino.",
        ),
        KitClause(
            "Open and plain results",
            "Risultati aperti e comprensibili",
            "Results come back in plain language and stay free to read.",
            "I risultati tornano in un linguaggio semplice e restano liberi da leggere.",
        ),
        KitClause(
            "Tools made together",
            "Prodotti comuni",
            "What we make together may be used by all parties and by the community.",
            "Ciò che facciamo insieme può essere usato da tutte le parti e dalla comunità.",
        ),
        KitClause(
            "Share of the budget",
            "Quota del budget alla comunità",
            "General costs are capped, and the share of the budget that reaches the community is published.",
            "I costi generali hanno un limite e la quota di budget che arriva alla comunità è pubblica.",
        ),
        KitClause(
            "Between terms",
            "Tra un semestre e l'altro",
            "A contact person is there all year; each group of students hands over to the next.",
            "Una persona di riferimento c'è tutto l'anno; ogni gruppo di studenti passa le consegne al successivo.",
        ),
        KitClause(
            "Leaving well",
            "Chiudere bene",
            "Before the end we agree what stays in the community: data, tools, knowledge, contacts.",
            "Prima della fine concordiamo che cosa resta alla comunità: dati, strumenti, conoscenze, contatti.",
        ),
        *CLOSING,
    ),
)
