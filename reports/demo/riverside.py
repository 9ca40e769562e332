"""Riverside Together: an English-speaking district where a charity runs the office for its neighbours."""

from reports.demo.story import (
    Account,
    Aim,
    Answer,
    Ask,
    Desk,
    Fact,
    Look,
    MapStory,
    Means,
    Org,
    Reading,
    RecordAsked,
    Said,
    Scores,
    Space,
    Story,
    Talk,
    Thing,
    Voice,
    Work,
)

ORGANISATIONS = (
    Org("council", "Eastmere District Council", "government_agency", "Eastmere", "Harriet Olney"),
    Org("trust", "Riverside Community Trust", "nonprofit", "Eastmere", "Samir Haddow", "Charity"),
    Org("academy", "Quayside Academy", "education", "Eastmere", "Joan Pettifer", "Secondary school"),
    Org("boatyard", "Lockgate Boatyard", "local_business", "Eastmere", "Owen Trask", head="Grace Trask"),
    Org("bakery", "Mill Lane Bakery", "local_business", "Eastmere", "Priya Anand"),
    Org("surgery", "Weir Street Surgery", "health", "Eastmere", "Colm Brannigan"),
    Org("tenants", "Tanners Row Tenants' Group", "community_member_or_group", "Tanners Row", "Adaeze Obi"),
    Org("college", "Eastmere College", "education", "Eastmere", "Ruth Ellingham"),
    Org("foundation", "The Alder Foundation", "funder", "Northby", "Miles Garrow"),
    Org("news", "Eastmere Voice", "media", "Eastmere"),
)

ACCOUNTS = (
    Account("tenant_admin", "Harriet Olney", "council"),
    Account("coordinator", "Bea Longmore"),
    Account("evaluator", "Tom Ashdown"),
    Account("treasurer", "Wilf Garside"),
    Account("partner_lead", "Joan Pettifer", "academy", "first-job"),
    Account("partner_member", "Owen Trask", "boatyard", "first-job"),
    Account("funder", "Miles Garrow", "foundation"),
)

FIRST_JOB = Story(
    slug="first-job",
    kit="BS",
    name="First Job",
    purpose="Every leaver at Quayside has met the people who do the work they are curious about.",
    why="No firm can train students by itself and the school has no workplaces: it takes dates, tutors and rules we share.",
    territory="Eastmere",
    about_en="Quayside Academy and local firms open workplaces to young people who would not get in by themselves.",
    about_it="La Quayside Academy e le aziende locali aprono i luoghi di lavoro ai giovani che da soli non ci entrerebbero.",
    state="active",
    started=-300,
    members=(("academy", "School"), ("boatyard", "Host"), ("bakery", "Host"), ("council", "Space and travel")),
    agreement="First Job partnership agreement",
    signed=("academy", "boatyard", "bakery", "council"),
    tasks=(
        Work("Agree placement dates with the hosts", "academy", -200, "done", -204),
        Work("Safeguarding briefing for tutors", "academy", -190, "done", -180),
        Work("Spring placement round", "boatyard", -120, "done", -121),
        Work("Write to former students for mentors", "academy", -9, "in_progress", -14, "Eleven answers so far."),
        Work("Book the hall for the thank-you evening", "council", 9, "accepted"),
        Work("Work clothes for twelve students", "bakery", 20, "proposed"),
    ),
    goals=(
        Aim(
            "Good placements for most students",
            "Buone esperienze in azienda per la maggior parte degli studenti",
            "students in years 11 to 13",
            "studenti degli ultimi tre anni",
            "Eastmere",
            "Eastmere",
            "Students completing a placement with a positive assessment",
            "Studenti che concludono l'esperienza con valutazione positiva",
            "percent",
            "18",
            "50",
            "Hosts offered 70 places for 120 students and the timetable is agreed.",
            "Places kept for students with a disability or no car at home; travel refunded.",
            "Tutor sheets, each term",
            "Schede dei tutor, per quadrimestre",
            baseline_of="120",
            need=15000,
            owner="academy",
            starts=-280,
            ends=170,
            readings=(
                Reading(8, "26", "120"),
                Reading(6, "33", "118"),
                Reading(4, None, missing="Tutor sheets were lost when the office moved"),
                Reading(2, "47", "118"),
                Reading(1, "51", "118", verified=False),
            ),
            milestones=(
                ("Eight hosts signed", "Otto sedi ospitanti firmate", -200, -204),
                ("Autumn round done", "Concluso il ciclo d'autunno", 20, None),
            ),
        ),
    ),
    voices=(
        Voice(
            "idea",
            "Could the boatyard do an open Saturday? My lad is too shy for a week away from school.",
            -40,
            "The first open Saturday is on 12 December.",
            theme=0,
        ),
        Voice("question", "Who pays for safety boots?", -3),
    ),
    answers=(
        Answer(
            "A first look without a whole week.",
            "Un primo sguardo senza una settimana intera.",
            "planned",
            "The boatyard opens on a Saturday in December.",
            "Il cantiere apre un sabato di dicembre.",
        ),
    ),
    means=(
        Means("grant", "The Alder Foundation", 9000, giver="foundation"),
        Means(
            "in_kind",
            "Tutor hours at the boatyard",
            3600,
            giver="boatyard",
            valued_by="£24 an hour for 150 hours",
            evidence="Time sheets signed by the tutors",
        ),
    ),
    report_summary="51 of 118 students finished a placement with a good report, up from 22 before the partnership began.",
    report_not_working="We lost one term's tutor sheets, so that term has no value. Sheets are now filled in on the day.",
)

GOOD_NEIGHBOURS = Story(
    slug="good-neighbours",
    kit="NG",
    name="Good Neighbours",
    purpose="People who live alone on Tanners Row get help before a small problem grows.",
    why="Council, clinic and charities visit the same people without knowing it; only together does a call get an answer within days.",
    territory="Tanners Row",
    about_en="The Trust, the surgery and the tenants' group answer one phone together.",
    about_it="Il Trust, l'ambulatorio e il gruppo degli inquilini rispondono insieme a un solo telefono.",
    state="active",
    started=-150,
    members=(("trust", "Lead"), ("surgery", "Health"), ("tenants", "Residents"), ("council", "Funding")),
    agreement="Good Neighbours agreement",
    signed=("trust", "surgery", "tenants", "council"),
    tasks=(
        Work("Open the shared phone line", "trust", -110, "done", -108),
        Work("Train twelve phone volunteers", "tenants", -70, "done", -75),
        Work("Share appointment letters in plain English", "surgery", -6, "in_progress", -20),
        Work("Quarterly meeting on Tanners Row", "tenants", 15, "accepted"),
    ),
    goals=(
        Aim(
            "Faster first help",
            "Un primo aiuto più rapido",
            "residents who live alone",
            "residenti che vivono soli",
            "Tanners Row",
            "Tanners Row",
            "Days from first call to first help",
            "Giorni dalla prima telefonata al primo aiuto",
            "median",
            "16",
            "5",
            "Most of the wait is one form passed between two desks.",
            "Visits for people who do not use the phone.",
            "Call register, every month",
            "Registro delle telefonate, ogni mese",
            direction="decrease",
            need=8000,
            owner="trust",
            starts=-140,
            ends=225,
            readings=(Reading(4, "15"), Reading(3, "13"), Reading(2, "12"), Reading(1, "10", verified=False)),
            milestones=(("Phone line open", "Linea telefonica attiva", -112, -108),),
        ),
    ),
    voices=(
        Voice(
            "need",
            "The stairwell light has been out for two weeks, people are afraid to go out.",
            -1,
            place="Tanners Row",
        ),
    ),
    means=(Means("grant", "Eastmere District Council", 6000, giver="council"),),
)

OPEN_QUESTIONS = Story(
    slug="open-questions",
    kit="CU",
    name="Open Questions",
    purpose="Residents choose what is researched about their streets, and get the answers back.",
    why="The university has methods, residents have the questions; meeting now and then has never led to an answer anybody used.",
    territory="Eastmere",
    about_en="Residents and Eastmere College look for answers together.",
    about_it="Residenti e Eastmere College cercano insieme le risposte.",
    state="scoping",
    started=-20,
    members=(("college", "Research"), ("tenants", "Community")),
    is_public=False,
    tasks=(Work("Walk the Row and collect questions", "tenants", 10, "proposed"),),
)

FACTS = (
    Fact(
        "academy",
        "Secondary school on the quay, 610 students; one in three has free meals.",
        "We want leavers to choose after seeing, not from a leaflet.",
        "One person runs placements, beside teaching.",
        ("affected", "delivers"),
        tags=("young people",),
        source="Town forum",
    ),
    Fact(
        "boatyard",
        "Repairs and fits out narrowboats; 14 people.",
        "Two students at a time, and they should come back for a second week.",
        "Nobody can visit in April and May.",
        ("delivers",),
        tags=("young people",),
        source="Town forum",
    ),
    Fact(
        "tenants",
        "Thirty households around one stairwell and one garden.",
        "Ask us before, not after.",
        "Meet after six; three families speak Tigrinya.",
        ("affected", "knows"),
        tags=("neighbours",),
        source="A walk through Tanners Row",
    ),
    Fact("news", "Monthly paper, 4,000 copies.", stakes=("knows",), status="in_dialogue", source="Editor"),
    Fact(
        "college", "Further education, evening courses.", stakes=("delivers",), status="researched", source="Prospectus"
    ),
)

TALKS = (
    Talk("college", "call", -30, "They have an empty workshop on Fridays and would lend it.", "Visit the workshop", 8),
    Talk("news", "mail", -18, "A page in the spring issue if we send photos with consent.", "Send the photos", 14),
    Talk("tenants", "visit", -25, "Nine people in the garden. The light on the stairs has been out since summer.", "Come back with an answer", 10),
    Talk("boatyard", "call", -6, "Two weeks in March are fine. They ask for work boots in the right sizes.", "Send the sizes", 7),
)  # fmt: skip

THINGS = (
    Thing("boatyard", "skill", "Mentors who build boats", "yes", "Two at a time, not in spring", -30),
    Thing("boatyard", "equipment", "A boat for eight", "maybe", "With one of us at the helm"),
    Thing("bakery", "equipment", "Delivery van", "maybe", "After ten in the morning", -380),
    Thing("college", "place", "Workshop on Fridays", "yes", "Until the summer", -12),
    Thing("tenants", "knowledge_data", "Knowing who has not been seen for a week", "yes"),
    Thing("news", "network", "A page in the spring issue", "yes", "Photos with consent"),
    Thing("council", "institution", "Permit for the quay", "not_asked"),
)

ASKS = (
    Ask("first-job", "equipment", "Transport to hosts out of town", (10, 60)),
    Ask("first-job", "skill", "Sign-language interpreter for two evenings", (15, 45)),
    Ask("first-job", "network", "Somebody who tells the story", met_by="A page in the spring issue"),
)

LOOKS = (
    Look(
        "Partners' assembly",
        -70,
        "age_band",
        "Eastmere",
        "Census table TS007",
        (("Under 30", 5200, 2), ("30 to 49", 4700, 11), ("50 to 64", 3900, 6), ("65 and over", 4100, 9)),
        "self_declared_anonymous",
        2,
        "Hardly anybody under 30 is in the room when we decide about first jobs.",
        "Meet at the college once a term, and pay the bus for two apprentices.",
        -4,
    ),
    Look(
        "Steering group",
        -10,
        "sector",
        "Eastmere district",
        "Companies House, Charity Commission, school list",
        (("Public bodies", 7, 2), ("Schools", 11, 2), ("Businesses", 420, 2), ("Charities", 58, 2), ("Residents' groups", 21, 0)),
        "known_role",
    ),
    Look(
        "Befriending volunteers",
        -1,
        "language",
        "Tanners Row",
        "School census",
        (("English", 1480, 0), ("Tigrinya", 210, 0), ("Polish", 160, 0), ("Another language", 190, 0)),
    ),
    Look(
        "",
        -1,
        "neighbourhood",
        "Eastmere",
        "Census table TS007",
        (("Quayside", 7100, 0), ("Tanners Row", 2040, 0), ("Out of town", 8760, 0)),
    ),
)  # fmt: skip

MAP = MapStory(
    title="Who matters for a first job",
    issue="Why leavers of Quayside find no work they know anything about",
    place="Eastmere",
    partnership="first-job",
    begun=-312,
    scores=(
        Scores("academy", 2, ((4, 5, 5, 4, 5), (4, 5, 4, 4, 4)), ((4, 5, 5, 4, 5), (4, 5, 5, 4, 5)), (5, 5), "Nothing starts without the school."),
        Scores("boatyard", 2, ((3, 3, 4, 2, 3), (3, 4, 4, 3, 3)), ((4, 4, 4, 3, 4), (4, 5, 4, 3, 4)), (4, 4), "Takes more students than anybody."),
        Scores("bakery", 2, ((2, 3, 3, 2, 3), (2, 3, 3, 2, 3)), ((2, 3, 3, 2, 4), (3, 3, 3, 2, 4)), (3, 4), "Only after ten in the morning."),
        Scores("council", 3, ((5, 3, 5, 3, 4), (5, 4, 5, 3, 4)), ((5, 3, 5, 3, 4), (5, 4, 5, 3, 4)), (3, 4), "Decides on buses and permits."),
        Scores("tenants", 1, ((1, 5, 4, 5, 3), (2, 5, 4, 4, 3)), ((1, 5, 4, 5, 3), (3, 5, 4, 4, 4)), (1, 3), "It is their children, and nobody had asked."),
        Scores("college", 3, ((3, 3, 4, 2, 3), (3, 3, 4, 2, 4)), ((3, 4, 4, 2, 4), (4, 4, 4, 2, 4)), (2, 3), "Has places in the autumn."),
        Scores("foundation", 3, ((5, 2, 4, 1, 4), (5, 3, 4, 2, 4)), ((5, 3, 4, 2, 4), (5, 3, 4, 2, 4)), (3, 3), "Pays for most of it."),
        Scores("news", 4, ((2, 2, 3, 2, 4), (2, 2, 3, 2, 3)), ((3, 2, 3, 2, 4), (3, 2, 3, 2, 4)), (2, 2), "Four thousand copies."),
    ),
)  # fmt: skip

TIES = (
    ("council", "funds", "trust"),
    ("council", "regulates", "boatyard"),
    ("foundation", "funds", "trust"),
    ("foundation", "funds", "academy"),
    ("trust", "works_with", "academy"),
    ("academy", "works_with", "boatyard"),
    ("academy", "works_with", "college"),
    ("tenants", "advises", "trust"),
    ("surgery", "works_with", "trust"),
    ("college", "competes", "academy"),
)

SAID = (
    Said(
        "bakery",
        "+44 1632 960117",
        "Bread before six, and the oven for schools on Mondays.",
        "Maya Fell",
        "Mornings",
        "Back room with the long table",
        "After two, up to fifteen people",
        ("+44 1632 960118", "That is the shop's till. We keep the office number for partners."),
    ),
)

DESK = Desk(
    "Nora Whitlock",
    "open-questions",
    (
        RecordAsked("boatyard", "GB-COH", "SC123456", "Its apprentices could answer the next survey", -12, "Here it is. Ask for Grace."),
        RecordAsked("bakery", "GB-COH", "07654321", "The students would like to hear how it recruits", -2),
    ),
    helper="Ivy Marlow",
    helps="Rewrite the leaflet in plain words",
)  # fmt: skip

RIVERSIDE = Space(
    slug="riverside",
    name="Riverside Together",
    about="Neighbours, charities, schools and the council of Eastmere keep their promises to each other here.",
    language="en",
    colour="#1d4ed8",
    time_zone="Europe/London",
    currency="GBP",
    organisations=ORGANISATIONS,
    accounts=ACCOUNTS,
    partnerships=(FIRST_JOB, GOOD_NEIGHBOURS, OPEN_QUESTIONS),
    facts=FACTS,
    talks=TALKS,
    things=THINGS,
    asks=ASKS,
    looks=LOOKS,
    map=MAP,
    said=SAID,
    ties=TIES,
    filters=(("Firms around us", ("sector", "local_business")), ("Living the issue", ("stake", "affected"))),
    desk=DESK,
    twins=(("college", "The Eastmere College", False), ("news", "Eastmere Voice newspaper", True)),
)
