"""Pages of settled periods."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import page_of
from core.web.space import space_url
from metrics.forms.figure import add_refusal
from metrics.forms.measurement_quality import PeriodLockForm, PeriodOpenForm
from metrics.models import Indicator
from metrics.operations.period_lock import PeriodNotSettledError, PeriodOpenError, lock_period, open_period
from metrics.queries.period_lock import as_lock_row, locks_of
from metrics.rules.period import last_complete_period
from partnerships.views.doors import partnership_allowing, visible_partnership
from partnerships.views.tabs import partnership_tabs


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def period_lock_list(request: SpaceRequest, slug: str) -> HttpResponse:
    """The periods that are settled, and those that were opened again."""
    partnership = visible_partnership(request, slug)
    language = request.LANGUAGE_CODE[:2]
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "indicator_list"),
        "page": page_of(request, locks_of(partnership), as_row=lambda lock: as_lock_row(lock, language)),
        "can_lock": request.viewer.can(Permission.VERIFY_MEASUREMENTS, partnership.scope_id),
    }
    return render(request, "metrics/period_lock_list.html", context)


@requires(Permission.VERIFY_MEASUREMENTS)
@require_http_methods(["GET", "POST"])
def period_lock_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Settle a period."""
    partnership = partnership_allowing(request, slug, Permission.VERIFY_MEASUREMENTS)
    last = last_complete_period(timezone.localdate(), Indicator.Frequency.QUARTERLY)
    initial = {"starts_on": last.starts_on, "ends_on": last.ends_on}
    form = PeriodLockForm(request.POST if request.method == "POST" else None, initial=initial)
    back = space_url("period_lock_list", slug=slug)
    if request.method == "POST" and form.is_valid():
        try:
            lock_period(partnership=partnership, by=request.user, **form.cleaned_data)
        except PeriodNotSettledError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The period is locked. Its values stay as they are."))
            return redirect(back)
    context = {"form": form, "partnership": partnership, "cancel_url": back}
    return render(request, "metrics/period_lock_form.html", context, status=422 if form.errors else 200)


@requires(Permission.VERIFY_MEASUREMENTS)
@require_http_methods(["GET", "POST"])
def period_lock_open(request: SpaceRequest, slug: str, period_lock_id: uuid.UUID) -> HttpResponse:
    """Open a period again, with a reason."""
    partnership = partnership_allowing(request, slug, Permission.VERIFY_MEASUREMENTS)
    lock = get_object_or_404(locks_of(partnership), pk=period_lock_id)
    form = PeriodOpenForm(request.POST if request.method == "POST" else None)
    back = space_url("period_lock_list", slug=slug)
    if request.method == "POST" and form.is_valid():
        try:
            open_period(lock=lock, by=request.user, **form.cleaned_data)
        except PeriodOpenError:
            form.add_error(None, _("This period is open already."))
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The period is open again. The reason is on record."))
            return redirect(back)
    row = as_lock_row(lock, request.LANGUAGE_CODE[:2])
    context = {"form": form, "partnership": partnership, "row": row, "cancel_url": back}
    return render(request, "metrics/period_lock_open.html", context, status=422 if form.errors else 200)
