"""How a template's example is marked until somebody confirms it (R-P1)."""

from metrics.rules.sentence import Sentence

EXAMPLE = Sentence(
    "Example of the template: replace or confirm it.", "Esempio del modello: va sostituito o confermato."
)


def is_example(source: str) -> bool:
    """Whether the source of a starting value says that it is a template's example."""
    return source in (EXAMPLE.text_en, EXAMPLE.text_it)
