"""Forms for needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.queries.tenant import tenant_at_work
from core.rules.bilingual import LANGUAGES
from core.web.forms import DateInput, KitForm, TextField
from goals.models import Need
from partnerships.forms.visibility import add_level

STATEMENTS = {"en": _("The need in English"), "it": _("The need in Italian")}
BY_NAME = _("Call groups as the register does: then the maps of who matters see whether they are there.")
AFFECTED = {"en": _("Who lives it, in English"), "it": _("Who lives it, in Italian")}


class NeedForm(KitForm):
    """One sentence in one language is enough; evidence can come later."""

    place = TextField(label=_("Where?"), max_length=120, required=False)
    evidence = forms.ChoiceField(
        label=_("How do we know?"), choices=[("", _("Nothing yet")), *Need.Evidence.choices], required=False
    )
    source = TextField(
        label=_("From where?"),
        max_length=300,
        required=False,
        help_text=_("A report, a register, the minutes of a meeting. No names of people."),
    )
    evidence_on = forms.DateField(label=_("Of which day?"), widget=DateInput, required=False)

    def __init__(self, *args: Any, cap: int, now: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = tenant_at_work().default_language
        for language in LANGUAGES:
            is_own = language == self.own
            self.fields[f"statement_{language}"] = TextField(
                label=_("What is missing or has to change?") if is_own else STATEMENTS[language],
                max_length=300,
                required=False,
                help_text=_("For example: who lives alone does not know whom to ask for help.") if is_own else "",
            )
            self.fields[f"affected_{language}"] = TextField(
                label=_("Who lives it?") if is_own else AFFECTED[language],
                max_length=200,
                required=False,
                help_text=BY_NAME if is_own else "",
            )
        own = self.fields[f"statement_{self.own}"]
        own.error_messages["required"] = _("Write what is needed, in one language at least.")
        own.required = not any(self._written(code) for code in LANGUAGES if code != self.own)
        add_level(self, cap, now=now)

    def _written(self, language: str) -> bool:
        name = f"statement_{language}"
        return bool(self.data.get(name) if self.is_bound else self.initial.get(name))

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What everybody is asked."""
        names = (f"statement_{self.own}", f"affected_{self.own}", "place")
        return [self[name] for name in names]

    @property
    def evidence_fields(self) -> list[forms.BoundField]:
        """How it is known."""
        return [self[name] for name in ("evidence", "source", "evidence_on")]

    @property
    def more(self) -> list[forms.BoundField]:
        """What can wait."""
        other = [f"{name}_{code}" for code in LANGUAGES if code != self.own for name in ("statement", "affected")]
        return [self[name] for name in (*other, "visibility", "is_meant") if name in self.fields]

    @property
    def more_has_errors(self) -> bool:
        """Whether something in the folded part has to be put right."""
        return any(field.errors for field in self.more)

    @staticmethod
    def initial_of(need: Need) -> dict[str, Any]:
        """What the form shows of a need."""
        names = ("place", "evidence", "source", "evidence_on", "visibility")
        texts = [f"{name}_{code}" for name in ("statement", "affected") for code in LANGUAGES]
        return {name: getattr(need, name) for name in (*names, *texts)}
