import pytest

from core.rules.parts import with_parts_marked
from core.rules.phrases import Phrase, Phrases


def marked(page, *unsaid, **said):
    phrases = Phrases("ro", "en", {source: Phrase(text) for source, text in said.items()})
    for text in (*unsaid, *said):
        phrases.say(text, text)
    return with_parts_marked(page, phrases)


@pytest.mark.parametrize(
    ("page", "text", "expected"),
    [
        ("<p>Go on</p>", "Go on", '<p><span lang="en">Go on</span></p>'),
        ("<p> By 3 May we tell. </p>", "By %(day)s we tell.", '<p> <span lang="en">By 3 May we tell.</span> </p>'),
        ("<li>Reason: too dear</li>", "Reason: %(why)s", '<li><span lang="en">Reason: too dear</span></li>'),
        ("<b>Us</b> we read it", "<b>Us</b> we read it", '<b><span lang="en">Us</span></b> <span lang="en">we read it</span>'),
        ("<p>One</p>\n<p>Two</p>", "One\n\nTwo", '<p><span lang="en">One</span></p>\n<p><span lang="en">Two</span></p>'),
        ("<p>Rock &amp; roll</p>", "Rock & roll", '<p><span lang="en">Rock &amp; roll</span></p>'),
        # What somebody else said, and where no mark can stand, is left alone.
        ("<p>No way</p>", "No", "<p>No way</p>"),
        ("<p>Nothing</p>", "No", "<p>Nothing</p>"),
        ('<a title="Go on">x</a>', "Go on", '<a title="Go on">x</a>'),
        ("<option>Go on</option>", "Go on", "<option>Go on</option>"),
        ("<title>Go on</title><script>Go on</script>", "Go on", "<title>Go on</title><script>Go on</script>"),
    ],
)  # fmt: skip
def test_text_is_marked_where_it_stands_whole(page, text, expected):
    assert marked(page, text) == expected


def test_sentences_side_by_side_are_told_apart():
    page = marked("<p>Bună. Go on. Bună.</p>", "Go on.", Hello="Bună.")
    assert page == '<p>Bună. <span lang="en">Go on.</span> Bună.</p>'


def test_page_that_is_whole_stays_as_it_is():
    assert marked("<p>Bună &quot;x&quot;</p>", Hello="Bună") == "<p>Bună &quot;x&quot;</p>"
