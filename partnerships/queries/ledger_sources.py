"""The ledger's own two kinds of promises: tasks, and what was promised elsewhere."""

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, NullIf, TruncDate
from django.utils.translation import gettext_lazy as _

from core.access.viewer import Viewer, visible_records
from core.web.space import space_url
from partnerships.ledger import NOTHING, LedgerSource, Tally, register_ledger_source
from partnerships.models import Commitment, Task, TaskEvidence
from partnerships.rules.commitment import PROMISED as PROMISED_ELSEWHERE
from partnerships.rules.task import PROMISED

State = Task.State
EVIDENCE = Subquery(
    TaskEvidence.objects.filter(task=OuterRef("pk"))
    .order_by("-at", "-id")
    .values(
        shown=Coalesce(NullIf("note", Value("")), NullIf("link", Value("")), "file__name", output_field=TextField())
    )[:1]
)


def promised_tasks() -> QuerySet[Task]:
    """Tasks that are or were promises: accepted by whom they were asked of, and cancelled only after that."""
    return Task.objects.filter(
        Q(state__in=[*PROMISED, State.DONE]) | Q(state=State.CANCELLED, first_agreed_due_on__isnull=False)
    )


def promised_commitments() -> QuerySet[Commitment]:
    """What organisations promised elsewhere than in a task: given or confirmed by themselves."""
    return Commitment.objects.filter(state__in=PROMISED_ELSEWHERE)


def commitments_seen_by(viewer: Viewer) -> Q:
    """The condition under which somebody sees a commitment; the same as for tasks."""
    return visible_records(viewer, scope="partnership__scope_id", chain=["visibility", "partnership__visibility"])


def _task_url(slug: str, key: str) -> str:
    return space_url("task_detail", slug=slug, number=int(key))


def _commitment_url(slug: str, key: str) -> str:
    return space_url("commitment_detail", slug=slug, number=int(key))


_HERE = {
    "id": F("pk"),
    "key": F("number"),
    "partnership": F("partnership_id"),
    "slug": F("partnership__slug"),
    "partnership_name": F("partnership__name"),
    "title": F("title"),
    "due_on": F("due_on"),
}
TASKS = LedgerSource(
    code="tasks",
    origins={"task": _("Task")},
    rows=promised_tasks,
    seen=commitments_seen_by,
    columns={
        **_HERE,
        "organisation": Coalesce("member__organisation_id", "person_id"),
        "who": Coalesce("member__organisation__name", "person__name", Value("")),
        "origin": "task",
        "reference": NOTHING,
        "first_agreed_on": F("first_agreed_due_on"),
        "kept_on": Case(When(state=State.DONE, then=Coalesce("finished_on", TruncDate("updated_at")))),
        "is_released": Case(When(state=State.CANCELLED, then=Value(True)), default=Value(False)),
        "evidence": EVIDENCE,
    },
    url=_task_url,
    tally=Tally(
        promised=Q(state__in=[*PROMISED, State.DONE]),
        agreed="first_agreed_due_on",
        kept_in_time=Q(state=State.DONE, finished_on__lte=F("first_agreed_due_on")),
        counted="state",
    ),
)
COMMITMENTS = LedgerSource(
    code="commitments",
    origins=dict(Commitment.Source.choices),
    rows=promised_commitments,
    seen=commitments_seen_by,
    columns={
        **_HERE,
        "organisation": F("member__organisation_id"),
        "who": F("member__organisation__name"),
        "origin": F("source"),
        "reference": F("reference"),
        "first_agreed_on": F("first_agreed_on"),
        "kept_on": F("kept_on"),
        "is_released": Case(When(state=Commitment.State.RELEASED, then=Value(True)), default=Value(False)),
        "evidence": Coalesce(NullIf("evidence", Value("")), "evidence_file__name"),
    },
    url=_commitment_url,
)


def register_own() -> None:
    """Add both to the ledger."""
    for source in (TASKS, COMMITMENTS):
        register_ledger_source(source)
