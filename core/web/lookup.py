"""What an address names."""

from django.http import Http404


def or_404[FoundT](found: FoundT | None) -> FoundT:
    """What was found; Http404 where there is nothing, or nothing the viewer may see, which is the same."""
    if found is None:
        raise Http404
    return found
