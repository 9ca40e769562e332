"""The page on which many values are entered at once."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import page_number
from core.web.space import space_url
from metrics.forms.measurement_grid import GridForm, typed_grid, typed_texts
from metrics.models import Measurement
from metrics.operations.measurement_batch import Entered, EntriesRefusedError, enter_values
from metrics.queries.measurement import measuring_in
from metrics.queries.measurement_grid import COUNTS, Grid, Wish, grid_for_entry
from partnerships.models import Partnership
from partnerships.views.doors import partnership_allowing
from partnerships.views.tabs import partnership_tabs


@requires(Permission.ENTER_MEASUREMENTS)
@require_http_methods(["GET", "POST"])
def measurement_grid(request: SpaceRequest, slug: str) -> HttpResponse:
    """Values of many indicators and periods, entered together: all of them or none."""
    partnership = partnership_allowing(request, slug, Permission.ENTER_MEASUREMENTS)
    measuring = measuring_in(request.viewer, partnership)
    if not measuring:
        raise PermissionDenied
    language = request.LANGUAGE_CODE[:2]
    today = timezone.localdate()
    grid = grid_for_entry(request.viewer, partnership, measuring, wish_of(request), today=today, language=language)
    form = GridForm(request.POST if request.method == "POST" else None, grid=grid)
    if request.method != "POST" or not grid.sections:
        return _page(request, partnership, grid, form)
    if not form.is_valid():
        return _page(request, partnership, grid.showing(typed_texts(request.POST, grid)), form, status=422)
    if request.POST.get("do") == "lay":
        return _laid(request, partnership, grid, form)
    return _entered(request, partnership, grid, form)


def wish_of(request: SpaceRequest) -> Wish:
    """What the address asks for; raises BadRequest for what nobody offers."""
    count = request.GET.get("periods", str(COUNTS[0]))
    if count not in {str(number) for number in COUNTS}:
        raise BadRequest("periods")
    return Wish(
        whose=request.GET.get("whose", ""),
        count=int(count),
        only_missing=request.GET.get("missing") == "1",
        number=page_number(request),
        by_groups=request.GET.get("groups") == "1",
    )


def _laid(request: SpaceRequest, partnership: Partnership, grid: Grid, form: GridForm) -> HttpResponse:
    texts, left_over = form.laid()
    if left_over:
        told = ngettext(
            "%(number)d cell has no place in this table.", "%(number)d cells have no place in this table.", left_over
        )
        messages.warning(request, told % {"number": left_over})
    shown = grid.showing({**typed_texts(request.POST, grid), **texts})
    return _page(request, partnership, shown, GridForm(grid=grid, initial=form.cleaned_data | {"block": ""}))


def _entered(request: SpaceRequest, partnership: Partnership, grid: Grid, form: GridForm) -> HttpResponse:
    beside = {name: form.cleaned_data[name] for name in ("reason", "source", "note")}
    as_draft = request.POST.get("do") == "draft"
    again = () if as_draft else (Measurement.State.DRAFT,)
    typed = typed_grid(request.POST, grid, beside=beside, language=request.LANGUAGE_CODE[:2], again=again)
    errors = typed.errors
    if not errors:
        try:
            entered = enter_values(entries=typed.entries, by=request.user, as_draft=as_draft)
        except EntriesRefusedError as refusal:
            errors = {place: sentences[0] for place, sentences in refusal.by_place.items()}
        else:
            messages.success(request, said_of(entered))
            return _back(request)
    return _page(request, partnership, grid.showing(typed.texts, errors), form, status=422)


def _back(request: SpaceRequest) -> HttpResponseRedirect:
    return redirect(request.get_full_path())


def said_of(entered: Entered) -> str:
    """What was done, in a sentence."""
    if entered.drafted or (entered.withdrawn and not entered.sent):
        return _("The drafts were kept. They do not count until you send them.")
    number = entered.sent + entered.corrected + entered.broken_down
    if not number:
        return _("Nothing was changed.")
    return ngettext(
        "%(number)d value was sent. Somebody else checks it now.",
        "%(number)d values were sent. Somebody else checks them now.",
        number,
    ) % {"number": number}


def _page(
    request: SpaceRequest, partnership: Partnership, grid: Grid, form: GridForm, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "indicator_list"),
        "grid": grid,
        "form": form,
        "wider": grid.wider,
        "cancel_url": space_url("indicator_list", slug=partnership.slug),
    }
    return render(request, "metrics/measurement_grid.html", context, status=status)
