"""Words for people that nobody marked for translation: text between tags, and in attributes that are read out."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent / "templates"
# The demo's page for looking at components speaks English; the page of a fault is in both languages in one.
IN_ONE_LANGUAGE = {"500.html", *(f"core/components{part}.html" for part in ("", "_lists", "_pieces"))}
# Names and units that are the same in both languages.
SAME_IN_BOTH = {"Telaio", "SHA", "CSV", "PDF", "min"}
READ_OUT = r"aria-label|aria-description|aria-roledescription|placeholder|title|alt|label|text|caption|heading"

SILENT = [
    re.compile(r"\{#.*?#\}", re.DOTALL),
    re.compile(r"\{%\s*comment\b.*?\bendcomment\s*%\}", re.DOTALL),
    re.compile(r"\{%\s*(blocktrans(?:late)?)\b.*?\{%\s*end\1\s*%\}", re.DOTALL),
    # Names of styles, not words.
    re.compile(r"\{%\s*block (?:width|body_class)\s*%\}.*?\{%\s*endblock[^%]*%\}", re.DOTALL),
    re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL),
    re.compile(r"<!--.*?-->", re.DOTALL),
]
ATTRIBUTE = re.compile(rf"(?<![\w-])(?:{READ_OUT})=(\"[^\"]*\"|'[^']*')")
DYNAMIC = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
MARKUP = re.compile(r"</?[a-zA-Z!][^<>]*>", re.DOTALL)
ENTITY = re.compile(r"&\w+;")
WORD = re.compile(r"[^\W\d_]{2,}")


def bare_words(source: str) -> Iterator[str]:
    """The words of a template that stand there as they are."""
    for silent in SILENT:
        source = silent.sub("", source)
    attributes = [DYNAMIC.sub(" ", found[1]) for found in ATTRIBUTE.finditer(source)]
    for text in [*attributes, *MARKUP.sub("\n", DYNAMIC.sub("\n", source)).splitlines()]:
        if set(WORD.findall(ENTITY.sub("", text))) - SAME_IN_BOTH:
            yield text.strip()


def test_no_template_says_a_word_in_one_language_only():
    found = {
        name: words
        for path in sorted([*ROOT.rglob("*.html"), *ROOT.rglob("*.txt")])
        if (name := str(path.relative_to(ROOT))) not in IN_ONE_LANGUAGE
        and (words := list(bare_words(path.read_text())))
    }
    assert found == {}


@pytest.mark.parametrize(
    "template",
    [
        "<p>Bare words</p>",
        "{% if x %}Parola{% endif %}",
        "{{ count }} tasks",
        '<button aria-label="Close {{ name }}"></button>',
        "<input placeholder='Cerca'>",
        '<img src="x" alt="A mill" title="{{ x }}">',
        '{% include "kit/empty.html" with title="Nothing here" icon="x" %}',
        '{% translate "Marked" %} and not marked',
        "{% blocktranslate %}Marked{% endblocktranslate %}\nnot marked",
    ],
)
def test_bare_words_are_found(template):
    assert list(bare_words(template))


@pytest.mark.parametrize(
    "template",
    [
        "<p>{% translate 'Marked' %}</p>",
        '<p aria-label="{% translate \'Marked\' %}">{{ name|default:"x" }} · 3 &times; 4</p>',
        "{% blocktranslate trimmed %}\n Marked {{ name }}\n{% endblocktranslate %}",
        "{# A remark. Context: name #}<!-- for us -->",
        '<a class="btn" href="/x/" data-title="x">Telaio</a>',
        "{% block width %}wide{% endblock width %}",
        '{% include "kit/empty.html" with title=_("Marked") icon="coins" %}',
        "<style>body { color: red }</style>",
    ],
)
def test_words_that_are_marked_or_not_for_people_are_left_alone(template):
    assert list(bare_words(template)) == []
