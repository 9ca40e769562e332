"""The demo's mailbox: the mails Telaio would have sent, readable by whoever runs the demo."""

import re
import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from core.mail import kept_mails
from core.web.access import public


def _demo_only() -> None:
    if not settings.DEMO:
        raise Http404


@public
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """All mails, newest first; 404 outside the demo."""
    _demo_only()
    return render(request, "core/mailbox.html", {"mails": kept_mails(settings.MAIL_DIR)})


@public
@require_safe
def mailbox_mail(request: HttpRequest, mail_id: uuid.UUID) -> HttpResponse:
    """One mail as text with working links; 404 outside the demo."""
    _demo_only()
    mail = next((mail for mail in kept_mails(settings.MAIL_DIR) if mail["id"] == str(mail_id)), None)
    if mail is None:
        raise Http404
    linked = re.sub(r"(https?://[^\s&<>\"]+)", r'<a href="\1">\1</a>', escape(mail["text"]))
    return render(request, "core/mailbox_mail.html", {"mail": mail, "body": mark_safe(linked)})  # noqa: S308 - escaped above
