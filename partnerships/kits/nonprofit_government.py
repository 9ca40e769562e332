"""Nonprofits and public bodies delivering a service together (domain templates, NG)."""

from partnerships.kits.kit import Kit, KitClause, KitRole, KitTask
from partnerships.kits.shared_parts import CLOSING, OPENING, TASKS

NONPROFIT_GOVERNMENT = Kit(
    code="NG",
    version=1,
    name_en="Nonprofits and public bodies",
    name_it="Enti non profit ed enti pubblici",
    sentence_en="Third-sector bodies and a municipality or health body run a social service together.",
    sentence_it="Enti del Terzo settore e un Comune o un'azienda sanitaria gestiscono insieme un servizio sociale.",
    roles=(
        KitRole("NG-R1", "Public body in charge", "Amministrazione procedente"),
        KitRole("NG-R2", "Officer in charge of the procedure", "Responsabile del procedimento"),
        KitRole("NG-R3", "Lead nonprofit", "Ente del Terzo settore capofila"),
        KitRole("NG-R4", "Partner nonprofit", "Ente del Terzo settore partner"),
        KitRole("NG-R5", "Case manager", "Responsabile del percorso personale"),
        KitRole("NG-R6", "Health contact", "Referente sanitario"),
        KitRole("NG-R7", "Volunteer coordinator", "Coordinatore dei volontari"),
        KitRole("NG-R8", "User and carer seat", "Rappresentanza di utenti e familiari"),
        KitRole("NG-R9", "Data protection contact", "Referente privacy"),
    ),
    tasks=(
        *TASKS,
        KitTask("NG-T1", "Publish notice and draft agreement", "Pubblicare avviso e schema di convenzione", due=-120),
        KitTask(
            "NG-T2",
            "Joint reading of needs, with minutes",
            "Lettura condivisa dei bisogni, con verbali",
            due=-90,
        ),
        KitTask("NG-T3", "Final project and budget", "Progetto definitivo e piano economico", due=-30),
        KitTask(
            "NG-T4",
            "Data-sharing map and joint-controller text",
            "Mappa dei dati e accordo di contitolarità",
            due=-15,
        ),
        KitTask("NG-T5", "Open the access desk", "Aprire lo sportello di accesso", due=45),
        KitTask("NG-T6", "Triage rule and referral form", "Regola di priorità e scheda di invio", due=60),
        KitTask(
            "NG-T7",
            "Recruit, insure and train volunteers",
            "Cercare, assicurare e formare i volontari",
            due=75,
        ),
        KitTask(
            "NG-T8",
            "Door-to-door information where most people live alone",
            "Informazione porta a porta dove vivono più persone sole",
            due=90,
        ),
        KitTask("NG-T9", "First monthly case table", "Primo tavolo mensile sui casi", due=90, starts=60),
        KitTask("NG-T10", "First quarterly expense statement", "Primo rendiconto trimestrale delle spese", due=90),
        KitTask(
            "NG-T11",
            "Public meeting: results and answers",
            "Incontro pubblico: risultati e risposte",
            due=180,
        ),
        KitTask("NG-T12", "Proposal for stable funding", "Proposta per un finanziamento stabile", due=270),
    ),
    clauses=(
        *OPENING,
        KitClause(
            "Public interest and legal basis",
            "Interesse pubblico e riferimenti normativi",
            "The service pursues a public interest. The law and the acts it rests on are listed in an annex.",
            "Il servizio persegue un interesse pubblico. Le norme e gli atti su cui si fonda sono elencati in un"
            " allegato.",
        ),
        KitClause(
            "Resources of both sides",
            "Risorse messe in comune",
            "Public body and nonprofits both bring resources; the nonprofits' own part is written down.",
            "L'ente pubblico e gli enti non profit mettono entrambi risorse; l'apporto proprio dei secondi è indicato.",
        ),
        KitClause(
            "Transparency",
            "Trasparenza e pubblicazioni",
            "Notice, acts and reports are published where anybody can read them.",
            "Avviso, atti e rapporti sono pubblicati dove chiunque può leggerli.",
        ),
        KitClause(
            "Expenses and controls",
            "Spese ammissibili e controlli",
            "Only real, documented costs of the service are paid; nobody makes a profit. The public body may look at"
            " the receipts.",
            "Si pagano solo costi reali e documentati del servizio; nessuno ne ricava un profitto. L'ente pubblico può"
            " vedere i giustificativi.",
        ),
        KitClause(
            "Quality and users' rights",
            "Qualità e diritti degli utenti",
            "Users and carers get clear information, a say in their plan, and an answer to complaints within 20 days.",
            "Utenti e familiari ricevono informazioni chiare, hanno voce nel proprio progetto e una risposta ai reclami"
            " entro 20 giorni.",
        ),
        KitClause(
            "Joint responsibility for data",
            "Contitolarità e segreto professionale",
            "The parties that decide together about personal data are joint controllers; professional secrecy stands.",
            "Le parti che decidono insieme sui dati personali ne sono contitolari; resta il segreto professionale.",
        ),
        KitClause(
            "Staff and volunteers",
            "Personale e volontari",
            "Staff are paid by the contracts of the sector. Volunteers are insured and replace nobody.",
            "Il personale è pagato secondo i contratti del settore. I volontari sono assicurati e non sostituiscono"
            " nessuno.",
        ),
        KitClause(
            "Continuity",
            "Continuità e passaggio dei casi",
            "Who stops takes care that no person is left without help and hands over open cases.",
            "Chi smette fa in modo che nessuna persona resti senza aiuto e passa i casi aperti.",
        ),
        KitClause(
            "Designing again",
            "Riapertura del tavolo",
            "When needs change, any party may ask to open the design table again.",
            "Quando i bisogni cambiano, ogni parte può chiedere di riaprire il tavolo di co-progettazione.",
        ),
        KitClause(
            "Freedom to speak",
            "Libertà di parola",
            "Receiving funds silences nobody: the nonprofits may criticise and advocate.",
            "Ricevere fondi non fa tacere nessuno: gli enti non profit possono criticare e farsi portavoce.",
        ),
        KitClause(
            "Social impact",
            "Impatto sociale",
            "If the public body asks for an assessment of social impact, its method is agreed beforehand.",
            "Se l'ente pubblico chiede una valutazione dell'impatto sociale, il metodo si concorda prima.",
        ),
        *CLOSING,
    ),
)
