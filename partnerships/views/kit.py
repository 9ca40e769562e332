"""Starting a partnership in two steps, the choice travelling in the address; and the kits there are."""

from types import SimpleNamespace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from partnerships.forms.kit import SCRATCH, KitChoiceForm, KitSaveForm, StartForm
from partnerships.operations.kit import NoKitError, bring_in_new, retire_kit, save_kit, start_partnership_from_kit
from partnerships.queries.kit import available_kits, chosen_kit, kit_changes, kit_parts, own_kits
from partnerships.views.doors import editable_partnership
from partnerships.views.tabs import partnership_tabs


@requires(Permission.CREATE_PARTNERSHIPS)
@require_http_methods(["GET", "POST"])
def partnership_new(request: SpaceRequest) -> HttpResponse:
    """Choose a kit, then say what the partnership is about."""
    chosen = request.GET.get("kit", "")
    kits = available_kits()
    kit = next((kit for kit in kits if kit.code == ("" if chosen == SCRATCH else chosen)), None) if chosen else None
    if kit is None:
        form = KitChoiceForm(request.GET if "kit" in request.GET else None, kits=kits)
        context = {"form": form, "steps": _steps(0)}
        return render(request, "partnerships/partnership_new.html", context, status=422 if chosen else 200)
    start = StartForm(request.POST if request.method == "POST" else None, kit=kit)
    if request.method == "POST" and start.is_valid():
        partnership = start_partnership_from_kit(kit=kit, by=request.user, **start.cleaned_data)
        messages.success(request, _("The partnership has a place now. Next: who is in?"))
        return redirect(space_url("partnership_detail", slug=partnership.slug))
    context = {"form": start, "kit": kit, "parts": kit_parts(kit.content), "steps": _steps(1)}
    return render(request, "partnerships/partnership_new.html", context, status=422 if start.errors else 200)


@requires(Permission.CREATE_PARTNERSHIPS)
@require_safe
def kits(request: SpaceRequest) -> HttpResponse:
    """All kits, ours and the space's own, with what is in each."""
    shown = [SimpleNamespace(kit=kit, parts=kit_parts(kit.content)) for kit in available_kits() if kit.code]
    retired = [kit for kit in own_kits() if kit.is_retired]
    return render(request, "partnerships/kit_list.html", {"kits": shown, "retired": retired})


@requires(Permission.CREATE_PARTNERSHIPS)
@require_POST
def kit_retire(request: SpaceRequest, code: str) -> HttpResponse:
    """Offer one of the space's own kits no longer, or again."""
    again = "again" in request.POST
    try:
        retire_kit(code=code, by=request.user, is_retired=not again)
    except NoKitError as error:
        raise Http404 from error
    messages.success(request, _("The kit is offered again.") if again else _("The kit is offered no longer."))
    return redirect(space_url("kit_list"))


@requires(Permission.EDIT_PARTNERSHIP)
@require_safe
def partnership_kit(request: SpaceRequest, slug: str) -> HttpResponse:
    """What the partnership's kit brings as starting points, and what the kit has changed since."""
    partnership = editable_partnership(request, slug)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "partnership_kit"),
        "kit": chosen_kit(partnership.template_code) if partnership.template_code else None,
        "parts": kit_parts(partnership.template_snapshot),
        "changes": kit_changes(partnership),
        "can_save": request.viewer.can(Permission.CREATE_PARTNERSHIPS),
    }
    return render(request, "partnerships/partnership_kit.html", context)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def partnership_kit_renew(request: SpaceRequest, slug: str) -> HttpResponse:
    """Bring in the drafts the kit has gained since."""
    partnership = editable_partnership(request, slug)
    try:
        count = bring_in_new(partnership=partnership, by=request.user)
    except NoKitError as error:
        raise Http404 from error
    messages.success(request, ngettext("%d draft was added.", "%d drafts were added.", count) % count)
    return redirect(space_url("partnership_kit", slug=slug))


@requires(Permission.CREATE_PARTNERSHIPS)
@require_http_methods(["GET", "POST"])
def partnership_kit_save(request: SpaceRequest, slug: str) -> HttpResponse:
    """Make a kit of the space's own of this partnership."""
    partnership = editable_partnership(request, slug)
    own = [(kit.code, kit.name_en or kit.name_it) for kit in own_kits() if not kit.is_retired]
    form = KitSaveForm(request.POST if request.method == "POST" else None, own=own)
    if request.method == "POST" and form.is_valid():
        try:
            save_kit(partnership=partnership, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The kit was saved. You find it when you start a partnership."))
            return redirect(space_url("kit_list"))
    context = {"form": form, "partnership": partnership}
    return render(request, "partnerships/kit_save.html", context, status=422 if form.errors else 200)


def _steps(at: int) -> list[SimpleNamespace]:
    labels = (_("How to begin"), _("What it is about"))
    return [
        SimpleNamespace(label=label, is_past=number < at, is_current=number == at)
        for number, label in enumerate(labels)
    ]
