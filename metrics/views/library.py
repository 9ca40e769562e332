"""Ways to a new indicator: a guided path for beginners, and a library to pick from."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from metrics.forms.figure import add_refusal
from metrics.forms.indicator_guide import IndicatorGuideForm
from metrics.operations.indicator import define_indicator
from metrics.queries.library import own_library, sdg_library
from partnerships.views.doors import partnership_allowing


@requires(Permission.DEFINE_INDICATORS)
@require_http_methods(["GET", "POST"])
def indicator_guide(request: SpaceRequest, slug: str) -> HttpResponse:
    """One outcome indicator from a few plain questions, and on to the goal it is for."""
    partnership = partnership_allowing(request, slug, Permission.DEFINE_INDICATORS)
    form = IndicatorGuideForm(request.POST if request.method == "POST" else None, cap=partnership.visibility)
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        baseline_on = today if form.cleaned_data["baseline_value"] is not None else None
        try:
            indicator = define_indicator(
                partnership=partnership, by=request.user, baseline_on=baseline_on, **form.cleaned_data
            )
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            if request.viewer.can(Permission.EDIT_GOALS, partnership.scope_id):
                said = _("The indicator is ready. Now make a goal of it: which value shall be reached, and by when?")
                way_on = f"{space_url('goal_new', slug=slug)}?{urlencode({'indicator': indicator.pk})}"
            else:
                said = _("The indicator is ready. Enter its first value when the period is over.")
                way_on = space_url("indicator_detail", slug=slug, code=indicator.code)
            messages.success(request, said)
            return redirect(way_on)
    context = {"form": form, "partnership": partnership, "cancel_url": space_url("indicator_list", slug=slug)}
    return render(request, "metrics/indicator_guide.html", context, status=422 if form.errors else 200)


@requires(Permission.DEFINE_INDICATORS)
@require_safe
def indicator_library(request: SpaceRequest, slug: str) -> HttpResponse:
    """Indicators a new one can be made like."""
    partnership = partnership_allowing(request, slug, Permission.DEFINE_INDICATORS)
    search = request.GET.get("q", "")[:100]
    language = request.LANGUAGE_CODE[:2]
    context = {
        "partnership": partnership,
        "search": search,
        "own": own_library(request.viewer, partnership, search),
        "sdg": sdg_library(language, search),
    }
    return render(request, "metrics/indicator_library.html", context)
