"""How long personal data is kept, and what would go on the next run."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.forms.retention import RetentionForm
from core.operations.retention import change_retention
from core.queries.retention import due_classes
from core.views.tabs import settings_tabs
from core.web.access import SpaceRequest, requires
from core.web.space import space_url


@requires(Permission.ADMINISTER_SPACE)
@require_http_methods(["GET", "POST"])
def retention(request: SpaceRequest) -> HttpResponse:
    """Each class with its days; asked to, what would go with other days before they are saved."""
    today = timezone.localdate()
    classes = due_classes(today=today)
    form = RetentionForm(request.POST if request.method == "POST" else None, classes=classes)
    tried = False
    if request.method == "POST" and form.is_valid():
        if "preview" not in request.POST:
            change_retention(days=form.days(), holds=form.holds(), by=request.user)
            messages.success(request, _("Saved. The next run keeps to it."))
            return redirect(space_url("retention"))
        tried, classes = True, due_classes(today=today, chosen=form.days(), holds=form.holds())
    context = {
        "form": form,
        "rows": [(one, form.fields_of(one.keeping.code)) for one in classes],
        "total": sum(one.count for one in classes),
        "tried": tried,
        "tabs": settings_tabs(request, "retention"),
    }
    return render(request, "core/retention.html", context, status=422 if form.errors else 200)
