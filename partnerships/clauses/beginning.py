"""Clauses 1 to 9: who, what for, and what each brings."""

from partnerships.clauses.clause import Clause, Weight

BEGINNING = (
    Clause(
        "parties",
        1,
        Weight.REQUIRED,
        "Parties",
        "Le parti",
        "Full legal names, and who may sign for each. Keep the list short: a body that only wishes you well is not a"
        " party.",
        "Denominazioni complete e chi può firmare per ciascuna. Tenete l'elenco breve: un ente che vi augura soltanto"
        " ogni bene non è una parte.",
        "These organisations make this agreement:\n\n{parties}\n\nEach names the person who speaks for it and tells the"
        " others when that changes.",
        "Concludono questo accordo:\n\n{parties}\n\nOgnuna indica chi parla a suo nome e avvisa le altre quando"
        " cambia.",
    ),
    Clause(
        "purpose",
        2,
        Weight.REQUIRED,
        "Background and shared purpose",
        "Premesse e finalità comune",
        "One sentence everybody can repeat. Say which need you saw and with whom you spoke about it.",
        "Una frase che tutti sappiano ripetere. Dite quale bisogno avete visto e con chi ne avete parlato.",
        "In {territory} we work together in “{name}”. {purpose}",
        "A {territory} lavoriamo insieme in «{name}». {purpose}",
    ),
    Clause(
        "nature",
        3,
        Weight.REQUIRED,
        "Legal nature",
        "Natura giuridica dell'accordo",
        "Say whether you bind yourselves by law, and with which clauses. An agreement that is silent on it is read by"
        " others as they please.",
        "Dite se vi vincolate per legge, e con quali clausole. Un accordo che non lo dice viene letto da ognuno a modo"
        " suo.",
        "This is a statement of what we intend to do together. It creates no company or association, and nobody may act"
        " in the name of the others. The clauses on personal data, confidentiality and money bind us by law; the others"
        " are promises we keep because we gave our word.",
        "Questo accordo dice che cosa intendiamo fare insieme. Non crea una società né un'associazione, e nessuno può"
        " agire in nome degli altri. Le clausole su dati personali, riservatezza e denaro sono giuridicamente"
        " vincolanti; le altre sono impegni che manteniamo perché abbiamo dato la parola.",
    ),
    Clause(
        "definitions",
        4,
        Weight.OPTIONAL,
        "Definitions",
        "Definizioni",
        "Only words that people of different trades understand differently. Three are better than thirty.",
        "Solo parole che mestieri diversi intendono in modo diverso. Meglio tre che trenta.",
        "In this agreement “community” means the people who live or work where we act; “steering group” the body in"
        " which all parties sit; “coordination” those who run the daily work.",
        "In questo accordo «comunità» sono le persone che vivono o lavorano dove operiamo; «cabina di regia» l'organo"
        " in"
        " cui siedono tutte le parti; «coordinamento» chi segue il lavoro quotidiano.",
    ),
    Clause(
        "principles",
        5,
        Weight.RECOMMENDED,
        "How we treat each other",
        "Principi di collaborazione",
        "Write only what you would remind each other of. A principle nobody can be reminded of is decoration.",
        "Scrivete solo ciò che sapreste ricordarvi a vicenda. Un principio che nessuno può richiamare è un ornamento.",
        "We speak openly, also about what goes wrong. We listen before we answer. Small organisations and residents"
        " count as much as large ones. Each party should be better off for having taken part.",
        "Parliamo apertamente, anche di ciò che non funziona. Ascoltiamo prima di rispondere. Le organizzazioni piccole"
        " e i residenti contano quanto quelle grandi. Ogni parte deve trarre un beneficio dall'aver partecipato.",
    ),
    Clause(
        "goals",
        6,
        Weight.REQUIRED,
        "Common goals",
        "Obiettivi comuni",
        "The list comes from the partnership's goals. Signing freezes it; a goal changed later is told in a new version"
        " or an annex.",
        "L'elenco viene dagli obiettivi del partenariato. La firma lo fissa; un obiettivo cambiato dopo entra in una"
        " nuova versione o in un allegato.",
        "We pursue these goals:\n\n{goals}\n\nA changed goal is told to all parties before it counts.",
        "Perseguiamo questi obiettivi:\n\n{goals}\n\nSe un obiettivo cambia, tutte le parti lo sanno prima che valga.",
    ),
    Clause(
        "scope",
        7,
        Weight.OPTIONAL,
        "What is in and what is not",
        "Ambito ed esclusioni",
        "Name what people will expect of you and you will not do. It saves disappointment on both sides.",
        "Nominate ciò che le persone si aspetteranno da voi e che non farete. Evita delusioni a tutti.",
        "This agreement covers what serves the goals above. It does not replace services that one of the parties must"
        " provide by law, and it does not limit what each does on its own.",
        "L'accordo riguarda ciò che serve agli obiettivi indicati. Non sostituisce servizi che una delle parti deve"
        " garantire per legge e non limita ciò che ciascuna fa per conto proprio.",
    ),
    Clause(
        "roles",
        8,
        Weight.REQUIRED,
        "Who does what",
        "Chi fa che cosa",
        "One line for each party, with a verb. Two parties answerable for the same thing means nobody is.",
        "Una riga per ogni parte, con un verbo. Due responsabili della stessa cosa significa nessun responsabile.",
        "{roles}\n\nEach party does what it accepted, by the date it accepted. Nobody accepts a task for another party."
        " Who cannot keep a date says so early and proposes another.",
        "{roles}\n\nOgni parte fa ciò che ha accettato, entro la data che ha accettato. Nessuno accetta un compito per"
        " conto di altri. Chi non riesce a rispettare una data lo dice per tempo e ne propone un'altra.",
    ),
    Clause(
        "contributions",
        9,
        Weight.REQUIRED,
        "What each brings",
        "Che cosa mette ciascuno",
        "Money, working time, rooms, goods. Say what is sure and what is hoped for. If nobody brings anything, say"
        " that.",
        "Denaro, tempo di lavoro, spazi, beni. Dite che cosa è certo e che cosa è sperato. Se nessuno mette nulla,"
        " scrivetelo.",
        "{contributions}\n\nWhat each brings is written down with its value and source. What is given in kind is never"
        " added to cash.",
        "{contributions}\n\nCiò che ciascuno mette si annota con il suo valore e la sua origine. Ciò che è dato in"
        " natura non si somma mai al denaro.",
    ),
)
