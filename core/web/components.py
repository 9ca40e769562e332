"""The kit on one page, to look at and to run the accessibility checks on."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core.charts.samples import sample_drawings
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
        label="How old are you?",
        required=False,
        choices=[("", "I prefer not to say"), ("a", "14 to 29"), ("b", "30 to 64")],
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

    partner = forms.ChoiceField(
        label="Partner", required=False, choices=[("", "All partners"), ("c", "Comune di Borgo")]
    )
    until = forms.DateField(label="Due until", required=False, widget=forms.DateInput(attrs={"type": "date"}))


@public
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component and every chart, in the language and colour scheme asked for (`?theme=dark`)."""
    italian = (get_language() or "en").startswith("it")
    theme = request.GET.get("theme")
    context: dict[str, Any] = {
        "theme": theme if theme in {"light", "dark"} else None,
        "space": SimpleNamespace(
            name="Borgo Insieme" if italian else "Riverside Together", slug="riverside", initial="R"
        ),
        "nav": _nav(italian=italian),
        "search_url": "#",
        "tones": _words(italian=italian),
        "form": SampleForm({"topics": ["park"]}),
        "fresh": SampleForm(prefix="fresh", initial={"mood": "so"}),
        "filters": SampleFilters(prefix="filters"),
        "tabs": [
            _place(label, at == 0) for at, label in enumerate(("Overview", "Members", "Agreements", "Goals", "Tasks"))
        ],
        "steps": [
            SimpleNamespace(label="Purpose", is_past=True, is_current=False),
            SimpleNamespace(label="Partners", is_past=False, is_current=True),
            SimpleNamespace(label="Check", is_past=False, is_current=False),
        ],
        "items": _timeline_items(),
        "drawn": sample_drawings(italian=italian),
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
