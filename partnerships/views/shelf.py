"""The document shelf of a partnership."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.downloads import file_answer
from core.web.lists import page_of
from core.web.pages import page
from core.web.space import space_url
from partnerships.forms.shelf import ShelfDocumentForm, ShelfVersionForm
from partnerships.models import ShelfDocument
from partnerships.operations.shelf import ShelfRefusedError, put_away, put_on_shelf, renew_on_shelf
from partnerships.queries.shelf import as_shelf_row, documents_visible_to, shelf_list, versions_of
from partnerships.views.doors import partnership_allowing, visible_partnership
from partnerships.views.tabs import partnership_tabs


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def shelf(request: SpaceRequest, slug: str) -> HttpResponse:
    """The papers of a partnership with search."""
    partnership = visible_partnership(request, slug)
    search = request.GET.get("q", "")[:100]
    rows = shelf_list(request.viewer, partnership, search=search)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "shelf"),
        "page": page_of(request, rows, as_row=as_shelf_row),
        "search": search,
        "can_add": request.viewer.can(Permission.TAKE_PART, partnership.scope_id),
    }
    return page(request, "partnerships/shelf.html", context, partial="results")


@requires(Permission.TAKE_PART)
@require_http_methods(["GET", "POST"])
def shelf_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Put a paper on the shelf."""
    partnership = partnership_allowing(request, slug, Permission.TAKE_PART)
    coordinates = request.viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ShelfDocumentForm(*sent, coordinates=coordinates, cap=partnership.visibility)
    if request.method == "POST" and form.is_valid():
        try:
            document = put_on_shelf(
                partnership=partnership, by=request.user, coordinates=coordinates, **form.cleaned_data
            )
        except ShelfRefusedError as refusal:
            form.add_error("upload", str(refusal))
        else:
            messages.success(request, _("The document is on the shelf."))
            return redirect(space_url("shelf_detail", slug=slug, shelf_document_id=document.pk))
    context = {"form": form, "partnership": partnership}
    return render(request, "partnerships/shelf_form.html", context, status=422 if form.errors else 200)


@requires(Permission.SEE_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def shelf_detail(request: SpaceRequest, slug: str, shelf_document_id: uuid.UUID) -> HttpResponse:
    """One paper with its versions; a new one can be added."""
    document = _document(request, slug, shelf_document_id)
    can_add = request.viewer.can(Permission.TAKE_PART, document.partnership.scope_id)
    form = ShelfVersionForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST":
        if not can_add:
            raise PermissionDenied
        if form.is_valid() and _renewed(request, document, form):
            messages.success(request, _("The new version is there. The old ones stay."))
            return redirect(space_url("shelf_detail", slug=slug, shelf_document_id=shelf_document_id))
    context = {
        "partnership": document.partnership,
        "document": document,
        "versions": list(versions_of(document)[:100]),
        "form": form if can_add else None,
        "can_put_away": _may_put_away(request, document),
    }
    return render(request, "partnerships/shelf_detail.html", context, status=422 if form.errors else 200)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def shelf_file(request: SpaceRequest, slug: str, shelf_document_id: uuid.UUID, number: int) -> HttpResponse:
    """One version as a download."""
    document = _document(request, slug, shelf_document_id)
    return file_answer(get_object_or_404(versions_of(document), number=number).file)


@requires(Permission.TAKE_PART)
@require_POST
def shelf_put_away(request: SpaceRequest, slug: str, shelf_document_id: uuid.UUID) -> HttpResponse:
    """Take a paper off the list: who brought it, or coordination."""
    document = _document(request, slug, shelf_document_id)
    if not _may_put_away(request, document):
        raise PermissionDenied
    put_away(document=document, by=request.user)
    messages.success(request, _("The document was put away."))
    return redirect(space_url("shelf", slug=slug))


def _renewed(request: SpaceRequest, document: ShelfDocument, form: ShelfVersionForm) -> bool:
    try:
        renew_on_shelf(document=document, by=request.user, **form.cleaned_data)
    except ShelfRefusedError as refusal:
        form.add_error("upload", str(refusal))
    return not form.errors


def _may_put_away(request: SpaceRequest, document: ShelfDocument) -> bool:
    return document.created_by_id == request.user.pk or request.viewer.can(
        Permission.EDIT_PARTNERSHIP, document.partnership.scope_id
    )


def _document(request: SpaceRequest, slug: str, shelf_document_id: uuid.UUID) -> ShelfDocument:
    rows = documents_visible_to(request.viewer).filter(partnership__slug=slug)
    return get_object_or_404(rows, pk=shelf_document_id)
