"""What a stakeholder's timeline tells of partnerships: joining and leaving, agreements accepted, promises."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.viewer import Viewer
from core.web.space import space_url
from partnerships.models import AgreementVersion, Commitment, PartnershipMember, Signature, Task
from partnerships.queries.agreement import versions_visible_to
from partnerships.queries.ledger_sources import commitments_seen_by, promised_commitments
from partnerships.queries.member import members_visible_to
from partnerships.queries.task import tasks_visible_to
from partnerships.rules.agreement import state_on
from partnerships.rules.ledger import TONES, LedgerStatus, ledger_status
from partnerships.rules.task import PROMISED, is_overdue
from stakeholders.models import Stakeholder
from stakeholders.timeline import MOST_OF_A_SOURCE, TimelineItem


def membership_items(viewer: Viewer, stakeholder: Stakeholder) -> Sequence[TimelineItem]:
    """When an organisation was asked, joined and left, and for whom a person speaks."""
    rows = members_visible_to(viewer).filter(Q(organisation=stakeholder) | Q(representatives__person=stakeholder))
    return [item for member in rows.distinct()[:MOST_OF_A_SOURCE] for item in _of_member(member, stakeholder)]


def signature_items(viewer: Viewer, stakeholder: Stakeholder) -> Sequence[TimelineItem]:
    """The agreements an organisation accepted or declined, or a person did for one."""
    rows = (
        Signature.objects.filter(version__in=versions_visible_to(viewer).order_by(), answered_at__isnull=False)
        .filter(Q(member__organisation=stakeholder) | Q(person=stakeholder))
        .select_related("version__agreement__partnership")
        .order_by("-answered_at", "-id")
    )
    return [_of_signature(signature) for signature in rows[:MOST_OF_A_SOURCE]]


def promise_items(viewer: Viewer, stakeholder: Stakeholder) -> Sequence[TimelineItem]:
    """What was promised, kept and is late; a promise kept stands on the day it was kept."""
    today = timezone.localdate()
    rows = tasks_visible_to(viewer).filter(Q(member__organisation=stakeholder) | Q(person=stakeholder))
    chosen = rows.filter(Q(state=Task.State.DONE) | Q(state__in=PROMISED)).order_by("-created_at", "-id")
    return [_of_task(task, today) for task in chosen[:MOST_OF_A_SOURCE]]


def commitment_items(viewer: Viewer, stakeholder: Stakeholder) -> Sequence[TimelineItem]:
    """What an organisation promised elsewhere than in a task."""
    today = timezone.localdate()
    rows = promised_commitments().filter(commitments_seen_by(viewer), member__organisation=stakeholder)
    chosen = rows.select_related("partnership").order_by("-created_at", "-id")
    return [_of_commitment(commitment, today) for commitment in chosen[:MOST_OF_A_SOURCE]]


def _of_member(member: PartnershipMember, stakeholder: Stakeholder) -> list[TimelineItem]:
    url = space_url("member_detail", slug=member.partnership.slug, member_id=member.pk)
    told = {"partnership": member.partnership.name}
    text = member.role if member.organisation_id == stakeholder.pk else member.organisation.name
    asked = TimelineItem(
        timezone.localdate(member.created_at), "partnership", _("Asked to join “%(partnership)s”") % told, text, url,
        icon="mail",
    )  # fmt: skip
    items = [asked]
    if member.joined_on:
        title = _("Joined “%(partnership)s”") % told
        items.append(TimelineItem(member.joined_on, "partnership", title, text, url, tone="ok", icon="handshake"))
    if member.left_on:
        title = _("Left “%(partnership)s”") % told
        items.append(TimelineItem(member.left_on, "partnership", title, text, url, tone="idle", icon="log-out"))
    return items


def _of_signature(signature: Signature) -> TimelineItem:
    agreement = signature.version.agreement
    is_signed = signature.state == Signature.State.SIGNED
    has_lapsed = is_signed and state_on(signature.version, today=timezone.localdate()) == AgreementVersion.State.EXPIRED
    title = _("Accepted “%(title)s”") if is_signed else _("Answered “%(title)s”")
    expired = _("expired since then") if has_lapsed else ""
    told = [signature.get_state_display(), expired, agreement.partnership.name, signature.name]
    return TimelineItem(
        on=timezone.localdate(signature.answered_at),
        kind="agreement",
        title=title % {"title": agreement.title},
        text=" · ".join(filter(None, told)),
        url=space_url("agreement_detail", slug=agreement.partnership.slug, number=agreement.number),
        tone="ok" if is_signed and not has_lapsed else "idle",
        icon="file-check",
    )


def _of_task(task: Task, today: date) -> TimelineItem:
    told = {"title": task.title}
    if task.state == Task.State.DONE:
        kept_on = task.finished_on or timezone.localdate(task.updated_at)
        was_late = bool(task.first_agreed_due_on and kept_on > task.first_agreed_due_on)
        title = (_("Kept late: %(title)s") if was_late else _("Kept: %(title)s")) % told
        on, tone = kept_on, "soon" if was_late else "done"
    elif is_overdue(task, today=today):
        title, on, tone = _("Late: %(title)s") % told, task.due_on or today, "late"
    else:
        title, on, tone = _("Promised: %(title)s") % told, timezone.localdate(task.created_at), "now"
    url = space_url("task_detail", slug=task.partnership.slug, number=task.number)
    return TimelineItem(on, "promise", title, task.partnership.name, url, tone=tone)


def _of_commitment(commitment: Commitment, today: date) -> TimelineItem:
    is_released = commitment.state == Commitment.State.RELEASED
    status = ledger_status(
        due_on=commitment.due_on,
        first_agreed_on=commitment.first_agreed_on,
        kept_on=commitment.kept_on,
        is_released=is_released,
        today=today,
    )
    words = {
        LedgerStatus.KEPT: _("Kept: %(title)s"),
        LedgerStatus.KEPT_LATE: _("Kept late: %(title)s"),
        LedgerStatus.LATE: _("Late: %(title)s"),
        LedgerStatus.OPEN: _("Promised: %(title)s"),
        LedgerStatus.RELEASED: _("Released from: %(title)s"),
    }
    late_on = commitment.due_on if status == LedgerStatus.LATE else None
    return TimelineItem(
        commitment.kept_on or late_on or timezone.localdate(commitment.created_at),
        "promise",
        words[status] % {"title": commitment.title},
        f"{commitment.partnership.name} · {commitment.get_source_display()}",
        space_url("commitment_detail", slug=commitment.partnership.slug, number=commitment.number),
        tone=TONES[status],
    )
