"""Clauses 10 to 18: how the parties decide, meet, spend and keep what is confidential."""

from partnerships.clauses.clause import Clause, Condition, Weight

WORKING = (
    Clause(
        "governance",
        10,
        Weight.REQUIRED,
        "How we decide",
        "Come decidiamo",
        "Who sits where, how many must be there, and which way of deciding for which matter. Set quorum and methods"
        " beside the text: meetings will keep to them.",
        "Chi siede dove, quanti devono esserci, e quale modo di decidere per quale materia. Impostate quorum e metodi"
        " accanto al testo: le riunioni vi si atterranno.",
        "A steering group with one seat for each party and at least one for the community takes the decisions that"
        " concern everybody. {deciding} Who disagrees may have it written down.",
        "Una cabina di regia, con un posto per ogni parte e almeno uno per la comunità, prende le decisioni che"
        " riguardano tutti. {deciding} Chi dissente può farlo mettere per iscritto.",
    ),
    Clause(
        "coordination",
        11,
        Weight.RECOMMENDED,
        "Coordination",
        "Coordinamento",
        "What the coordination may do alone, and where it must ask. Limits protect the one who coordinates too.",
        "Che cosa il coordinamento può fare da solo e quando deve chiedere. I limiti proteggono anche chi coordina.",
        "The daily work is run by {coordination}. Coordination prepares meetings, keeps the papers and reminds us of"
        " what we promised. It makes no promise and spends no money for a party without being asked to.",
        "Il lavoro quotidiano è seguito da {coordination}. Il coordinamento prepara gli incontri, tiene i documenti e"
        " ci"
        " ricorda ciò che abbiamo promesso. Non prende impegni e non spende denaro per conto di una parte senza"
        " incarico.",
    ),
    Clause(
        "meetings",
        12,
        Weight.REQUIRED,
        "Meetings and keeping each other informed",
        "Incontri e comunicazione",
        "A rhythm you can keep in a bad month. Say where papers are and who may read them.",
        "Un ritmo che reggete anche in un mese difficile. Dite dove sono i documenti e chi può leggerli.",
        "We tell each other how it goes {rhythm}. Minutes are sent within ten days. Good and bad news go to the parties"
        " first, then to the public.",
        "Ci aggiorniamo {rhythm}. I verbali si inviano entro dieci giorni. Le notizie, buone o cattive, vanno prima"
        " alle"
        " parti e poi al pubblico.",
    ),
    Clause(
        "work_plan",
        13,
        Weight.OPTIONAL,
        "Work plan and milestones",
        "Piano di lavoro e tappe",
        "Point to the plan instead of copying it: dates move, and a date in the agreement moves only with a new"
        " version.",
        "Rimandate al piano invece di copiarlo: le date cambiano, e una data nell'accordo cambia solo con una nuova"
        " versione.",
        "The parties keep a shared work plan with tasks, dates and milestones. The plan may change without changing"
        " this"
        " agreement; the first date promised stays visible.",
        "Le parti tengono un piano di lavoro comune con compiti, date e tappe. Il piano può cambiare senza cambiare"
        " questo accordo; la prima data promessa resta visibile.",
    ),
    Clause(
        "funding",
        14,
        Weight.OPTIONAL,
        "Money",
        "Risorse economiche",
        "Who receives, who spends, who answers to the funder, and who may look at the receipts. Without money, leave it"
        " out.",
        "Chi riceve, chi spende, chi risponde al finanziatore e chi può vedere i giustificativi. Senza denaro,"
        " toglietela.",
        "One party receives the money for common purposes, keeps it apart in its books and answers to the funders."
        " Only real, documented costs agreed beforehand are paid. Each party may look at the accounts of the common"
        " money and keeps its receipts for as long as the funder asks.",
        "Una parte riceve il denaro per gli scopi comuni, lo tiene distinto nella propria contabilità e ne risponde ai"
        " finanziatori. Si pagano solo costi reali, documentati e concordati prima. Ogni parte può vedere i conti del"
        " denaro comune e conserva i giustificativi per il tempo chiesto dal finanziatore.",
        when=Condition.MONEY,
    ),
    Clause(
        "procurement",
        15,
        Weight.OPTIONAL,
        "Buying from each other and from others",
        "Acquisti e parti collegate",
        "Needed as soon as a public body takes part or a party could sell to the partnership.",
        "Serve appena partecipa un ente pubblico o una parte potrebbe vendere qualcosa al partenariato.",
        "Each party keeps to the rules on purchasing that hold for it. Nothing is bought from a party, or from somebody"
        " close to it, before the others know and agree in writing. This agreement is no contract for services.",
        "Ogni parte segue le regole sugli acquisti che valgono per lei. Nulla si acquista da una parte, o da chi le è"
        " collegato, prima che le altre lo sappiano e lo approvino per iscritto. Questo accordo non è un appalto di"
        " servizi.",
        when=Condition.PUBLIC_BODY,
    ),
    Clause(
        "interests",
        16,
        Weight.REQUIRED,
        "Conflicts of interest",
        "Conflitti di interesse",
        "A conflict of interest is no guilt. Hiding it is.",
        "Un conflitto di interesse non è una colpa. Nasconderlo sì.",
        "Who could gain from a decision, or has somebody close who could, says so before it is discussed and does not"
        " take part in it. It is written in the minutes.",
        "Chi potrebbe trarre vantaggio da una decisione, per sé o per una persona vicina, lo dichiara prima che se ne"
        " discuta e non vi partecipa. Lo si scrive nel verbale.",
    ),
    Clause(
        "personal_data",
        17,
        Weight.REQUIRED,
        "Personal data",
        "Dati personali",
        "Who decides why and how (controller), who only works for another (processor). If you decide together, you need"
        " a joint-controller arrangement; if one works for another, an appointment.",
        "Chi decide perché e come (titolare), chi tratta dati per conto di altri (responsabile). Se decidete insieme,"
        " serve un accordo di contitolarità; se uno lavora per un altro, una nomina.",
        "We collect only what we need, say why, and delete it when it is no longer needed. Each party is controller of"
        " the data it collects. What is shared, with whom and until when is listed in an annex; where parties decide"
        " together, they write down who answers to the people concerned. Each party names a contact for data questions"
        " and tells the others of a breach within 24 hours.",
        "Raccogliamo solo ciò che serve, diciamo perché, e lo cancelliamo quando non serve più. Ogni parte è titolare"
        " dei dati che raccoglie. Che cosa si condivide, con chi e fino a quando è elencato in un allegato; dove le"
        " parti"
        " decidono insieme, scrivono chi risponde alle persone interessate. Ogni parte indica un referente per i dati e"
        " avvisa le altre di una violazione entro 24 ore.",
    ),
    Clause(
        "confidentiality",
        18,
        Weight.RECOMMENDED,
        "Confidentiality",
        "Riservatezza",
        "Say what stays inside in simple words; the rest may be spoken of.",
        "Dite in parole semplici che cosa resta riservato; di tutto il resto si può parlare.",
        "What a party marks as confidential, and what people told us in confidence, stays inside, also after the end of"
        " this agreement. It stops nobody from reporting a danger or an unlawful act.",
        "Ciò che una parte indica come riservato, e ciò che le persone ci hanno confidato, resta tra noi, anche dopo la"
        " fine dell'accordo. Questo non impedisce a nessuno di segnalare un pericolo o un illecito.",
    ),
)
