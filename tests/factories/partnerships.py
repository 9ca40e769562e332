"""The smallest valid partnership."""

from core.access.visibility import Visibility
from partnerships.models import Partnership
from partnerships.operations.partnership import start_partnership


def make_partnership(slug: str = "scuola-lavoro", *, visibility: Visibility = Visibility.PARTNERS, **fields: object) -> Partnership:
    """A partnership in state ``idea``."""
    return start_partnership(name=fields.pop("name", slug.title()), slug=slug, by=None, visibility=visibility, **fields)
