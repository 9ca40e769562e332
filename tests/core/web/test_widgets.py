import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from core.web.forms import DateInput, KitFormRenderer

HOSTILE = "\"><script>alert('x')</script> & 'q'"
PLAIN = [
    (forms.TextInput(), "Anna"),
    (forms.TextInput(attrs={"maxlength": 20, "required": True, "disabled": False, "data-x": HOSTILE}), HOSTILE),
    (forms.EmailInput(), None),
    (forms.NumberInput(), 1250),
    (forms.URLInput(), "https://example.org/?a=1&b=2"),
    (forms.PasswordInput(), "never shown"),
    (forms.HiddenInput(), HOSTILE),
    (DateInput(), "2026-11-27"),
    (forms.CheckboxInput(), True),
    (forms.CheckboxInput(attrs={"value": "yes"}), False),
    (forms.FileInput(), None),
    (forms.Textarea(attrs={"rows": 4}), f"\n{HOSTILE}\nsecond line"),
    (forms.Textarea(), ""),
    (forms.Select(choices=[("", "All"), ("a", HOSTILE), ("G", [("b", "B"), ("c", "C")])]), "b"),
    (forms.SelectMultiple(choices=[(1, "One"), (2, "Two")]), [2]),
]


def plain(html):
    # Django's templates break lines between options.
    return re.sub(r">\s+<", "><", html).strip()


@pytest.mark.parametrize(("widget", "value"), PLAIN, ids=lambda one: type(one).__name__)
def test_field_is_drawn_as_django_itself_would(widget, value):
    ours = widget.render("name", value, attrs={"id": "id_name"}, renderer=KitFormRenderer())
    assert plain(ours) == plain(widget.render("name", value, attrs={"id": "id_name"}, renderer=DjangoTemplates()))


@pytest.mark.parametrize(("kind", "chosen"), [(forms.RadioSelect, "a"), (forms.CheckboxSelectMultiple, ["a"])])
def test_choices_are_cards_with_everything_escaped(kind, chosen):
    widget = kind(choices=[("a", HOSTILE), ("Group", [("b", "B")])], attrs={"class": "columns"})
    html = widget.render("name", chosen, attrs={"id": "id_name"}, renderer=KitFormRenderer())
    assert "<script>" not in html
    assert html.startswith(
        '<div class="choices columns" id="id_name"><label class="choice" for="id_name_0"><input type="'
    )
    assert html.count("checked") == 1
    assert '<p class="hint">Group</p>' in html
