"""Records that look like one: finding, comparing, merging, and undoing that."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import page_of
from core.web.space import space_url
from stakeholders.forms.merge import MergeForm, shared_facts
from stakeholders.models import Stakeholder, StakeholderMerge
from stakeholders.operations.duplicate import ask_for_duplicates
from stakeholders.operations.merge import MergeRefusedError, merge_stakeholders, say_not_duplicate, undo_merge
from stakeholders.queries.duplicate import as_pair_row, merges_visible_to, pairs_visible_to, twins_of
from stakeholders.queries.stakeholder import stakeholders_kept_by
from stakeholders.rules.merge import better_kept, can_merge
from stakeholders.views.sent import sent
from stakeholders.views.tabs import section_tabs

MERGES_SHOWN = 20


@requires(Permission.EDIT_STAKEHOLDERS)
@require_safe
def duplicate_list(request: SpaceRequest) -> HttpResponse:
    """The pairs the last look through the register found, and what was merged lately."""
    context = {
        "tabs": section_tabs(request, "duplicate_list"),
        "page": page_of(request, pairs_visible_to(request.viewer), as_row=as_pair_row),
        "merges": merges_visible_to(request.viewer)[:MERGES_SHOWN],
    }
    return render(request, "stakeholders/duplicate_list.html", context)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_POST
def duplicates_look(request: SpaceRequest) -> HttpResponse:
    """Have the register looked through now."""
    ask_for_duplicates()
    messages.success(request, _("We are looking through the register. Open this page again in a moment."))
    return redirect(space_url("duplicate_list"))


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def stakeholder_compare(request: SpaceRequest, stakeholder_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """Two records side by side; choosing a value for each fact and merging them."""
    kept, absorbed = _in_order(request, *_both(request, stakeholder_id, other_id))
    form = MergeForm(sent(request), kept=kept, absorbed=absorbed)
    verdict = can_merge(kept, absorbed)
    if request.method == "POST" and form.is_valid():
        try:
            merge_stakeholders(kept=kept, absorbed=absorbed, choices=form.choices(), by=request.user)
        except MergeRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The two are one record now. You can undo it on its page."))
            return redirect(space_url("stakeholder_detail", stakeholder_id=kept.pk))
    context = {
        "form": form,
        "kept": kept,
        "absorbed": absorbed,
        "verdict": verdict,
        "swap_url": f"{request.path}?keep={absorbed.pk}",
        "shared": shared_facts(kept, absorbed),
    }
    return render(request, "stakeholders/stakeholder_compare.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_POST
def stakeholder_not_duplicate(request: SpaceRequest, stakeholder_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """Say that two which look alike are two."""
    first, second = _both(request, stakeholder_id, other_id)
    say_not_duplicate(first=first, second=second, by=request.user)
    messages.success(request, _("Noted: these are two. The pair is not shown again."))
    return redirect(space_url("duplicate_list"))


@requires(Permission.EDIT_STAKEHOLDERS)
@require_safe
def stakeholder_twins(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """What one record looks like, and what it took in."""
    stakeholder = get_object_or_404(stakeholders_kept_by(request.viewer), pk=stakeholder_id)
    context = {
        "stakeholder": stakeholder,
        "twins": [as_pair_row(pair) for pair in twins_of(request.viewer, stakeholder)],
        "merges": merges_visible_to(request.viewer).filter(kept=stakeholder)[:MERGES_SHOWN],
    }
    return render(request, "stakeholders/stakeholder_twins.html", context)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def merge_undo(request: SpaceRequest, stakeholder_merge_id: uuid.UUID) -> HttpResponse:
    """Make two records of one again."""
    merge = get_object_or_404(merges_visible_to(request.viewer), pk=stakeholder_merge_id)
    if request.method != "POST":
        return render(request, "core/confirm.html", _asking(merge))
    try:
        undo_merge(merge=merge, by=request.user)
    except MergeRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("They are two records again, as before."))
    return redirect(space_url("stakeholder_detail", stakeholder_id=merge.kept_id))


def _asking(merge: StakeholderMerge) -> dict[str, Any]:
    told = {
        "kept": merge.kept.name,
        "absorbed": merge.absorbed.name,
        "day": date_format(merge.merged_at, "DATE_FORMAT"),
    }
    return {
        "title": _("Make them two again?"),
        "text": _(
            "“%(absorbed)s” was merged into “%(kept)s” on %(day)s. Both become as they were; "
            "what came since stays with “%(kept)s”."
        )
        % told,
        "action": _("Undo the merge"),
        "back": space_url("stakeholder_detail", stakeholder_id=merge.kept_id),
    }


def _both(request: SpaceRequest, first_id: uuid.UUID, second_id: uuid.UUID) -> tuple[Stakeholder, Stakeholder]:
    found = {row.pk: row for row in stakeholders_kept_by(request.viewer).filter(pk__in=[first_id, second_id])}
    if first_id == second_id or len(found) < 2:  # noqa: PLR2004 - both
        raise Http404
    return found[first_id], found[second_id]


def _in_order(request: SpaceRequest, first: Stakeholder, second: Stakeholder) -> tuple[Stakeholder, Stakeholder]:
    """The one to keep first: as asked for, else the one that is known better."""
    asked = request.POST.get("keep") or request.GET.get("keep")
    for kept, absorbed in ((first, second), (second, first)):
        if asked == str(kept.pk):
            return kept, absorbed
    return better_kept(first, second)
