"""Charts of an invented partnership, for the component page and for looking at changes."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString

from core.charts.bars import BarChart, bars
from core.charts.chain import Chain, ChainBand, ChainLink, ChainStep, chain
from core.charts.line import Event, LineChart, line
from core.charts.network import Edge, NetworkChart, Node, network
from core.charts.progress import ProgressChart, progress
from core.charts.rings import RingsChart, rings
from core.charts.scatter import Point, Quadrants, ScatterChart, scatter
from core.charts.timeline import Milestone, Span, TimelineChart, timeline


def sample_drawings(*, italian: bool) -> list[dict[str, SafeString | str]]:
    """Each kind with its finding, drawn for wide pages and for phones."""
    kinds: list[tuple[Any, Any]] = [
        (line, _line(italian=italian)),
        (bars, _bars(italian=italian)),
        (bars, _answers(italian=italian)),
        (timeline, _calendar(italian=italian)),
        (scatter, _map(italian=italian)),
        (network, _ties(italian=italian)),
        (rings, _onion(italian=italian)),
        (chain, _way(italian=italian)),
        (progress, ProgressChart("62 % spent of 140,000 €", 0.62, "62 %", "of 140,000 €", shape="bar")),
    ]
    return [
        {"finding": chart.title, "wide": draw(chart), "compact": draw(chart, compact=True)} for draw, chart in kinds
    ]


def _way(*, italian: bool) -> Chain:
    levels = (
        ("Che cosa cambia per le persone", "Che cosa c'è alla fine", "Che cosa facciamo")
        if italian
        else ("What changes for people", "What is there in the end", "What we do")
    )
    steps = (
        ("Chi vive da solo trova aiuto presto", "Uno sportello aperto", "Venti volontari", "Formare i volontari")
        if italian
        else ("Who lives alone finds help early", "A help desk that is open", "Twenty volunteers", "Train volunteers")
    )
    made = [ChainStep(str(at), words) for at, words in enumerate(steps)]
    words = (
        ("ancora nessuna prova", "prove deboli", "prove discrete", "prove solide")
        if italian
        else ("nothing shows it yet", "weak evidence", "moderate evidence", "strong evidence")
    )
    return Chain(
        "Lo sportello ha bisogno dei volontari" if italian else "The help desk needs the volunteers",
        [ChainBand(levels[0], made[:1]), ChainBand(levels[1], made[1:3]), ChainBand(levels[2], made[3:])],
        [ChainLink("1", "0", 2), ChainLink("2", "0", 1), ChainLink("2", "1", 0), ChainLink("3", "2", 3)],
        words,
    )


def _onion(*, italian: bool) -> RingsChart:
    inner = (
        "Vivono il problema" if italian else "Live the issue",
        ("Famiglie" if italian else "Families", "Tanners Row"),
    )
    middle = ("Lavorano ogni giorno" if italian else "At work every day", ("Cooperativa", "Volontari"))
    outer = ("Decidono" if italian else "Decide", ("Comune" if italian else "Council", "Fondazione"))
    return RingsChart(
        "Due gruppi vivono il problema" if italian else "Two groups live the issue", (inner, middle, outer)
    )


def _line(*, italian: bool) -> LineChart:
    english = ["Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun"]
    local = ["set", "ott", "nov", "dic", "gen", "feb", "mar", "apr", "mag", "giu"]
    return LineChart(
        title="8 famiglie sotto l'obiettivo di aprile" if italian else "8 families below April's target",
        labels=local if italian else english,
        measured=[20, 58, 104, None, 171, 230, 268, 312, None, None],
        measured_label="Raggiunte" if italian else "Reached",
        target=list(range(40, 401, 40)),
        target_label="Obiettivo" if italian else "Target",
        original_target=list(range(36, 361, 36)),
        original_target_label="Obiettivo iniziale" if italian else "First target",
        events=[Event(4, "Sede chiusa" if italian else "Venue closed")],
    )


def _bars(*, italian: bool) -> BarChart:
    english = ["Trust in neighbours", "Feeling safe", "Use of the park", "Health as felt"]
    local = ["Fiducia nei vicini", "Sicurezza percepita", "Uso del parco", "Salute percepita"]
    return BarChart(
        title="L'uso del parco cresce di più" if italian else "Use of the park grew most",
        groups=local if italian else english,
        before=[Decimal("2.9"), Decimal("3.1"), Decimal("2.4"), None],
        now=[Decimal("3.6"), Decimal("3.5"), Decimal("3.9"), Decimal("3.6")],
        before_label="Prima" if italian else "Before",
        now_label="Adesso" if italian else "Now",
        format=lambda number: f"{number:.1f}".replace(".", ",") if italian else f"{number:.1f}",
        top=5,
    )


def _answers(*, italian: bool) -> BarChart:
    english = ["Very good", "Good", "So so", "Not good", "I did not come because the hours do not fit my work"]
    local = [
        "Molto bene",
        "Bene",
        "Così così",
        "Male",
        "Non sono venuta perché gli orari non vanno d'accordo col lavoro",
    ]
    return BarChart(
        "Quasi due su tre contenti" if italian else "Nearly two in three are content",
        local if italian else english,
        [64, 51, 40, 12, 21],
    )


def _calendar(*, italian: bool) -> TimelineChart:
    months = (
        "gen feb mar apr mag giu lug ago set ott nov dic"
        if italian
        else "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
    )
    names = (
        (
            "Accordo di partenariato",
            "Assemblee di quartiere",
            "Questionario ai residenti",
            "Laboratori",
            "Rapporto intermedio",
        )
        if italian
        else ("Partnership agreement", "Neighbourhood assemblies", "Residents' survey", "Workshops", "Mid-term report")
    )
    return TimelineChart(
        title="Il rapporto intermedio è previsto per il 30 marzo"
        if italian
        else "The mid-term report is due on 30 March",
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 6, 30),
        today=date(2026, 11, 22),
        today_label="oggi" if italian else "today",
        month=lambda day: months.split()[day.month - 1] + (f" {day.year}" if day.month == 1 else ""),
        rows=[
            Span(names[0], date(2026, 9, 1), date(2026, 9, 20), 1, "100 %"),
            Span(names[1], date(2026, 9, 15), date(2026, 11, 20), 1, "100 %"),
            Span(names[2], date(2026, 10, 20), date(2026, 12, 20), 0.62, "62 %"),
            Span(names[3], date(2027, 1, 10), date(2027, 3, 15), 0, "0 %"),
            Milestone(names[4], date(2027, 3, 30)),
        ],
    )


GROUPS = ("Public body", "Association", "Business", "Funder", "Residents")
PEOPLE = (
    ("Comune", 4, 5, 0), ("Health district", 4, 5, 0), ("Fondazione Esempio", 5, 5, 3), ("Park keeper", 3, 3, 2),
    ("Local paper", 2, 3, 2), ("Shopkeepers", 2, 3, 2), ("Scuola Media", 4, 3, 0), ("Parish", 3, 2, 1),
    ("Rete Migranti", 5, 2, 1), ("Auser Borgo", 5, 2, 1), ("Sports club", 3, 2, 1), ("Residents of via Po", 5, 1, 4),
)  # fmt: skip


def _map(*, italian: bool) -> ScatterChart:
    fields = (
        ("Tenere soddisfatti", "Coinvolgere da vicino", "Seguire", "Tenere informati")
        if italian
        else ("Keep satisfied", "Involve closely", "Watch", "Keep informed")
    )
    return ScatterChart(
        title="Chi ha più interesse ha poco potere" if italian else "Those with most interest have little power",
        points=[Point(name, x, y, GROUPS[group]) for name, x, y, group in PEOPLE],
        groups=GROUPS,
        quadrants=Quadrants(*fields),
        x_label="Interesse" if italian else "Interest",
        y_label="Potere" if italian else "Power",
    )


def _ties(*, italian: bool) -> NetworkChart:
    ties = (
        (0, 1, 3), (0, 3, 1), (0, 6, 1), (0, 2, 2), (0, 5, 1), (5, 4, 1), (1, 6, 2), (1, 9, 2), (9, 8, 3),
        (9, 11, 3), (9, 7, 1), (8, 11, 2), (8, 7, 1), (10, 3, 1), (10, 6, 2), (10, 11, 1), (9, 0, 1), (9, 2, 1),
    )  # fmt: skip
    return NetworkChart(
        title="Auser lega i residenti al Comune" if italian else "Auser ties the residents to the Comune",
        nodes=[
            Node(name, name, GROUPS[group], 3 if name in {"Comune", "Auser Borgo"} else 1)
            for name, _, _, group in PEOPLE
        ],
        edges=[Edge(PEOPLE[first][0], PEOPLE[second][0], weight) for first, second, weight in ties],
        groups=GROUPS,
    )
