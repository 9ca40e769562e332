"""Who may see a paper on the shelf."""

from core.access.visibility import Visibility

# What coordination may choose; sealed papers have no place on a shelf.
LEVELS = (Visibility.COORDINATION, Visibility.PARTNERS, Visibility.FUNDERS, Visibility.PUBLIC)


def level_of_new_document(*, coordinates: bool, wanted: int | None, cap: int) -> int:
    """The level of a new paper: coordination chooses within the partnership's own; what partners bring is partners'."""
    chosen = wanted if coordinates and wanted in LEVELS else Visibility.PARTNERS
    return int(min(chosen, cap))
