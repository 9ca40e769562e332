"""The document with everything held on one person."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.documents.assets import AssetSource
from core.documents.rendering import render_pdf
from core.queries.tenant import tenant_at_work
from core.web.document_assets import static_path
from stakeholders.personal_data import Holding, Subject, registered_holdings
from stakeholders.queries.personal_data import export_of
from stakeholders.rules.personal_data import label_of

TECHNICAL = frozenset({"verb", "subject_type", "subject_label", "changes"})


def person_html(subject: Subject, language: str) -> str:
    """The document's HTML in a language."""
    with translation.override(language):
        export = export_of(subject)
        shown = {holding.code: holding for holding in registered_holdings() if holding.in_document}
        chapters = [
            (part["label"], [list(_facts(row, shown[part["code"]])) for row in part["rows"]])
            for part in export["holdings"]
            if part["code"] in shown
        ]
        context = {
            "export": export,
            "chapters": chapters,
            "made_at": timezone.now(),
            "space": tenant_at_work(),
            "brand": tenant_at_work().brand_colour,
        }
        return render_to_string("stakeholders/person_document.html", context)


def person_pdf(subject: Subject, language: str) -> bytes:
    """A tagged PDF/UA-1 document; raises ``core.documents.limits.DocumentError``."""
    return render_pdf(person_html(subject, language), assets=AssetSource(static=static_path))


def _facts(row: dict[str, Any], holding: Holding) -> Iterator[tuple[str, str]]:
    """The facts of a row that say something; of an act in history when it was, and the act in words."""
    left_out = TECHNICAL if "words" in row else frozenset()
    for name, value in row.items():
        if name not in left_out and value not in (None, "", [], {}):
            yield label_of(name), _in_words(value, _choices(holding, name))


def _choices(holding: Holding, name: str) -> dict[Any, str]:
    """The words of a coded column, where the kind of data is one table."""
    if len(holding.tables) != 1 or holding.tables[0].startswith("*"):
        return {}
    columns = {field.name: field for field in apps.get_model(holding.tables[0])._meta.local_fields}
    field = columns.get(name)
    return {value: str(label) for value, label in field.flatchoices} if field is not None else {}


def _in_words(value: Any, choices: dict[Any, str]) -> str:
    if value in choices if isinstance(value, str | int) else False:
        return choices[value]
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_in_words(inner, choices) for inner in value)
    if isinstance(value, dict):
        return "; ".join(f"{label_of(str(key))}: {_in_words(inner, {})}" for key, inner in value.items())
    return _day(value) if isinstance(value, str) else str(value)


def _day(text: str) -> str:
    """A moment or day as people write it; any other text as it is."""
    try:
        if len(text) == len("2026-01-01") and (day := parse_date(text)):
            return date_format(day, "DATE_FORMAT")
        moment = parse_datetime(text) if "T" in text else None
    except ValueError:
        return text
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    return text
