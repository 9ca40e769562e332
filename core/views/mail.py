"""Mails that could not be delivered, for those who can do something about it."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access.permissions import Permission
from core.operations.mail import send_again
from core.queries.mail import dead_mails, late_mails
from core.views.tabs import settings_tabs
from core.web.access import SpaceRequest, requires
from core.web.lists import page_of
from core.web.space import space_url


@requires(Permission.ADMINISTER_SPACE)
@require_safe
def unsent_mail(request: SpaceRequest) -> HttpResponse:
    """Mails given up after a day of trying, and those still being tried."""
    context = {
        "page": page_of(request, dead_mails()),
        "late": late_mails()[:20],
        "tabs": settings_tabs(request, "unsent_mail"),
    }
    return render(request, "core/unsent_mail.html", context)


@requires(Permission.ADMINISTER_SPACE)
@require_POST
def mail_again(request: SpaceRequest, mail_id: uuid.UUID) -> HttpResponse:
    """Try a mail that was given up once more."""
    send_again(mail=get_object_or_404(dead_mails(), pk=mail_id), by=request.user)
    messages.success(request, _("We are trying again. Look here later to see whether it went out."))
    return redirect(space_url("unsent_mail"))
