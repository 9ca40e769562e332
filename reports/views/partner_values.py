"""All numbers asked of a partner on one page, from an e-mailed link; a GET never changes anything."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.web.access import SpaceRequest, by_link
from core.web.space import space_url
from metrics.forms.measurement_grid import BesideForm, typed_grid, typed_texts
from metrics.models import Measurement
from metrics.operations.measurement_batch import EntriesRefusedError
from metrics.queries.measurement_grid import Grid, grid_of_missing
from reports.operations.partner_page import give_values, open_partner_page
from reports.queries.partner_page import member_rights_of
from reports.views.partner_door import on_partner_page

State = Measurement.State


@by_link
@require_http_methods(["GET", "POST"])
@on_partner_page
def partner_values(request: SpaceRequest, token: str) -> HttpResponse:
    """Exactly what is missing, and questions about what was given."""
    person, _link = open_partner_page(token)
    language = request.LANGUAGE_CODE[:2]
    members, by_groups = list(member_rights_of(person)), request.GET.get("groups") == "1"
    grid = grid_of_missing(members, today=timezone.localdate(), language=language, by_groups=by_groups)
    form = BesideForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, token, grid, form)
    if not form.is_valid():
        return _page(request, token, grid.showing(typed_texts(request.POST, grid)), form, status=422)
    # A remark also answers the questions about values that are right as they are.
    again = [State.DRAFT, *([State.QUERIED] if form.cleaned_data["note"] else [])]
    typed = typed_grid(request.POST, grid, beside=form.cleaned_data, language=language, again=again)
    errors = typed.errors
    if not errors:
        try:
            number = give_values(token=token, entries=typed.entries)
        except EntriesRefusedError as refusal:
            errors = {place: sentences[0] for place, sentences in refusal.by_place.items()}
        else:
            said = _("Thank you. Somebody else will look at it.") if number else _("Nothing was changed.")
            messages.success(request, said)
            return redirect(space_url("partner_values", token=token))
    return _page(request, token, grid.showing(typed.texts, errors), form, status=422)


def _page(request: SpaceRequest, token: str, grid: Grid, form: BesideForm, *, status: int = 200) -> HttpResponse:
    return render(request, "reports/partner_values.html", {"grid": grid, "form": form, "token": token}, status=status)
