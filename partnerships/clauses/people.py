"""Clauses 19 to 27: people protected and heard, what is made together, and what may go wrong."""

from partnerships.clauses.clause import Clause, Condition, Weight

PEOPLE = (
    Clause(
        "safeguarding",
        19,
        Weight.OPTIONAL,
        "Safeguarding of children and adults at risk",
        "Tutela dei minori e delle persone fragili",
        "Required as soon as minors or adults at risk are involved. Name a real person, not an office.",
        "Obbligatoria appena sono coinvolti minori o persone fragili. Indicate una persona vera, non un ufficio.",
        "Whoever works with minors or adults at risk is checked and trained before the first contact. No adult is alone"
        " with a minor behind a closed door; online contact stays on agreed channels. A named person receives concerns"
        " and passes a suspected crime on to the authorities at once.",
        "Chi lavora con minori o persone fragili è verificato e formato prima del primo contatto. Nessun adulto resta"
        " solo con un minore a porte chiuse; i contatti in rete passano per canali concordati. Una persona indicata"
        " riceve le segnalazioni e trasmette subito alle autorità un sospetto reato.",
        when=Condition.MINORS,
    ),
    Clause(
        "equality",
        20,
        Weight.RECOMMENDED,
        "Equality, inclusion, accessibility",
        "Parità, inclusione, accessibilità",
        "Write what you will do (steps, languages, refunds), not only what you believe.",
        "Scrivete che cosa farete (gradini, lingue, rimborsi), non solo in che cosa credete.",
        "Nobody is left out because of origin, sex, age, disability, faith, orientation or income. Places and texts are"
        " chosen so that everybody can use them; travel, child care and interpreting are paid where they would keep"
        " somebody away.",
        "Nessuno è escluso per origine, sesso, età, disabilità, fede, orientamento o reddito. Luoghi e testi si"
        " scelgono"
        " perché tutti possano usarli; viaggi, cura dei figli e interpreti si pagano quando terrebbero lontano"
        " qualcuno.",
    ),
    Clause(
        "participation",
        21,
        Weight.RECOMMENDED,
        "Listening to the community",
        "Ascolto della comunità",
        "Promise only answers you can give. An unanswered survey costs more trust than none.",
        "Promettete solo risposte che potete dare. Un questionario senza risposta toglie più fiducia che nessun"
        " questionario.",
        "People affected take part in planning and judging what we do. Every theme raised by residents gets a public"
        " answer, also when the answer is no.",
        "Le persone interessate partecipano alla progettazione e alla valutazione. Ogni tema posto dai residenti riceve"
        " una risposta pubblica, anche quando è negativa.",
    ),
    Clause(
        "volunteers",
        22,
        Weight.OPTIONAL,
        "Volunteers and insurance",
        "Volontari e assicurazione",
        "Required when volunteers help. Say who registers and who insures them; a flat-rate refund is not allowed in"
        " Italy.",
        "Obbligatoria se aiutano volontari. Dite chi li registra e chi li assicura; il rimborso forfetario non è"
        " ammesso.",
        "Each party registers and insures the volunteers it brings, against accident, illness and liability, before"
        " they"
        " begin. Volunteers replace no paid staff. Only documented costs are paid back, within limits set beforehand.",
        "Ogni parte iscrive nel registro e assicura i volontari che porta, per infortuni, malattie e responsabilità"
        " civile, prima che comincino. I volontari non sostituiscono personale retribuito. Si rimborsano solo spese"
        " documentate, entro limiti stabiliti prima.",
        when=Condition.VOLUNTEERS,
    ),
    Clause(
        "safety",
        23,
        Weight.OPTIONAL,
        "Health and safety",
        "Salute e sicurezza",
        "Who answers for which place, and who tells newcomers what is dangerous there.",
        "Chi risponde di quale luogo, e chi spiega ai nuovi che cosa vi è pericoloso.",
        "Whoever makes a place available answers for its safety, tells the others its risks and shows the way out. The"
        " parties write down who insures what.",
        "Chi mette a disposizione un luogo ne garantisce la sicurezza, informa gli altri dei rischi e mostra le vie di"
        " uscita. Le parti scrivono chi assicura che cosa.",
    ),
    Clause(
        "knowledge",
        24,
        Weight.OPTIONAL,
        "What we make and find out together",
        "Proprietà intellettuale, ricerca e pubblicazioni",
        "Required when you do research. Think of photographs, names of authors, and of who may say no to what.",
        "Obbligatoria se fate ricerca. Pensate alle fotografie, ai nomi degli autori e a chi può dire no a che cosa.",
        "What a party brings stays its own. What we make together may be used by all parties and by the community, and"
        " is published openly where no right of others stands against it. Nobody takes part in research without having"
        " understood what for; everybody may leave without a reason. Who contributed is named if they wish, and the"
        " parties read a text twenty working days before it appears.",
        "Ciò che una parte porta resta suo. Ciò che facciamo insieme può essere usato da tutte le parti e dalla"
        " comunità, ed è pubblicato in forma aperta se non lo impediscono diritti di altri. Nessuno partecipa a una"
        " ricerca senza aver capito a che cosa serve; chiunque può ritirarsi senza dire perché. Chi ha contribuito è"
        " citato, se vuole, e le parti leggono un testo venti giorni lavorativi prima dell'uscita.",
        when=Condition.RESEARCH,
    ),
    Clause(
        "visibility",
        25,
        Weight.RECOMMENDED,
        "Names, logos, social media",
        "Visibilità, loghi, canali social",
        "Funders often have rules on logos. Say who may speak for all of you.",
        "I finanziatori hanno spesso regole sui loghi. Dite chi può parlare a nome di tutti.",
        "Public texts name all parties and the funders as these ask. A logo is used only with its owner's consent. Each"
        " speaks for itself; for all of us speaks who was asked to. Pictures of people need their consent.",
        "I testi pubblici nominano tutte le parti e i finanziatori nel modo che questi chiedono. Un logo si usa solo"
        " con"
        " il consenso di chi lo possiede. Ognuno parla per sé; per tutti parla chi ne ha avuto l'incarico. Per le"
        " immagini di persone serve il loro consenso.",
    ),
    Clause(
        "evaluation",
        26,
        Weight.REQUIRED,
        "Looking at results",
        "Monitoraggio e valutazione",
        "Who counts, who checks, who reads it. Publishing only good results is advertising.",
        "Chi conta, chi controlla, chi legge. Pubblicare solo i risultati buoni è pubblicità.",
        "We measure as agreed, let somebody else check the numbers, and publish good and bad results alike, at least"
        " once a year.",
        "Misuriamo come concordato, facciamo controllare i numeri da un'altra persona e pubblichiamo i risultati, buoni"
        " e meno buoni, almeno una volta all'anno.",
    ),
    Clause(
        "liability",
        27,
        Weight.OPTIONAL,
        "Risk, liability, insurance",
        "Rischi, responsabilità, assicurazioni",
        "Who pays if something goes wrong. Ask your insurer before you sign, not after.",
        "Chi paga se qualcosa va storto. Chiedete alla vostra assicurazione prima di firmare, non dopo.",
        "Each party answers for what it does and for its own people. No party is liable for another's debts. Each keeps"
        " the insurance its part needs and shows it when asked.",
        "Ogni parte risponde di ciò che fa e delle proprie persone. Nessuna risponde dei debiti di un'altra. Ognuna"
        " mantiene le assicurazioni necessarie per la sua parte e le mostra su richiesta.",
    ),
)
