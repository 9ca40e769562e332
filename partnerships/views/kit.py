"""Starting a partnership in two steps; the choice travels in the address, so nothing is kept between them."""

from types import SimpleNamespace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from partnerships.forms.kit import SCRATCH, KitChoiceForm, StartForm
from partnerships.kits.registry import KITS
from partnerships.operations.kit import start_partnership_from_kit


@requires(Permission.CREATE_PARTNERSHIPS)
@require_http_methods(["GET", "POST"])
def partnership_new(request: SpaceRequest) -> HttpResponse:
    """Choose a kit, then say what the partnership is about."""
    chosen = request.GET.get("kit", "")
    kit = KITS.get("" if chosen == SCRATCH else chosen) if chosen else None
    if kit is None:
        context = {"form": KitChoiceForm(request.GET if "kit" in request.GET else None), "steps": _steps(0)}
        return render(request, "partnerships/partnership_new.html", context, status=422 if chosen else 200)
    form = StartForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        partnership = start_partnership_from_kit(kit=kit, by=request.user, **form.cleaned_data)
        messages.success(request, _("The partnership has a place now. Next: who is in?"))
        return redirect(space_url("partnership_detail", slug=partnership.slug))
    context = {"form": form, "kit": kit, "steps": _steps(1)}
    return render(request, "partnerships/partnership_new.html", context, status=422 if form.errors else 200)


def _steps(at: int) -> list[SimpleNamespace]:
    labels = (_("How to begin"), _("What it is about"))
    return [
        SimpleNamespace(label=label, is_past=number < at, is_current=number == at)
        for number, label in enumerate(labels)
    ]
