"""The kit on one page, to look at and to run the accessibility checks on."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core import charts
from core.templatetags.kit import TONE_ICONS
from core.web.access import public


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="How shall we call you?", help_text="As you like to be called.")
    mood = forms.ChoiceField(
        label="How was the day at the park?",
        choices=[("good", "Very good"), ("so", "So so"), ("bad", "Not good")],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label="What shall we talk about next time?",
        required=False,
        choices=[("park", "The park"), ("school", "The school walk"), ("bus", "The bus in the evening")],
        widget=forms.CheckboxSelectMultiple,
    )
    age = forms.ChoiceField(
        label="How old are you?", required=False, choices=[("", "I prefer not to say"), ("a", "14 to 29"), ("b", "30 to 64")]
    )
    on = forms.DateField(label="Day", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    photo = forms.FileField(label="Photo", required=False)
    words = forms.CharField(
        label="What can we do better?",
        required=False,
        help_text="Please write no names or telephone numbers.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    consent = forms.BooleanField(label="I agree that my answers are used as the privacy page explains")


class SampleFilters(forms.Form):
    """Two filters of a list."""

    partner = forms.ChoiceField(label="Partner", required=False, choices=[("", "All partners"), ("c", "Comune di Borgo")])
    until = forms.DateField(label="Due until", required=False, widget=forms.DateInput(attrs={"type": "date"}))


@public
def components(request: HttpRequest) -> HttpResponse:
    """Every component and every chart, in the language and colour scheme asked for (`?theme=dark`)."""
    italian = (get_language() or "en").startswith("it")
    theme = request.GET.get("theme")
    drawn = _drawings(italian=italian)
    context: dict[str, Any] = {
        "theme": theme if theme in {"light", "dark"} else None,
        "space": SimpleNamespace(name="Borgo Insieme" if italian else "Riverside Together", slug="riverside", initial="R"),
        "nav": _nav(italian=italian),
        "search_url": "#",
        "tones": _words(italian=italian),
        "form": SampleForm({"topics": ["park"]}),
        "fresh": SampleForm(prefix="fresh", initial={"mood": "so"}),
        "filters": SampleFilters(prefix="filters"),
        "tabs": [_place(label, at == 0) for at, label in enumerate(("Overview", "Members", "Agreements", "Goals", "Tasks"))],
        "steps": [
            SimpleNamespace(label="Purpose", is_past=True, is_current=False),
            SimpleNamespace(label="Partners", is_past=False, is_current=True),
            SimpleNamespace(label="Check", is_past=False, is_current=False),
        ],
        "items": _timeline_items(),
        "drawn": drawn,
        "columns": ["Month", "Reached", "Target"],
        "rows": [["Sep", "20", "40"], ["Oct", "58", "80"], ["Nov", "not reported", "120"]],
        "crumbs": [_place("Partnerships", False), _place("School walk", False)],
    }
    return render(request, "core/components.html", context)


def _place(label: str, is_current: bool, icon: str = "house", count: int | None = None) -> SimpleNamespace:  # noqa: FBT001 - a list of them reads better
    return SimpleNamespace(label=label, url="#", is_current=is_current, icon=icon, count=count)


def _nav(*, italian: bool) -> list[SimpleNamespace]:
    icons = ("house", "waypoints", "users", "square-kanban", "message-square-text", "clipboard-list", "settings")
    english = ("Overview", "Partnerships", "Stakeholders", "Tasks", "Listening", "Reports", "Settings")
    local = ("Panoramica", "Partnership", "Parti interessate", "Attività", "Ascolto", "Rapporti", "Impostazioni")
    words = local if italian else english
    counts = {3: 3, 4: 12}
    return [_place(word, at == 0, icons[at], counts.get(at)) for at, word in enumerate(words)]


def _words(*, italian: bool) -> list[tuple[str, str]]:
    english = ("On track", "Done", "Due soon", "Overdue", "In progress", "Good to know", "On hold", "Draft")
    local = ("Nei tempi", "Fatto", "In scadenza", "In ritardo", "In corso", "Da sapere", "In sospeso", "Bozza")
    return list(zip(TONE_ICONS, local if italian else english, strict=True))


def _timeline_items() -> list[dict[str, Any]]:
    return [
        {"when": "12 Sep", "title": "Partnership agreement signed", "text": "8 partners", "tone": "ok"},
        {"when": "20 Oct", "title": "First neighbourhood assembly", "text": "64 residents", "tone": "ok"},
        {"when": "Now", "title": "Listening survey open", "text": "188 of 300 answers", "is_current": True},
        {"when": "30 Mar · planned", "title": "Mid-term report to the foundation"},
    ]


def _drawings(*, italian: bool) -> list[dict[str, SafeString | str]]:
    kinds: list[tuple[Any, Any]] = [
        (charts.line, _line(italian=italian)),
        (charts.bars, _bars(italian=italian)),
        (charts.bars, _answers(italian=italian)),
        (charts.timeline, _calendar(italian=italian)),
        (charts.scatter, _map(italian=italian)),
        (charts.network, _ties(italian=italian)),
        (charts.progress, charts.ProgressChart("62 % spent of 140,000 €", 0.62, "62 %", "of 140,000 €", shape="bar")),
    ]
    return [{"finding": chart.title, "wide": draw(chart), "compact": draw(chart, compact=True)} for draw, chart in kinds]


def _line(*, italian: bool) -> charts.LineChart:
    english = ["Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun"]
    local = ["set", "ott", "nov", "dic", "gen", "feb", "mar", "apr", "mag", "giu"]
    return charts.LineChart(
        title="8 famiglie sotto l'obiettivo di aprile" if italian else "8 families below April's target",
        labels=local if italian else english,
        measured=[20, 58, 104, None, 171, 230, 268, 312, None, None],
        measured_label="Raggiunte" if italian else "Reached",
        target=list(range(40, 401, 40)),
        target_label="Obiettivo" if italian else "Target",
        original_target=list(range(36, 361, 36)),
        original_target_label="Obiettivo iniziale" if italian else "First target",
        events=[charts.Event(4, "Sede chiusa" if italian else "Venue closed")],
    )


def _bars(*, italian: bool) -> charts.BarChart:
    english = ["Trust in neighbours", "Feeling safe", "Use of the park", "Health as felt"]
    local = ["Fiducia nei vicini", "Sicurezza percepita", "Uso del parco", "Salute percepita"]
    return charts.BarChart(
        title="L'uso del parco cresce di più" if italian else "Use of the park grew most",
        groups=local if italian else english,
        before=[Decimal("2.9"), Decimal("3.1"), Decimal("2.4"), None],
        now=[Decimal("3.6"), Decimal("3.5"), Decimal("3.9"), Decimal("3.6")],
        before_label="Prima" if italian else "Before",
        now_label="Adesso" if italian else "Now",
        format=lambda number: f"{number:.1f}".replace(".", ",") if italian else f"{number:.1f}",
        top=5,
    )


def _answers(*, italian: bool) -> charts.BarChart:
    english = ["Very good", "Good", "So so", "Not good", "I did not come because the hours do not fit my work"]
    local = ["Molto bene", "Bene", "Così così", "Male", "Non sono venuta perché gli orari non vanno d'accordo col lavoro"]
    return charts.BarChart("Quasi due su tre contenti" if italian else "Nearly two in three are content", local if italian else english, [64, 51, 40, 12, 21])


def _calendar(*, italian: bool) -> charts.TimelineChart:
    months = "gen feb mar apr mag giu lug ago set ott nov dic" if italian else "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
    names = (
        ("Accordo di partenariato", "Assemblee di quartiere", "Questionario ai residenti", "Laboratori", "Rapporto intermedio")
        if italian
        else ("Partnership agreement", "Neighbourhood assemblies", "Residents' survey", "Workshops", "Mid-term report")
    )
    return charts.TimelineChart(
        title="Il rapporto intermedio è previsto per il 30 marzo" if italian else "The mid-term report is due on 30 March",
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 6, 30),
        today=date(2026, 11, 22),
        today_label="oggi" if italian else "today",
        month=lambda day: months.split()[day.month - 1] + (f" {day.year}" if day.month == 1 else ""),
        rows=[
            charts.Span(names[0], date(2026, 9, 1), date(2026, 9, 20), 1, "100 %"),
            charts.Span(names[1], date(2026, 9, 15), date(2026, 11, 20), 1, "100 %"),
            charts.Span(names[2], date(2026, 10, 20), date(2026, 12, 20), 0.62, "62 %"),
            charts.Span(names[3], date(2027, 1, 10), date(2027, 3, 15), 0, "0 %"),
            charts.Milestone(names[4], date(2027, 3, 30)),
        ],
    )


GROUPS = ("Public body", "Association", "Business", "Funder", "Residents")
PEOPLE = (
    ("Comune", 4, 5, 0), ("Health district", 4, 5, 0), ("Fondazione Esempio", 5, 5, 3), ("Park keeper", 3, 3, 2),
    ("Local paper", 2, 3, 2), ("Shopkeepers", 2, 3, 2), ("Scuola Media", 4, 3, 0), ("Parish", 3, 2, 1),
    ("Rete Migranti", 5, 2, 1), ("Auser Borgo", 5, 2, 1), ("Sports club", 3, 2, 1), ("Residents of via Po", 5, 1, 4),
)  # fmt: skip


def _map(*, italian: bool) -> charts.ScatterChart:
    fields = (
        ("Tenere soddisfatti", "Coinvolgere da vicino", "Seguire", "Tenere informati")
        if italian
        else ("Keep satisfied", "Involve closely", "Watch", "Keep informed")
    )
    return charts.ScatterChart(
        title="Chi ha più interesse ha poco potere" if italian else "Those with most interest have little power",
        points=[charts.Point(name, x, y, GROUPS[group]) for name, x, y, group in PEOPLE],
        groups=GROUPS,
        quadrants=charts.Quadrants(*fields),
        x_label="Interesse" if italian else "Interest",
        y_label="Potere" if italian else "Power",
    )


def _ties(*, italian: bool) -> charts.NetworkChart:
    ties = ((0, 1, 3), (0, 3, 1), (0, 6, 1), (0, 2, 2), (0, 5, 1), (5, 4, 1), (1, 6, 2), (1, 9, 2), (9, 8, 3), (9, 11, 3), (9, 7, 1), (8, 11, 2), (8, 7, 1), (10, 3, 1), (10, 6, 2), (10, 11, 1), (9, 0, 1), (9, 2, 1))  # fmt: skip
    return charts.NetworkChart(
        title="Auser lega i residenti al Comune" if italian else "Auser ties the residents to the Comune",
        nodes=[charts.Node(name, name, GROUPS[group], 3 if name in {"Comune", "Auser Borgo"} else 1) for name, _, _, group in PEOPLE],
        edges=[charts.Edge(PEOPLE[first][0], PEOPLE[second][0], weight) for first, second, weight in ties],
        groups=GROUPS,
    )
