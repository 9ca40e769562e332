"""Business and school: mentoring, placements, career guidance (domain templates, BS)."""

from partnerships.kits.kit import Kit, KitClause, KitRole, KitTask
from partnerships.kits.shared_parts import CLOSING, OPENING, TASKS

BUSINESS_SCHOOL = Kit(
    code="BS",
    version=1,
    name_en="Business and school",
    name_it="Aziende e scuole",
    sentence_en="Local firms and a school want mentoring, placements and career guidance for students.",
    sentence_it="Aziende del territorio e una scuola vogliono mentori, esperienze in azienda e orientamento per gli"
    " studenti.",
    roles=(
        KitRole("BS-R1", "Head of school", "Dirigente scolastico"),
        KitRole("BS-R2", "School coordinator", "Referente di istituto"),
        KitRole("BS-R3", "Company representative", "Referente aziendale"),
        KitRole("BS-R4", "Workplace tutor", "Tutor aziendale"),
        KitRole("BS-R5", "School tutor", "Tutor scolastico"),
        KitRole("BS-R6", "Mentor", "Mentore"),
        KitRole("BS-R7", "Safeguarding lead", "Responsabile della tutela dei minori"),
        KitRole("BS-R8", "Student representatives", "Rappresentanti degli studenti"),
        KitRole("BS-R9", "Family representative", "Rappresentante delle famiglie"),
    ),
    tasks=(
        *TASKS,
        KitTask(
            "BS-T1",
            "List skills students want to try and what firms can offer",
            "Elencare che cosa gli studenti vogliono provare e che cosa le aziende offrono",
            due=-20,
        ),
        KitTask(
            "BS-T2",
            "Risk assessment and insurance check for each host",
            "Valutazione dei rischi e verifica delle assicurazioni per ogni sede",
            due=30,
        ),
        KitTask("BS-T6", "Baseline survey of students", "Questionario iniziale agli studenti", due=30),
        KitTask(
            "BS-T3",
            "Safeguarding briefing for tutors and mentors",
            "Formazione sulla tutela per tutor e mentori",
            due=40,
        ),
        KitTask("BS-T5", "Individual learning plans", "Progetti formativi individuali", due=50),
        KitTask("BS-T4", "Recruit and check mentors", "Cercare e verificare i mentori", due=60),
        KitTask("BS-T9", "Company visit days", "Visite in azienda", due=220, starts=100),
        KitTask(
            "BS-T8",
            "Mid-way talk with students and families",
            "Confronto intermedio con studenti e famiglie",
            due=150,
        ),
        KitTask("BS-T7", "First placement round", "Primo ciclo di esperienze", due=160, starts=70),
        KitTask("BS-T10", "Skills statement for each student", "Attestato delle competenze per ogni studente", due=175),
        KitTask(
            "BS-T11",
            "Final survey, results told to students",
            "Questionario finale e restituzione agli studenti",
            due=290,
        ),
        KitTask("BS-T12", "Thank-you event", "Evento di ringraziamento", due=330),
    ),
    clauses=(
        *OPENING,
        KitClause(
            "Learning first",
            "Prima di tutto la formazione",
            "Students come to learn. They replace no staff and do no unpaid ordinary work.",
            "Gli studenti vengono per imparare. Non sostituiscono il personale e non svolgono lavoro ordinario non"
            " pagato.",
        ),
        KitClause(
            "Safeguarding of minors",
            "Tutela dei minori",
            "Tutors and mentors are checked and trained before the first contact. No adult is alone with a student"
            " behind a closed door; online contact stays on agreed channels. A named person receives concerns.",
            "Tutor e mentori sono verificati e formati prima del primo contatto. Nessun adulto resta solo con uno"
            " studente a porte chiuse; i contatti in rete passano per canali concordati. Una persona indicata riceve le"
            " segnalazioni.",
        ),
        KitClause(
            "Health, safety and insurance",
            "Salute, sicurezza e assicurazioni",
            "School and host write down who insures what and who explains the risks of the workplace.",
            "Scuola e azienda scrivono chi assicura che cosa e chi spiega i rischi del luogo di lavoro.",
        ),
        KitClause(
            "Learning plan and assessment",
            "Progetto formativo e valutazione",
            "Each student has a plan made with both tutors and a talk at the end.",
            "Ogni studente ha un progetto scritto con i due tutor e un colloquio finale.",
        ),
        KitClause(
            "Fair access",
            "Pari accesso",
            "Places are kept for students with a disability or few means; travel is paid back.",
            "Alcuni posti sono riservati a studenti con disabilità o con pochi mezzi; i viaggi sono rimborsati.",
        ),
        KitClause(
            "No marketing to students",
            "Nessuna pubblicità agli studenti",
            "Sponsors are thanked, not advertised. Alcohol, gambling and tobacco are excluded.",
            "Gli sponsor si ringraziano, non si pubblicizzano. Alcol, gioco d'azzardo e tabacco sono esclusi.",
        ),
        KitClause(
            "Students' data and images",
            "Dati e immagini degli studenti",
            "Names and pictures leave the school only with written consent, which can be taken back.",
            "Nomi e immagini escono dalla scuola solo con un consenso scritto, che si può revocare.",
        ),
        KitClause(
            "Business secrets",
            "Riservatezza aziendale",
            "The host says in simple words what stays inside; the student may speak of everything else.",
            "L'azienda dice in parole semplici che cosa resta riservato; di tutto il resto lo studente può parlare.",
        ),
        KitClause(
            "Stopping a placement",
            "Interruzione e reclami",
            "Student, family, school or host may stop a placement at once and say why. A complaint is answered within"
            " ten days.",
            "Studente, famiglia, scuola o azienda possono interrompere subito l'esperienza e dire perché. A un reclamo"
            " si risponde entro dieci giorni.",
        ),
        KitClause(
            "Hours and records",
            "Ore e registri",
            "Hours are recorded day by day and confirmed by both tutors.",
            "Le ore si annotano giorno per giorno e sono confermate dai due tutor.",
        ),
        *CLOSING,
    ),
)
