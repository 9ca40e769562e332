"""What every kit brings: tasks of any partnership, and the clauses an agreement cannot do without (R-A1)."""

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

PARTIES = KitClause(
    "Parties",
    "Le parti",
    "The organisations that sign below make this agreement. Each names the person who speaks for it and tells the"
    " others when that changes.",
    "Concludono questo accordo le organizzazioni che lo firmano in calce. Ognuna indica chi parla a suo nome e avvisa"
    " le altre quando cambia.",
)
PURPOSE = KitClause(
    "Purpose",
    "Finalità",
    "In {territory} we work together in “{name}”. {purpose}",
    "A {territory} lavoriamo insieme in «{name}». {purpose}",
)
NATURE = KitClause(
    "What kind of agreement this is",
    "Natura dell'accordo",
    "This is a statement of what we intend to do together. The clauses on personal data, confidentiality and money bind"
    " us; the others are promises we keep because we gave our word.",
    "Questo accordo dice che cosa intendiamo fare insieme. Le clausole su dati personali, riservatezza e denaro sono"
    " vincolanti; le altre sono impegni che manteniamo perché abbiamo dato la parola.",
)
GOALS = KitClause(
    "Common goals",
    "Obiettivi comuni",
    "We pursue the goals adopted in the partnership, each with an indicator, a target and a date. A changed goal is"
    " told to all parties before it counts.",
    "Perseguiamo gli obiettivi adottati nella partnership, ognuno con un indicatore, un valore da raggiungere e una"
    " data. Se un obiettivo cambia, tutte le parti lo sanno prima che valga.",
)
ROLES = KitClause(
    "Who does what",
    "Chi fa che cosa",
    "Each party does what it accepted, by the date it accepted. Nobody accepts a task for another party. Who cannot"
    " keep a date says so early and proposes another.",
    "Ogni parte fa ciò che ha accettato, entro la data che ha accettato. Nessuno accetta un compito per conto di altri."
    " Chi non riesce a rispettare una data lo dice per tempo e ne propone un'altra.",
)
CONTRIBUTIONS = KitClause(
    "What each brings",
    "Che cosa mette ciascuno",
    "Money, working time, rooms and goods are written down with their value and source. What is given in kind is never"
    " added to cash.",
    "Denaro, tempo di lavoro, spazi e beni si annotano con il loro valore e la loro origine. Ciò che è dato in natura"
    " non si somma mai al denaro.",
)
GOVERNANCE = KitClause(
    "How we decide",
    "Come decidiamo",
    "A steering group with one seat for each party and at least one for the community meets every six weeks. We look"
    " for consent; if there is none, two thirds of the seats decide.",
    "Una cabina di regia, con un posto per ogni parte e almeno uno per la comunità, si riunisce ogni sei settimane."
    " Cerchiamo il consenso; se manca, decidono i due terzi dei posti.",
)
COMMUNICATION = KitClause(
    "How we keep each other informed",
    "Come ci teniamo informati",
    "Every month there is a short written update. Good and bad news go to the partners first, then to the public.",
    "Ogni mese c'è un breve aggiornamento scritto. Le notizie, buone o cattive, vanno prima ai partner e poi al"
    " pubblico.",
)
INTERESTS = KitClause(
    "Conflicts of interest",
    "Conflitti di interesse",
    "Who could gain from a decision says so and does not take part in it.",
    "Chi potrebbe trarre vantaggio da una decisione lo dichiara e non vi partecipa.",
)
PERSONAL_DATA = KitClause(
    "Personal data",
    "Dati personali",
    "We collect only what we need, say why, and delete it when it is no longer needed. Each party names a contact for"
    " data questions; what is shared is listed in an annex.",
    "Raccogliamo solo ciò che serve, diciamo perché, e lo cancelliamo quando non serve più. Ogni parte indica un"
    " referente per i dati; ciò che si condivide è elencato in un allegato.",
)
EVALUATION = KitClause(
    "Looking at results",
    "Verifica dei risultati",
    "We measure as agreed, let somebody else check the numbers, and publish good and bad results alike.",
    "Misuriamo come concordato, facciamo controllare i numeri da un'altra persona e pubblichiamo i risultati, buoni e"
    " meno buoni.",
)
CONFLICTS = KitClause(
    "When we disagree",
    "Quando non siamo d'accordo",
    "We talk first. If that does not help, either side may ask the two conflict contacts, who come from different"
    " organisations, and after that an outside mediator.",
    "Prima ne parliamo. Se non basta, ciascuna parte può rivolgersi ai due referenti per i conflitti, di organizzazioni"
    " diverse, e poi a un mediatore esterno.",
)
REVIEW = KitClause(
    "Review and changes",
    "Revisione e modifiche",
    "We read this agreement again every year. A change is a new version, which all parties accept anew.",
    "Rileggiamo questo accordo ogni anno. Una modifica è una nuova versione, che tutte le parti accettano di nuovo.",
)
LEAVING = KitClause(
    "Leaving",
    "Recesso",
    "A party may leave with two months' notice. It hands over its tasks, what it holds for the others, and tells the"
    " people it served.",
    "Una parte può recedere con due mesi di preavviso. Passa i propri compiti, rende ciò che tiene per gli altri e"
    " avvisa le persone che seguiva.",
)
DURATION = KitClause(
    "Duration and end",
    "Durata e fine",
    "The agreement holds for the time written in it. Before it ends we decide together whether to go on; if not, we"
    " settle money, goods and data and say publicly what remains.",
    "L'accordo vale per il tempo che vi è scritto. Prima della scadenza decidiamo insieme se proseguire; altrimenti"
    " sistemiamo denaro, beni e dati e diciamo pubblicamente che cosa resta.",
)
SIGNATURES = KitClause(
    "Acceptance",
    "Accettazione",
    "Each party accepts through a person who may commit for it, with name, capacity and time. This is a simple"
    " electronic signature.",
    "Ogni parte accetta attraverso una persona che può impegnarla, con nome, qualifica e ora. È una firma elettronica"
    " semplice.",
)

OPENING = (PARTIES, PURPOSE, NATURE, GOALS, ROLES, CONTRIBUTIONS, GOVERNANCE, COMMUNICATION, INTERESTS, PERSONAL_DATA)
CLOSING = (EVALUATION, CONFLICTS, REVIEW, LEAVING, DURATION, SIGNATURES)
