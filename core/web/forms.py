"""Forms: how they look, and a base that keeps "unique within the tenant" in force."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from core.rules.text import clean_text
from core.tenancy.context import current_tenant_id
from core.web.widgets import drawn


class KitFormRenderer(TemplatesSetting):
    """Django's renderer with the kit's templates for a form and its fields."""

    form_template_name = "django/forms/div.html"
    field_template_name = "django/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """A form, a field or a widget as HTML."""
        return drawn(template_name, context) or super().render(template_name, context, request)


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class TextField(forms.CharField):
    """A line or block of text: hostile characters are refused with a clear message (INP-02)."""

    def __init__(self, *, max_length: int = 200, multiline: bool = False, **kwargs: Any) -> None:
        if multiline:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(max_length=max_length, **kwargs)
        self.multiline = multiline

    def to_python(self, value: Any) -> str:
        """The text, normalised; raises ValidationError on what cannot be stored or shown."""
        text = super().to_python(value) or ""
        try:
            return clean_text(text, max_length=self.max_length or 10_000, multiline=self.multiline)
        except ValueError as error:
            raise ValidationError(str(error)) from error


class KitForm(forms.Form):
    """A plain form whose renderer marks optional fields, not required ones."""

    required_css_class = ""
    error_css_class = "has-error"


class TenantModelForm(forms.ModelForm[Any]):
    """A model form that validates constraints naming the tenant, which Django skips because no form has that field."""

    def _get_validation_exclusions(self) -> set[str]:
        exclude: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # Django's own hook
        self.instance.tenant_id = current_tenant_id()
        return exclude - {"tenant"}


def ask_if_meant(form: forms.BaseForm, *, now: int) -> None:
    """Let a form that changes a record ask again once somebody chose a wider level than ``now`` (domain 0.3).

    The tick stands below the level, and its answer is ``is_meant`` among the form's data.
    """
    chosen = form.data.get(form.add_prefix("visibility"), "") if form.is_bound else ""
    if not chosen.isdecimal() or int(chosen) <= now:
        return
    names = list(form.fields)
    form.fields["is_meant"] = forms.BooleanField(label=_("Yes, more people shall see it"), required=False)
    place = names.index("visibility") + 1
    form.order_fields([*names[:place], "is_meant", *names[place:]])


NOT_FOUND = _("This is not in the list any more. Choose another one.")
# Django's own words for a list where nothing is chosen yet, which it does not say in every language of ours.
NOTHING_CHOSEN = _("- Select an option -")
