"""Clauses 28 to 36: disagreement, change, coming and going, the end."""

from partnerships.clauses.clause import Clause, Condition, Weight

ENDING = (
    Clause(
        "conflicts",
        28,
        Weight.REQUIRED,
        "When we disagree",
        "Quando non siamo d'accordo",
        "Two contacts of different organisations, chosen before there is anything to fight about.",
        "Due referenti di organizzazioni diverse, scelti prima che ci sia qualcosa su cui litigare.",
        "We talk first. If that does not help, either side may ask the two conflict contacts, who come from different"
        " organisations, and after that an outside mediator. Until then each goes on with what it promised, as far as"
        " that is safe.",
        "Prima ne parliamo. Se non basta, ciascuna parte può rivolgersi ai due referenti per i conflitti, di"
        " organizzazioni diverse, e poi a un mediatore esterno. Intanto ognuno prosegue con ciò che ha promesso, finché"
        " è sicuro farlo.",
    ),
    Clause(
        "review",
        29,
        Weight.REQUIRED,
        "Review and changes",
        "Revisione e modifiche",
        "The day comes from the dates beside the text. Say what counts as a small change.",
        "La data viene da quelle accanto al testo. Dite che cosa è una modifica di poco conto.",
        "We read this agreement again together {review}. A change is a new, numbered version that all parties sign"
        " again. A small change that alters no duty (an address, a name, a slip of the pen) counts without signing"
        " again if it is told to all parties and none objects within ten working days.",
        "Rileggiamo insieme questo accordo {review}. Una modifica è una nuova versione numerata, che tutte le parti"
        " firmano di nuovo. Una modifica di poco conto, che non cambia alcun impegno (un indirizzo, un nome, un"
        " refuso), vale senza nuova firma se è comunicata a tutte le parti e nessuna si oppone entro dieci giorni"
        " lavorativi.",
    ),
    Clause(
        "accession",
        30,
        Weight.RECOMMENDED,
        "New partners",
        "Adesione di nuovi partner",
        "Who may say yes to a newcomer, and that it joins what is written, not what it would have liked.",
        "Chi può dire sì a un nuovo arrivato, e che questi aderisce a ciò che è scritto, non a ciò che avrebbe voluto.",
        "Another organisation may join when the steering group agrees. It signs a form of accession to the version then"
        " in force and is a party from that day.",
        "Un'altra organizzazione può aderire se la cabina di regia è d'accordo. Firma un atto di adesione alla versione"
        " allora in vigore ed è parte da quel giorno.",
    ),
    Clause(
        "leaving",
        31,
        Weight.REQUIRED,
        "Leaving, notice, exclusion",
        "Recesso, preavviso, esclusione",
        "Leaving must be possible without blame. Excluding must be hard, and heard.",
        "Andarsene dev'essere possibile senza colpa. Escludere dev'essere difficile, e solo dopo aver ascoltato.",
        "A party may leave with {notice} in writing. It hands over its tasks, gives back what it holds for the others,"
        " and tells the people it served. A party that gravely and repeatedly does not do what it promised may be"
        " excluded by the others, after it was heard.",
        "Una parte può recedere per iscritto con {notice}. Passa i propri compiti, rende ciò che tiene per gli altri e"
        " avvisa le persone che seguiva. Una parte che in modo grave e ripetuto non fa ciò che ha promesso può essere"
        " esclusa dalle altre, dopo essere stata ascoltata.",
    ),
    Clause(
        "duration",
        32,
        Weight.REQUIRED,
        "Duration, renewal, end",
        "Durata, rinnovo, conclusione",
        "The dates come from beside the text. An agreement without an end is rarely read again.",
        "Le date vengono da quelle accanto al testo. Un accordo senza scadenza non si rilegge quasi mai.",
        "{duration} Before it ends we decide together whether to go on.",
        "{duration} Prima della scadenza decidiamo insieme se proseguire.",
    ),
    Clause(
        "closing",
        33,
        Weight.RECOMMENDED,
        "What remains when we end",
        "Che cosa resta alla fine",
        "Goods, money, data, and above all the people who counted on you.",
        "Beni, denaro, dati e soprattutto le persone che contavano su di voi.",
        "At the end we settle money, goods and data within three months, tell the people served where they find help,"
        " and say publicly what was reached and what remains.",
        "Alla fine sistemiamo denaro, beni e dati entro tre mesi, diciamo alle persone seguite dove trovano aiuto, e"
        " rendiamo pubblico che cosa è stato raggiunto e che cosa resta.",
    ),
    Clause(
        "law",
        34,
        Weight.OPTIONAL,
        "Governing law and court",
        "Legge applicabile e foro",
        "Needed when a public body takes part or you bind yourselves by law. Ask somebody who knows.",
        "Serve se partecipa un ente pubblico o se vi vincolate per legge. Chiedete a chi se ne intende.",
        "The law of the place where we work applies. If the steps under “When we disagree” do not help, the court of"
        " that"
        " place decides.",
        "Si applica la legge del luogo in cui operiamo. Se i passi previsti in «Quando non siamo d'accordo» non"
        " bastano,"
        " decide il foro di quel luogo.",
        when=Condition.PUBLIC_BODY,
    ),
    Clause(
        "annexes",
        35,
        Weight.OPTIONAL,
        "Annexes",
        "Allegati",
        "List them with date. An annex nobody can find binds nobody.",
        "Elencateli con la data. Un allegato che nessuno trova non impegna nessuno.",
        "The annexes listed here belong to this agreement. If an annex says something else than a clause, the clause"
        " counts.",
        "Gli allegati elencati qui fanno parte dell'accordo. Se un allegato dice altro rispetto a una clausola, vale la"
        " clausola.",
    ),
    Clause(
        "signatures",
        36,
        Weight.REQUIRED,
        "Signatures",
        "Firme",
        "Who signs must be able to bind the organisation: its legal representative, or somebody with a written"
        " delegation.",
        "Chi firma deve poter impegnare l'organizzazione: il legale rappresentante, o chi ha una delega scritta.",
        "Each party signs through a person who may bind it, with name, capacity and time. Each signature keeps the"
        " fingerprint of exactly this text. The agreement is in force when all parties asked have signed.",
        "Ogni parte firma attraverso una persona che può impegnarla, con nome, qualifica e ora. Ogni firma conserva"
        " l'impronta di questo esatto testo. L'accordo è in vigore quando hanno firmato tutte le parti chiamate a"
        " farlo.",
    ),
)
