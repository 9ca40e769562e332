"""Forms for how change comes about."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.queries.tenant import tenant_at_work
from core.rules.bilingual import LANGUAGES
from core.web.forms import NOT_FOUND, KitForm, TextField
from goals.models import TocLink, TocNode

MOST_LINES = 8
TEXTS = {"en": _("The step in English"), "it": _("The step in Italian")}


def lines_of(text: str) -> list[str]:
    """One step a line, without empty ones."""
    return [line.strip()[:200] for line in text.splitlines() if line.strip()][:MOST_LINES]


class StartForm(KitForm):
    """Three questions to begin with; one step a line."""

    change = TextField(
        label=_("What shall be different for people?"),
        max_length=200,
        help_text=_("For example: who lives alone finds help before a small problem grows."),
    )
    conditions = TextField(
        label=_("What must be there so that it happens?"),
        max_length=1600,
        multiline=True,
        required=False,
        help_text=_("One line each. For example: a help desk that is open on three days."),
    )
    activities = TextField(
        label=_("What do we do for it?"),
        max_length=1600,
        multiline=True,
        required=False,
        help_text=_("One line each. For example: train twenty volunteers."),
    )

    def clean_conditions(self) -> list[str]:
        """Line by line."""
        return lines_of(self.cleaned_data["conditions"])

    def clean_activities(self) -> list[str]:
        """Line by line."""
        return lines_of(self.cleaned_data["activities"])


class StepForm(KitForm):
    """A step; one language is enough."""

    level = forms.ChoiceField(label=_("Where does it stand?"), choices=TocNode.Level.choices)
    place = TextField(label=_("Where?"), max_length=120, required=False)
    time = TextField(
        label=_("When?"), max_length=80, required=False, help_text=_("For example: after one year, by summer.")
    )

    def __init__(self, *args: Any, others: Sequence[TocNode] | None = None, **kwargs: Any) -> None:
        """``others`` are steps a new one may lead to; None for one that exists."""
        super().__init__(*args, **kwargs)
        self.own = tenant_at_work().default_language
        for language in LANGUAGES:
            label = _("The step, in one sentence") if language == self.own else TEXTS[language]
            self.fields[f"text_{language}"] = TextField(label=label, max_length=200, required=False)
        own = self.fields[f"text_{self.own}"]
        own.error_messages["required"] = _("Write the step, in one language at least.")
        own.required = not any(self._written(code) for code in LANGUAGES if code != self.own)
        self._others = {str(node.pk): node for node in others or ()}
        if self._others:
            choices = [("", _("Nothing yet")), *((key, node.text) for key, node in self._others.items())]
            self.fields["leads_to"] = forms.ChoiceField(
                label=_("What does it lead to?"),
                choices=choices,
                required=False,
                error_messages={"invalid_choice": NOT_FOUND},
            )

    def _written(self, language: str) -> bool:
        name = f"text_{language}"
        return bool(self.data.get(name) if self.is_bound else self.initial.get(name))

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What everybody is asked."""
        names = (f"text_{self.own}", "level", "leads_to")
        return [self[name] for name in names if name in self.fields]

    @property
    def more(self) -> list[forms.BoundField]:
        """What can wait."""
        other = [f"text_{code}" for code in LANGUAGES if code != self.own]
        return [self[name] for name in ("place", "time", *other)]

    @property
    def more_has_errors(self) -> bool:
        """Whether something in the folded part has to be put right."""
        return any(field.errors for field in self.more)

    def values(self) -> dict[str, Any]:
        """The step's own fields."""
        texts = [f"text_{code}" for code in LANGUAGES]
        return {name: self.cleaned_data[name] for name in ("level", "place", "time", *texts)}

    def leads_to(self) -> TocNode | None:
        """The step a new one leads to."""
        return self._others.get(self.cleaned_data.get("leads_to", ""))

    @staticmethod
    def initial_of(node: TocNode) -> dict[str, Any]:
        """What the form shows of a step."""
        texts = [f"text_{code}" for code in LANGUAGES]
        return {name: getattr(node, name) for name in ("level", "place", "time", *texts)}


class LinkForm(KitForm):
    """Why one step leads to another."""

    assumption = TextField(
        label=_("What must be true so that this works?"),
        max_length=500,
        multiline=True,
        required=False,
        help_text=_("For example: people trust a volunteer they do not know yet."),
    )
    strength = forms.ChoiceField(
        label=_("How well do we know that it works?"), choices=TocLink.Strength.choices, widget=forms.RadioSelect
    )
    outside = TextField(
        label=_("What else decides about it, outside our hands?"), max_length=500, multiline=True, required=False
    )

    def __init__(self, *args: Any, nodes: Sequence[TocNode] | None = None, **kwargs: Any) -> None:
        """``nodes`` are the steps to choose both ends from; None for a link that exists."""
        super().__init__(*args, **kwargs)
        self._nodes = {str(node.pk): node for node in nodes or ()}
        self.fields["strength"].initial = TocLink.Strength.NONE
        if nodes is None:
            return
        choices = [("", _("Choose")), *((key, node.text) for key, node in self._nodes.items())]
        for name, label in (("source", _("This step")), ("target", _("leads to this one"))):
            self.fields[name] = forms.ChoiceField(
                label=label, choices=choices, error_messages={"invalid_choice": NOT_FOUND}
            )
        self.order_fields(["source", "target"])

    def ends(self) -> tuple[TocNode, TocNode]:
        """The two steps chosen, from valid fields."""
        return self._nodes[self.cleaned_data["source"]], self._nodes[self.cleaned_data["target"]]

    def values(self) -> dict[str, Any]:
        """Why it works."""
        return {name: self.cleaned_data[name] for name in ("assumption", "strength", "outside")}
