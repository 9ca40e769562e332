"""Fifty people press the same button at once: ``python -m bench.inside.parallel prepare|sign|count SLUG``."""

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from bench.inside import start, tell

AT_ONCE = 50


def prepare(slug: str) -> dict[str, Any]:
    """A task that waits for the partner's answer, and the sessions to give it with."""
    from bench.inside.pages import address, signed_in
    from core.models import Tenant
    from core.tenancy.context import tenant_scope
    from partnerships.models import Task

    with tenant_scope(Tenant.objects.get(slug=slug).pk):
        own = Task.objects.filter(member__representatives__person__user__email=f"partner@{slug}.example")
        task = own.select_related("partnership").order_by("id").first()
        Task.objects.filter(pk=task.pk).update(state="proposed", progress_percent=0, finished_on=None)
        here = {"slug": task.partnership.slug, "number": task.number}
        return {
            "task": str(task.pk),
            "path": address("task_update", slug, **here),
            "partner": signed_in(f"partner@{slug}.example"),
        }


def count(slug: str, task_id: str) -> dict[str, Any]:
    """What became of the task."""
    from core.models import AuditEvent, Tenant
    from core.tenancy.context import tenant_scope
    from partnerships.models import Task, TaskUpdate

    with tenant_scope(Tenant.objects.get(slug=slug).pk):
        words = TaskUpdate.objects.filter(task_id=task_id, state="accepted", state_before="proposed")
        events = AuditEvent.objects.filter(
            subject_id=task_id, verb="task.updated", changes__state=["proposed", "accepted"]
        )
        return {"words": words.count(), "events": events.count(), "state": Task.objects.get(pk=task_id).state}


def sign(slug: str) -> dict[str, Any]:
    """The same acceptance of an agreement in fifty threads, each with a connection of its own."""
    from django.db import connection

    from core.models import AuditEvent, Tenant, User
    from core.tenancy.context import tenant_scope
    from partnerships.models import AgreementVersion, Signature
    from partnerships.operations.signature import SignatureRefusedError, answer_signature

    tenant_id = Tenant.objects.get(slug=slug).pk
    by = User.objects.get(email=f"partner@{slug}.example")
    with tenant_scope(tenant_id):
        signature = (
            Signature.objects.filter(member__representatives__person__user=by)
            .select_related("version")
            .order_by("id")
            .first()
        )
        others = Signature.objects.filter(version=signature.version).exclude(pk=signature.pk).order_by("id")
        # One other answer stays open, so that this one does not bring the agreement into force.
        Signature.objects.filter(pk__in=[signature.pk, others.first().pk]).update(
            state="requested", hash_signed="", answered_at=None
        )
        AgreementVersion.objects.filter(pk=signature.version_id).update(state="partially_signed")
    together = Barrier(AT_ONCE)

    def press(_number: int) -> str:
        try:
            together.wait(30)
            with tenant_scope(tenant_id):
                answer_signature(
                    signature=signature,
                    accepts=True,
                    by=by,
                    name="Anna Rossetti",
                    capacity="President",
                    hash_seen=signature.version.text_sha256,
                )
        except SignatureRefusedError:
            return "refused"
        finally:
            connection.close()
        return "accepted"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(press, range(AT_ONCE)))
    with tenant_scope(tenant_id):
        events = AuditEvent.objects.filter(subject_id=signature.pk).exclude(verb__startswith="bench").count()
        state = Signature.objects.get(pk=signature.pk).state
    return {
        "accepted": answers.count("accepted"),
        "refused": answers.count("refused"),
        "events": events,
        "state": state,
    }


if __name__ == "__main__":
    start()
    tell({"prepare": prepare, "count": count, "sign": sign}[sys.argv[1]](*sys.argv[2:]))
