"""A kit of the space's own, made of a partnership that works."""

from partnerships.models import Partnership
from partnerships.operations.kit import save_kit
from reports.demo.clock import on_day
from reports.demo.people import Cast
from reports.demo.story import Story

MADE_OF = "BS"
WORDS = {
    "it": (
        "Scuola e lavoro, come lo facciamo qui",
        "Una scuola e le aziende vicine, con i compiti e gli impegni che da noi hanno funzionato.",
    ),
    "en": (
        "Business and school, the way we do it",
        "A school and firms nearby, with the tasks and efforts that worked for us.",
    ),
}


def bring_in_kit(cast: Cast, story: Story, partnership: Partnership) -> None:
    """What worked in one partnership, kept to begin the next one with."""
    if story.kit != MADE_OF:
        return
    language = cast.space.language
    name, sentence = WORDS[language]
    words = {f"name_{language}": name, f"sentence_{language}": sentence}
    with on_day(-12):
        save_kit(partnership=partnership, by=cast.coordinator, **words)
