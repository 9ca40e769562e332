"""The page on which somebody says which partners give an indicator's values."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from metrics.forms.figure import add_refusal
from metrics.forms.reporter import ReportersForm
from metrics.operations.reporter import name_reporters
from metrics.queries.reporter import reporter_rows
from metrics.rules.period import period_of
from metrics.views.doors import indicator_allowing
from partnerships.queries.member import active_members


@requires(Permission.DEFINE_INDICATORS)
@require_http_methods(["GET", "POST"])
def indicator_reporters(request: SpaceRequest, slug: str, code: str) -> HttpResponse:
    """Choose who is asked; who is left out is asked no more."""
    indicator = indicator_allowing(request, slug, code, Permission.DEFINE_INDICATORS)
    today, back = timezone.localdate(), space_url("indicator_detail", slug=slug, code=code)
    rows = reporter_rows(indicator, request.LANGUAGE_CODE[:2])
    form = ReportersForm(request.POST or None, rows=rows, begin=period_of(today, indicator.frequency).starts_on)
    if request.method == "POST" and form.is_valid():
        chosen = active_members(indicator.partnership).filter(pk__in=form.cleaned_data["members"])
        since = form.cleaned_data["since"]
        try:
            name_reporters(indicator=indicator, members=list(chosen), since=since, by=request.user, today=today)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Who gives the values is settled."))
            return redirect(back)
    context = {"form": form, "indicator": indicator, "partnership": indicator.partnership, "cancel_url": back}
    context["rows"] = rows
    return render(request, "metrics/reporters_form.html", context, status=422 if form.errors else 200)
