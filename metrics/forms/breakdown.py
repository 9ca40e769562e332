"""Forms for the groups of an indicator and for the parts of a value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.web.forms import KitForm, TextField
from metrics.forms.figure import FigureField
from metrics.models import Cut, CutGroup, Indicator, Measurement
from metrics.queries.breakdown import groups_of
from metrics.rules.breakdown import Part
from metrics.rules.cut import Group, groups_from, kinds_left, lines_of, usual_groups

LONGEST_TEXT = 4000


class CutForm(KitForm):
    """A way to break an indicator down: its kind, its groups, and for one of one's own a name."""

    groups = TextField(
        label=_("Groups, one a line"),
        max_length=LONGEST_TEXT,
        multiline=True,
        help_text=_(
            "English; Italian. One language is enough. A number after a second semicolon is the group's own target. "
            "“Not known” is added at the end."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(
        self,
        *args: Any,
        kind: str = "",
        taken: Sequence[str] = (),
        cut: Cut | None = None,
        groups: Sequence[CutGroup] = (),
        **kwargs: Any,
    ) -> None:
        named = [Group(one.label_en, one.label_it, one.target_value) for one in groups if not one.is_unknown]
        kind = cut.kind if cut else kind
        shown = named or usual_groups(kind)
        kwargs["initial"] = {"groups": lines_of(shown, _language()), "kind": kind}
        if cut is not None:
            kwargs["initial"] |= {"name_en": cut.name_en, "name_it": cut.name_it}
        super().__init__(*args, **kwargs)
        if cut is None:
            choices = [(value, Cut.Kind(value).label) for value in kinds_left(taken)]
            self.fields["kind"] = forms.ChoiceField(label=_("Broken down by"), choices=choices)
        for code, label in (("en", _("Name in English")), ("it", _("Name in Italian"))):
            self.fields[f"name_{code}"] = TextField(
                label=label, max_length=80, required=False, help_text=_("Only for a breakdown of your own.")
            )
        order = ["kind", "groups", "name_en", "name_it"]
        self.order_fields(order)

    def clean_groups(self) -> list[Group]:
        """The groups, read line by line."""
        return groups_from(self.cleaned_data["groups"], _language())


@dataclass(frozen=True)
class Section:
    """The fields of one cut."""

    title: str
    fields: list[forms.BoundField]


class BreakdownForm(KitForm):
    """The parts of a value by each cut of its indicator; a cut that is left empty is not written."""

    # Each breakdown may be left out as a whole.
    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        measurement: Measurement,
        cuts: Sequence[Cut],
        parts: Mapping[UUID, Sequence[Part]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cuts, self.is_share = list(cuts), measurement.indicator.unit == Indicator.Unit.PERCENT
        for cut in self.cuts:
            for place, group in enumerate(groups_of(cut)):
                there = parts.get(cut.pk)
                self._add(cut, group, there[place] if there else None)

    def _add(self, cut: Cut, group: CutGroup, part: Part | None) -> None:
        hint = _("Left empty: whatever is missing to the total.") if group.is_unknown else ""
        label = _("%(group)s: how many") % {"group": group.label} if self.is_share else group.label
        name = _name(cut, group)
        needed = not group.is_unknown
        self.fields[name] = FigureField(label=label, required=needed, help_text=hint, initial=_figure(part, "count"))
        if self.is_share:
            label = _("%(group)s: out of how many") % {"group": group.label}
            self.fields[f"{name}_of"] = FigureField(label=label, required=needed, initial=_figure(part, "cases"))

    @property
    def sections(self) -> list[Section]:
        """The fields of each cut under its name."""
        return [
            Section(cut.name, [self[name] for name in self.fields if name.startswith(_name(cut))]) for cut in self.cuts
        ]

    def clean(self) -> dict[str, Any]:
        """By cut the parts in order, None where nothing was written."""
        super().clean()
        for cut in self.cuts:
            names = [name for name in self.fields if name.startswith(_name(cut))]
            if not any(self.data.get(name, "").strip() for name in names):
                for name in names:
                    self.errors.pop(name, None)
                    self.cleaned_data[name] = None
        for name, value in list(self.cleaned_data.items()):
            if value is not None and value != value.to_integral_value():
                self.add_error(name, _("This is a whole number: nobody and nothing is counted in parts."))
        if self.errors:
            return {}
        found = {cut: [self._part(cut, group) for group in groups_of(cut)] for cut in self.cuts}
        written = {cut: given for cut, given in found.items() if any(part is not None for part in given)}
        if not written:
            raise ValidationError(_("Write the parts of one breakdown at least."))
        return {"parts": written}

    def _part(self, cut: Cut, group: CutGroup) -> Part | None:
        name = _name(cut, group)
        count, cases = self.cleaned_data[name], self.cleaned_data.get(f"{name}_of")
        if count is None and cases is None:
            return None
        whole = (int(cases) if cases is not None else 0) if self.is_share else None
        return Part(int(count or 0), whole)

    def refuse(self, error: ValidationError) -> None:
        """Show what an operation said of a cut at the cut."""
        by_cut = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for key, messages in by_cut.items():
            cut = next((one for one in self.cuts if str(one.pk) == key), None)
            first = _name(cut, groups_of(cut)[0]) if cut else None
            for message in messages:
                self.add_error(first, message)


def _name(cut: Cut, group: CutGroup | None = None) -> str:
    return f"{cut.kind}-{group.position}" if group else f"{cut.kind}-"


def _figure(part: Part | None, name: str) -> Decimal | None:
    value = getattr(part, name) if part else None
    return None if value is None else Decimal(value)


def _language() -> str:
    return (translation.get_language() or "en")[:2]
