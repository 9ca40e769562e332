"""Partnerships as places in which roles are held."""

from core.queries.places import Place
from partnerships.models import Partnership


def partnership_places() -> list[Place]:
    """All partnerships of the tenant at work, by name."""
    known = Partnership.objects.order_by("name", "id").values_list("scope_id", "name")
    return [Place(scope_id, name) for scope_id, name in known]
