"""Tags: two spellings of a word are one tag."""

from core.rules.text import mask_for_search

LONGEST_TAG = 40


def tag_key(name: str) -> str:
    """What two spellings of a tag have in common; empty for signs only."""
    return mask_for_search(name)[:LONGEST_TAG]
