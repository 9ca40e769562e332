"""Making one record of two, and undoing it."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import AccessLink, User
from core.operations.audit import record
from stakeholders.models import ContactPoint, DuplicatePair, NotDuplicate, Stakeholder, StakeholderMerge
from stakeholders.operations.journal import Journal, take_back
from stakeholders.operations.repointing import repoint
from stakeholders.operations.stakeholder import note_what_is_kept_back, refresh_search_text, words_of_stakeholder
from stakeholders.rules.merge import can_merge, merged_values
from stakeholders.rules.stakeholder import sort_name

REACHED_BY = {
    "email": ContactPoint.Kind.EMAIL,
    "phone": ContactPoint.Kind.PHONE,
    "website": ContactPoint.Kind.WEB,
}


class MergeRefusedError(Exception):
    """The two cannot be one, or the merge cannot be undone; the message says why."""


@transaction.atomic
def merge_stakeholders(
    *, kept: Stakeholder, absorbed: Stakeholder, by: User, choices: Mapping[str, str] | None = None
) -> StakeholderMerge:
    """Make one record of two: ``kept`` takes over the chosen values and all that pointed to ``absorbed``.

    ``choices`` names for each field the record its value is taken from (``rules.merge``). Contacts of the other stay
    as further ways to reach it, its name as another name. The absorbed record is left empty of what a search or an
    index could find, and its address leads to the kept one. Raises MergeRefusedError.
    """
    kept, absorbed = _locked(kept, absorbed)
    if not (verdict := can_merge(kept, absorbed)):
        raise MergeRefusedError(str(verdict.reason))
    values = merged_values(kept, absorbed, choices or {})
    contacts = _other_contacts(kept, absorbed, values)
    journal = Journal()
    # The code first: two records of a space must not have it at the same moment.
    journal.change(absorbed, {"tax_code": "", "search_text": "", "user_id": None, "merged_into_id": kept.pk})
    journal.change(kept, values | {"sort_name": sort_name(values["name"]), "updated_at": timezone.now()})
    for pair in DuplicatePair.objects.filter(Q(first=absorbed) | Q(second=absorbed)):
        journal.take_out(pair)
    repoint(journal, old=absorbed, new=kept)
    _move_links(journal, kept, absorbed)
    _keep_contacts(journal, kept, contacts)
    journal.change(kept, {"search_text": words_of_stakeholder(kept)})
    note_what_is_kept_back(kept)
    try:
        kept.clean_fields(exclude=["tenant"])
    except ValidationError as error:
        raise MergeRefusedError(" ".join(error.messages)) from error
    merge = StakeholderMerge.objects.create(kept=kept, absorbed=absorbed, before={"steps": journal.steps}, by=by)
    record("stakeholder.merged", kept, by=by, changes={"merge": str(merge.pk), "absorbed": str(absorbed.pk)})
    record("stakeholder.absorbed", absorbed, by=by, changes={"merge": str(merge.pk), "kept": str(kept.pk)})
    return merge


@transaction.atomic
def undo_merge(*, merge: StakeholderMerge, by: User) -> StakeholderMerge:
    """Make two records of one again, as they were, with what pointed to each.

    What came to the kept record since stays with it, and so does a value somebody changed since. Refuses a merge
    undone already, and one after which the kept record was merged again: MergeRefusedError.
    """
    merge = StakeholderMerge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at is not None:
        raise MergeRefusedError(_("This was undone already."))
    kept, absorbed = _locked(merge.kept, merge.absorbed)
    later = StakeholderMerge.objects.filter(
        Q(kept=kept) | Q(absorbed=kept), undone_at=None, merged_at__gt=merge.merged_at
    )
    if later.exists():
        raise MergeRefusedError(_("The record was merged again since. Undo the latest merge first."))
    try:
        with transaction.atomic():
            take_back(merge.before["steps"])
    except IntegrityError as error:
        raise MergeRefusedError(_("Something of the record before is in use elsewhere now.")) from error
    for one in _locked(kept, absorbed):
        _find_as_before(one, merge)
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    record("stakeholder.merge_undone", kept, by=by, changes={"merge": str(merge.pk), "absorbed": str(absorbed.pk)})
    record("stakeholder.merge_undone", absorbed, by=by, changes={"merge": str(merge.pk), "kept": str(kept.pk)})
    return merge


@transaction.atomic
def say_not_duplicate(*, first: Stakeholder, second: Stakeholder, by: User) -> NotDuplicate:
    """Note that two which look alike are two; they are not shown as a pair again."""
    one, other = sorted((first, second), key=lambda stakeholder: stakeholder.pk)
    DuplicatePair.objects.filter(first=one, second=other).delete()
    said, is_new = NotDuplicate.objects.get_or_create(first=one, second=other, defaults={"by": by})
    if is_new:
        record("stakeholder.said_two", one, by=by, changes={"other": str(other.pk)})
    return said


def _find_as_before(stakeholder: Stakeholder, merge: StakeholderMerge) -> None:
    """Have a search find a record as before the merge, or, when its words changed since, by what it says now."""
    note_what_is_kept_back(stakeholder)
    steps = [step for step in merge.before["steps"] if step.get("id") == str(stakeholder.pk)]
    texts = [step["values"]["search_text"][0] for step in steps if "search_text" in step.get("values", {})]
    if texts and stakeholder.search_text != texts[0]:
        refresh_search_text(stakeholder)


def _locked(kept: Stakeholder, absorbed: Stakeholder) -> tuple[Stakeholder, Stakeholder]:
    """Both rows, locked in one order for everybody."""
    ids = [kept.pk, absorbed.pk]
    rows = {row.pk: row for row in Stakeholder.objects.select_for_update().filter(pk__in=ids).order_by("id")}
    return rows[kept.pk], rows[absorbed.pk]


def _other_contacts(
    kept: Stakeholder, absorbed: Stakeholder, values: Mapping[str, object]
) -> list[tuple[ContactPoint.Kind, str]]:
    """The addresses that were not chosen."""
    return [
        (kind, getattr(one, name))
        for name, kind in REACHED_BY.items()
        for one in (kept, absorbed)
        if getattr(one, name) and getattr(one, name) != values[name]
    ]


def _move_links(journal: Journal, kept: Stakeholder, absorbed: Stakeholder) -> None:
    """Mailed links name their person by an id without a key; they go on working."""
    for column in ("person_id", "subject_id"):
        links = list(AccessLink.objects.filter(**{column: absorbed.pk}).values_list("pk", flat=True))
        journal.move(AccessLink, column, links, before=absorbed.pk, after=kept.pk)


def _keep_contacts(journal: Journal, kept: Stakeholder, contacts: list[tuple[ContactPoint.Kind, str]]) -> None:
    there = set(ContactPoint.objects.filter(stakeholder=kept).values_list("kind", "value"))
    for kind, value in contacts:
        if (kind, value) not in there:
            journal.add(ContactPoint(stakeholder=kept, kind=kind, value=value))
