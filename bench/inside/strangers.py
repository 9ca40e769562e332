"""What is somebody else's, and what is nowhere: ``python -m bench.inside.strangers OWN_SLUG OTHER_SLUG``."""

import sys
import uuid
from datetime import timedelta
from typing import Any

from bench.inside import start, tell


def main(own: str, other: str) -> dict[str, Any]:
    """A session in one space, and pairs of addresses: a record of the other space, and one that nobody has."""
    from bench.inside.pages import address, signed_in
    from core.models import Tenant, User
    from core.operations.link import make_link
    from core.tenancy.context import tenant_scope
    from partnerships.models import Task
    from stakeholders.models import Stakeholder

    with tenant_scope(Tenant.objects.get(slug=other).pk):
        theirs = Stakeholder.objects.order_by("id").values_list("pk", flat=True)[0]
        task = Task.objects.order_by("id").first()
        by = User.objects.get(email=f"coordinator@{other}.example")
        _link, token = make_link(purpose="task", subject_id=task.pk, lasts=timedelta(days=1), by=by)
    nobodys = uuid.uuid4()
    pairs = {
        "a record": [address("stakeholder_detail", own, stakeholder_id=key) for key in (theirs, nobodys)],
        "a record of the API": [
            address("api_stakeholder_detail", own, stakeholder_id=key) for key in (theirs, nobodys)
        ],
        "a link": [address("task_link", own, token=text) for text in (token, "Zz" + token[:-2])],
        "a space": [address("start", slug) for slug in (other, "nobody-here")],
    }
    return {"session": signed_in(f"coordinator@{own}.example"), "pairs": pairs}


if __name__ == "__main__":
    start()
    tell(main(*sys.argv[1:]))
