"""A public form and another public page of a space: ``python -m bench.inside.bots SLUG``."""

import sys

from bench.inside import start, tell


def main(space: str) -> dict[str, str]:
    """The form of one partnership and the page of another, both opened to everybody."""
    from bench.inside.pages import address
    from core.access.visibility import Visibility
    from core.models import Tenant
    from core.tenancy.context import tenant_scope
    from partnerships.models import Partnership

    with tenant_scope(Tenant.objects.get(slug=space).pk):
        form, page = Partnership.objects.order_by("id")[:2]
        Partnership.objects.filter(pk__in=[form.pk, page.pk]).update(visibility=Visibility.PUBLIC)
    return {
        "form": address("feedback_new", space, slug=form.slug),
        "page": address("public_page", space, slug=page.slug),
    }


if __name__ == "__main__":
    start()
    tell(main(*sys.argv[1:]))
