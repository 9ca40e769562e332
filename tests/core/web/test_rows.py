"""Rows of long tables are drawn as a loop would draw them; what would be decided for each row is refused."""

from dataclasses import dataclass

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy


@dataclass(frozen=True, slots=True)
class Row:
    name: object
    tone: str = "ok"
    label: object = "Done"
    share: int = 1_250


ROWS = [
    Row("Circolo <b>Aurora</b> & Co."),
    Row(mark_safe("<i>said safely</i>"), tone="late", label=gettext_lazy("Overdue"), share=0),
    Row(None),
]
ROW = (
    "<tr>{% if picks %}<td>{{ row.name }}</td>{% elif hides %}{% else %}<td>{{ title }}</td>{% endif %}"
    "<td>{{ row.share }} %</td><td>{% badge row.tone row.label %}</td></tr>"
)


@pytest.mark.parametrize("page", [{"picks": True}, {"hides": True}, {"title": "<none>"}])
def test_rows_are_drawn_as_a_loop_draws_them(page):
    context = Context({"found": ROWS, **page})
    looped = Template("{% for row in found %}" + ROW + "{% endfor %}").render(context)
    assert Template("{% rows row in found %}" + ROW + "{% endrows %}").render(context) == looped
    assert "<b>" not in looped
    assert "<i>" in looped or not page.get("picks")


def test_no_rows_are_nothing():
    assert Template("{% rows row in found %}" + ROW + "{% endrows %}").render(Context({"found": []})) == ""


@pytest.mark.parametrize(
    "row",
    [
        "{% if row.name %}x{% endif %}",
        "{% if picks and not row.name %}x{% endif %}",
        "{{ row.name|upper }}",
        "{{ row }}",
        "{% badge row.tone row.label|upper %}",
        "{% badge row.tone row.label as word %}",
        "{% badge tone=row.tone label=row.label %}",
        '{% include "kit/empty.html" %}',
        "{% for one in row.name %}{% endfor %}",
    ],
)
def test_what_is_decided_for_each_row_is_refused(row):
    with pytest.raises(TemplateSyntaxError):
        Template("{% rows row in found %}" + row + "{% endrows %}")


def test_a_missing_attribute_is_an_error():
    with pytest.raises(AttributeError):
        Template("{% rows row in found %}{{ row.nothing }}{% endrows %}").render(Context({"found": ROWS}))


def test_options_are_escaped_and_the_chosen_one_is_marked():
    choices = [("a", "A & B"), ("<b>", gettext_lazy("Overdue"))]
    drawn = Template("{% options choices chosen %}").render(Context({"choices": choices, "chosen": "<b>"}))
    assert drawn == '<option value="a">A &amp; B</option><option value="&lt;b&gt;" selected>Overdue</option>'
