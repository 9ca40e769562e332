"""Pages of a coordinator among many values: ``python -m bench.inside.values SLUG``."""

import sys
from typing import Any

from bench.inside import start, tell
from bench.inside.pages import signed_in


def pages_of(slug: str) -> dict[str, Any]:
    """Each page by name, and the session of who reads it; they show as much with many values as with few."""
    from core.models import Tenant
    from core.tenancy.context import tenant_scope
    from core.web.space import space_url
    from partnerships.models import Partnership

    with tenant_scope(Tenant.objects.get(slug=slug).pk):
        partnership = Partnership.objects.order_by("id")[0]
        here = {"slug": partnership.slug}
        pages = {
            "dashboard": space_url("start"),
            "partnership": space_url("partnership_detail", **here),
            "enter a value": space_url("measurement_new", **here, code="I1"),
            "signals": space_url("signal_list", **here),
        }
    return {"pages": pages, "reader": signed_in(f"coordinator@{slug}.example")}


if __name__ == "__main__":
    start()
    tell(pages_of(sys.argv[1]))
