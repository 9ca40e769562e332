import re

from babel.messages.pofile import read_po

from tests.architecture.messages import ROOT, messages

CATALOGUE = ROOT / "locale" / "it" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]")


def italian():
    with CATALOGUE.open("rb") as source:
        catalogue = read_po(source, locale="it")
    found = {}
    for entry in catalogue:
        if entry.id:
            singular, plural = entry.id if isinstance(entry.id, tuple) else (entry.id, "")
            found[entry.context or "", singular, plural] = entry
    return found


def test_every_text_has_an_italian_one():
    known = italian()
    missing = [
        f"{place}: {message[1]!r}"
        for message, place in messages().items()
        if message not in known or known[message].fuzzy or not all(_texts(known[message].string))
    ]
    assert missing == []


def test_placeholders_are_the_same_in_both_languages():
    different = [
        singular
        for (_context, singular, plural), entry in italian().items()
        for text in _texts(entry.string)
        if not _fits(set(PLACEHOLDER.findall(text)), set(PLACEHOLDER.findall(plural or singular)), bool(plural))
    ]
    assert different == []


def _fits(found, wanted, is_plural):
    # A singular may say "one" instead of the number.
    return found <= wanted and (is_plural or found == wanted)


def _texts(string):
    return list(string) if isinstance(string, tuple | list) else [string]


def test_catalogue_holds_each_text_once():
    assert len(re.findall(r"^msgid ", CATALOGUE.read_text(), re.MULTILINE)) == len(italian()) + 1
