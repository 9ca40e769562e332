"""The form of a sentence to answer with."""

from django.utils.translation import gettext_lazy as _

from core.web.forms import TenantModelForm, TextField
from engagement.models import AnswerTemplate


class AnswerTemplateForm(TenantModelForm):
    """A name for those who answer, and the words in one language or both."""

    name = TextField(label=_("Name, for us"), max_length=80, help_text=_("For example: passed on to the municipality"))
    text_en = TextField(label=_("Words in English"), max_length=2000, multiline=True, required=False)
    text_it = TextField(label=_("Words in Italian"), max_length=2000, multiline=True, required=False)

    class Meta:
        model = AnswerTemplate
        fields = ["name", "text_en", "text_it"]

    def clean(self) -> None:
        """One language is enough."""
        super().clean()
        if not self.errors and not self.cleaned_data["text_en"] and not self.cleaned_data["text_it"]:
            self.add_error("text_en", _("Write the words, in one language or both"))
