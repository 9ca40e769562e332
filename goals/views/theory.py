"""How change comes about: the drawing with its list, the gentle start, steps and links."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.charts import chain
from core.queries.tenant import tenant_at_work
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from goals.forms.theory import LinkForm, StartForm, StepForm
from goals.models import TocLink, TocNode
from goals.operations.theory import (
    TheoryRefusedError,
    add_step,
    begin_theory,
    change_step,
    explain_link,
    link_steps,
    remove_step,
    shift_step,
    unlink_steps,
)
from goals.queries.theory import chart_of, links_visible_to, nodes_visible_to, theory_of
from metrics.forms.figure import add_refusal
from partnerships.models import Partnership
from partnerships.views.doors import partnership_allowing, visible_partnership
from partnerships.views.tabs import partnership_tabs


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def theory(request: SpaceRequest, slug: str) -> HttpResponse:
    """The drawing, and the same as a list."""
    partnership = visible_partnership(request, slug)
    found = theory_of(request.viewer, partnership)
    drawn = None
    if found.nodes:
        chart, brand = chart_of(found), request.tenant.brand_colour
        drawn = {"finding": chart.title, "wide": chain(chart, brand=brand)}
        drawn["compact"] = chain(chart, compact=True, brand=brand)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "theory"),
        "theory": found,
        "drawn": drawn,
        "can_edit": request.viewer.can(Permission.EDIT_GOALS, partnership.scope_id),
    }
    return render(request, "goals/theory.html", context)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def theory_start(request: SpaceRequest, slug: str) -> HttpResponse:
    """Three questions to begin with."""
    partnership = partnership_allowing(request, slug, Permission.EDIT_GOALS)
    form = StartForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            language = tenant_at_work().default_language
            begin_theory(partnership=partnership, language=language, by=request.user, **form.cleaned_data)
        except (TheoryRefusedError, ValidationError) as refusal:
            _add_refusal(form, refusal)
        else:
            messages.success(request, _("That is a beginning. Now say for each arrow why it works."))
            return redirect(_home(partnership))
    return _page(request, form, partnership, title=_("What must happen so that something changes?"))


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def toc_node_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Add a step."""
    partnership = partnership_allowing(request, slug, Permission.EDIT_GOALS)
    level = request.GET.get("level", "")
    form = StepForm(
        request.POST if request.method == "POST" else None,
        others=theory_of(request.viewer, partnership).nodes,
        initial={"level": level if level in TocNode.Level.values else TocNode.Level.ACTIVITY},
    )
    if request.method == "POST" and form.is_valid():
        try:
            add_step(partnership=partnership, by=request.user, leads_to=form.leads_to(), **form.values())
        except (TheoryRefusedError, ValidationError) as refusal:
            _add_refusal(form, refusal)
        else:
            messages.success(request, _("The step was added."))
            return redirect(_home(partnership))
    return _page(request, form, partnership, title=_("Add a step"))


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def toc_node_edit(request: SpaceRequest, slug: str, toc_node_id: uuid.UUID) -> HttpResponse:
    """Word a step anew, or move it to another level."""
    node = _node(request, slug, toc_node_id)
    form = StepForm(request.POST if request.method == "POST" else None, initial=StepForm.initial_of(node))
    if request.method == "POST" and form.is_valid():
        try:
            change_step(node=node, by=request.user, **form.values())
        except (TheoryRefusedError, ValidationError) as refusal:
            _add_refusal(form, refusal)
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(_home(node.partnership))
    return _page(request, form, node.partnership, title=node.text, node=node)


@requires(Permission.EDIT_GOALS)
@require_POST
def toc_node_shift(request: SpaceRequest, slug: str, toc_node_id: uuid.UUID) -> HttpResponse:
    """Change places with the step before or, with ``later``, after."""
    node = _node(request, slug, toc_node_id)
    shift_step(node=node, by=request.user, earlier=not request.POST.get("later"))
    messages.success(request, _("The order was changed."))
    return redirect(space_url("toc_node_edit", slug=slug, toc_node_id=node.pk))


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def toc_node_remove(request: SpaceRequest, slug: str, toc_node_id: uuid.UUID) -> HttpResponse:
    """Take a step out after asking once."""
    node = _node(request, slug, toc_node_id)
    if request.method == "POST":
        remove_step(node=node, by=request.user)
        messages.success(request, _("It was taken out."))
        return redirect(_home(node.partnership))
    links = TocLink.objects.filter(source=node).count() + TocLink.objects.filter(target=node).count()
    goals = node.goals.count()
    text = ngettext("%(number)d link goes too.", "%(number)d links go too.", links) % {"number": links}
    if goals:
        words = ngettext(
            "%(number)d goal that leads to it will lead to no change any more.",
            "%(number)d goals that lead to it will lead to no change any more.",
            goals,
        )
        text = f"{text} {words % {'number': goals}}"
    context = {
        "title": _("Remove “%(title)s”?") % {"title": node.text},
        "text": text,
        "action": _("Remove it"),
        "back": space_url("toc_node_edit", slug=slug, toc_node_id=node.pk),
    }
    return render(request, "core/confirm.html", context)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def toc_link_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Say that one step leads to another; ``source`` in the address names the first."""
    partnership = partnership_allowing(request, slug, Permission.EDIT_GOALS)
    form = LinkForm(
        request.POST if request.method == "POST" else None,
        nodes=theory_of(request.viewer, partnership).nodes,
        initial={"source": request.GET.get("source", "")},
    )
    if request.method == "POST" and form.is_valid():
        source, target = form.ends()
        try:
            link_steps(source=source, target=target, by=request.user, **form.values())
        except (TheoryRefusedError, ValidationError) as refusal:
            _add_refusal(form, refusal)
        else:
            messages.success(request, _("The link was added."))
            return redirect(_home(partnership))
    return _page(request, form, partnership, title=_("What leads to what?"))


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def toc_link_edit(request: SpaceRequest, slug: str, toc_link_id: uuid.UUID) -> HttpResponse:
    """Say why one step leads to another."""
    link = _link(request, slug, toc_link_id)
    initial = {name: getattr(link, name) for name in ("assumption", "strength", "outside")}
    form = LinkForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            explain_link(link=link, by=request.user, **form.values())
        except ValidationError as refusal:
            _add_refusal(form, refusal)
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(_home(link.partnership))
    return _page(request, form, link.partnership, title=_("Why does it work?"), link=link)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def toc_link_remove(request: SpaceRequest, slug: str, toc_link_id: uuid.UUID) -> HttpResponse:
    """Take a link out after asking once."""
    link = _link(request, slug, toc_link_id)
    if request.method == "POST":
        unlink_steps(link=link, by=request.user)
        messages.success(request, _("It was taken out."))
        return redirect(_home(link.partnership))
    context = {
        "title": _("Remove the link?"),
        "text": _("“%(source)s” leads to “%(target)s”. Both steps stay; what was written about the link goes.")
        % {"source": link.source.text, "target": link.target.text},
        "action": _("Remove it"),
        "back": space_url("toc_link_edit", slug=slug, toc_link_id=link.pk),
    }
    return render(request, "core/confirm.html", context)


def _home(partnership: Partnership) -> str:
    return space_url("theory", slug=partnership.slug)


def _node(request: SpaceRequest, slug: str, key: uuid.UUID) -> TocNode:
    """The step of an address that the viewer may edit; 404 unseen, 403 without the permission."""
    node: TocNode = get_object_or_404(nodes_visible_to(request.viewer), partnership__slug=slug, pk=key)
    return _allowed(request, node)


def _link(request: SpaceRequest, slug: str, key: uuid.UUID) -> TocLink:
    link: TocLink = get_object_or_404(links_visible_to(request.viewer), partnership__slug=slug, pk=key)
    return _allowed(request, link)


def _allowed[RecordT: (TocNode, TocLink)](request: SpaceRequest, record: RecordT) -> RecordT:
    if not request.viewer.can(Permission.EDIT_GOALS, record.partnership.scope_id):
        raise PermissionDenied
    return record


def _page(request: SpaceRequest, form: Any, partnership: Partnership, **more: Any) -> HttpResponse:
    context = {"form": form, "partnership": partnership, "cancel_url": _home(partnership), **more}
    return render(request, "goals/theory_form.html", context, status=422 if form.errors else 200)


def _add_refusal(form: Any, refusal: Exception) -> None:
    if isinstance(refusal, ValidationError):
        add_refusal(form, refusal)
    else:
        form.add_error(None, str(refusal))
