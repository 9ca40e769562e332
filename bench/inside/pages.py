"""The addresses that are asked for, and sessions of the people who ask: ``python -m bench.inside.pages SLUG``.

An address that does not exist yet is null.
"""

import sys
from typing import Any

from bench.inside import start, tell

AS_SIGNED_IN = "core.web.backend.SignInBackend"


def address(name: str, space: str, /, **kwargs: Any) -> str | None:
    """The path of a page by name, or None while nobody serves it."""
    from django.urls import NoReverseMatch, reverse

    try:
        return reverse(name, kwargs={"tenant": space, **kwargs})
    except NoReverseMatch:
        return None


def signed_in(email: str) -> str:
    """The key of a new session of a person."""
    from django.test import Client

    from core.models import User

    client = Client()
    client.force_login(User.objects.get(email=email), backend=AS_SIGNED_IN)
    return str(client.session.session_key)


def pages_of(slug: str) -> dict[str, Any]:
    """Everything the bench asks a tenant for."""
    from core.models import Tenant
    from core.tenancy.context import tenant_scope
    from partnerships.models import Task
    from stakeholders.models import Stakeholder

    with tenant_scope(Tenant.objects.get(slug=slug).pk):
        organisation = Stakeholder.objects.filter(kind="organisation").order_by("id").first()
        own = Task.objects.filter(member__representatives__person__user__email=f"partner@{slug}.example")
        task = own.filter(state="in_progress").select_related("partnership").order_by("id").first()
        task = task or Task.objects.select_related("partnership").order_by("id").first()
        here = {"slug": task.partnership.slug, "number": task.number}
        return {
            "coordinator": signed_in(f"coordinator@{slug}.example"),
            "partner": signed_in(f"partner@{slug}.example"),
            "list": address("stakeholder_list", slug),
            "start": address("start", slug),
            "record": address("stakeholder_detail", slug, stakeholder_id=organisation.pk),
            "task": address("task_detail", slug, **here),
            "tasks": address("task_list", slug, slug=here["slug"]),
            "partnership": address("partnership_detail", slug, slug=here["slug"]),
            "search": address("search", slug),
            "form": address("feedback_new", slug, slug=here["slug"]),
            "public": address("public_page", slug, slug=here["slug"]),
            "update": address("task_update", slug, **here),
        }


if __name__ == "__main__":
    start()
    tell(pages_of(sys.argv[1]))
