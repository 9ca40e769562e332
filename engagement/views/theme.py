"""Themes of a partnership: "you said, we did" before and after everybody may read it."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.access.visibility import Visibility
from core.web.access import SpaceRequest, requires
from core.web.lists import page_of
from core.web.pages import page
from core.web.space import space_url
from engagement.forms.theme import ThemeForm
from engagement.models import Theme
from engagement.operations.theme import (
    ThemeNotReadyError,
    change_theme,
    create_theme,
    publish_theme,
    unpublish_theme,
)
from engagement.queries.public_page import answer_of
from engagement.queries.theme import as_row, evidence_offered, theme_list, theme_of
from engagement.queries.theme_goal import suggestions_from
from engagement.queries.theme_need import needs_of_theme
from engagement.rules.theme import can_publish, shown_by
from partnerships.models import Partnership
from partnerships.views.doors import partnership_allowing, visible_partnership
from partnerships.views.tabs import partnership_tabs


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def themes(request: SpaceRequest, slug: str) -> HttpResponse:
    """What was heard in a partnership and what was answered; drafts only for whoever answers residents."""
    partnership = visible_partnership(request, slug)
    today = timezone.localdate()
    rows = theme_list(request.viewer, partnership)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "theme_list"),
        "page": page_of(request, rows, as_row=lambda theme: as_row(theme, partnership, today=today)),
        "can_edit": request.viewer.can(Permission.ANSWER_RESIDENTS, partnership.scope_id),
        "is_public": partnership.visibility == Visibility.PUBLIC,
    }
    return page(request, "engagement/theme_list.html", context, partial="results")


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def theme_detail(request: SpaceRequest, slug: str, theme_id: uuid.UUID) -> HttpResponse:
    """A theme as everybody reads it, or would, in each language; and what is missing before publishing."""
    partnership = visible_partnership(request, slug)
    theme = get_object_or_404(theme_of(request.viewer, partnership, theme_id))
    context = {
        "partnership": partnership,
        "theme": theme,
        "previews": _previews(theme),
        "verdict": can_publish(theme, shown=shown_by(theme), mode=partnership.mode),
        "can_edit": request.viewer.can(Permission.ANSWER_RESIDENTS, partnership.scope_id),
        "is_public": partnership.visibility == Visibility.PUBLIC,
        "needs": needs_of_theme(request.viewer, theme),
        "can_suggest": request.viewer.can(Permission.TAKE_PART, partnership.scope_id),
        "suggestions": suggestions_from(request.viewer, theme),
    }
    return render(request, "engagement/theme_detail.html", context)


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def theme_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Write down something residents say."""
    partnership = partnership_allowing(request, slug, Permission.ANSWER_RESIDENTS)
    form = ThemeForm(request.POST or None, offered=evidence_offered(request.viewer, partnership))
    if request.method == "POST" and form.is_valid():
        try:
            theme = create_theme(partnership=partnership, by=request.user, **form.cleaned_data)
        except ThemeNotReadyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The theme was saved. Look at it and publish it."))
            return redirect(_url_of(partnership, theme))
    return _form_page(request, partnership, form)


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def theme_edit(request: SpaceRequest, slug: str, theme_id: uuid.UUID) -> HttpResponse:
    """Change a theme."""
    partnership, theme = _editable(request, slug, theme_id)
    offered = evidence_offered(request.viewer, partnership)
    form = ThemeForm(request.POST or None, instance=theme, offered=offered)
    if request.method == "POST" and form.is_valid():
        try:
            change_theme(theme=theme, by=request.user, **form.cleaned_data)
        except ThemeNotReadyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The theme was saved."))
            return redirect(_url_of(partnership, theme))
    return _form_page(request, partnership, form, theme=theme)


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def theme_publish(request: SpaceRequest, slug: str, theme_id: uuid.UUID) -> HttpResponse:
    """Let everybody read it."""
    partnership, theme = _editable(request, slug, theme_id)
    try:
        publish_theme(theme=theme, by=request.user)
    except ThemeNotReadyError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Published. Whoever waited for this answer gets it."))
    return redirect(_url_of(partnership, theme))


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def theme_unpublish(request: SpaceRequest, slug: str, theme_id: uuid.UUID) -> HttpResponse:
    """Take it off the public page."""
    partnership, theme = _editable(request, slug, theme_id)
    unpublish_theme(theme=theme, by=request.user)
    messages.success(request, _("No longer on the public page."))
    return redirect(_url_of(partnership, theme))


def _editable(request: SpaceRequest, slug: str, theme_id: uuid.UUID) -> tuple[Partnership, Theme]:
    partnership = visible_partnership(request, slug)
    theme = get_object_or_404(theme_of(request.viewer, partnership, theme_id))
    if not request.viewer.can(Permission.ANSWER_RESIDENTS, partnership.scope_id):
        raise PermissionDenied
    return partnership, theme


def _url_of(partnership: Partnership, theme: Theme) -> str:
    return space_url("theme_detail", slug=partnership.slug, theme_id=theme.pk)


def _form_page(
    request: SpaceRequest, partnership: Partnership, form: ThemeForm, *, theme: Theme | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "partnership": partnership, "theme": theme}
    return render(request, "engagement/theme_form.html", context, status=422 if form.errors else 200)


def _previews(theme: Theme) -> list[dict[str, Any]]:
    """The theme once per language it is written in, or once when it is in one language only."""
    written = [code for code in ("en", "it") if getattr(theme, f"heard_{code}")]
    previews = []
    for code in written:
        with translation.override(code):
            name = translation.get_language_info(code)["name_local"].capitalize()
            previews.append({"code": code, "name": name, "answer": answer_of(theme, today=timezone.localdate())})
    return previews
