"""What a partnership says of itself in further languages: writing it, and reading it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, public, requires
from core.web.further import written_in
from core.web.space import space_url
from engagement.forms.public_text import PublicTextForm
from engagement.operations.public_text import remove_public_text, save_public_text
from engagement.queries.public_page import public_partnership
from engagement.queries.public_phrase import is_spoken_here, phrases_in
from engagement.queries.public_text import text_rows, texts_of
from engagement.rules.languages import FurtherLanguage, further_language
from engagement.views.public_frame import in_chosen_language, public_page_response
from engagement.views.public_phrase import sheets_of
from partnerships.views.doors import partnership_allowing


@requires(Permission.EDIT_PARTNERSHIP)
@require_safe
def public_texts(request: SpaceRequest, slug: str) -> HttpResponse:
    """The languages the space chose, and what is written in each."""
    partnership = partnership_allowing(request, slug, Permission.EDIT_PARTNERSHIP)
    context = {"partnership": partnership, "rows": text_rows(partnership)}
    return render(request, "engagement/public_text_list.html", context)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def public_text_edit(request: SpaceRequest, slug: str, language_code: str) -> HttpResponse:
    """Write the text of a language."""
    partnership = partnership_allowing(request, slug, Permission.EDIT_PARTNERSHIP)
    language = _language(language_code)
    text = texts_of(partnership).filter(language_code=language.code).first()
    initial = {name: getattr(text, name) for name in PublicTextForm.base_fields} if text else {}
    form = PublicTextForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        save_public_text(partnership=partnership, language_code=language.code, by=request.user, **form.cleaned_data)
        messages.success(request, _("The text was saved."))
        return redirect(space_url("public_text_list", slug=slug))
    terms = {"text": text, "form": form, "sheets": sheets_of(partnership) if is_spoken_here(language.code) else []}
    context = {"partnership": partnership, "language": language, **terms}
    return render(request, "engagement/public_text_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def public_text_remove(request: SpaceRequest, slug: str, language_code: str) -> HttpResponse:
    """Take a language off the public page."""
    partnership = partnership_allowing(request, slug, Permission.EDIT_PARTNERSHIP)
    text = get_object_or_404(texts_of(partnership), language_code=_language(language_code).code)
    remove_public_text(text=text, by=request.user)
    messages.success(request, _("The language is off the public page."))
    return redirect(space_url("public_text_list", slug=slug))


@public
@require_safe
@in_chosen_language
def public_text(request: SpaceRequest, slug: str, language_code: str) -> HttpResponse:
    """A partnership in a further language."""
    partnership = get_object_or_404(public_partnership(slug))
    language = _language(language_code)
    text = get_object_or_404(texts_of(partnership), language_code=language.code)
    context = {"partnership": partnership, "language": language, "text": text}
    template = "engagement/public_text.html"
    if not is_spoken_here(language.code):
        return public_page_response(request, template, context)
    # The words around the text, and the way on, are in the same language as far as they are written.
    with written_in(phrases_in(language.code, slug)):
        return public_page_response(request, template, context)


def _language(code: str) -> FurtherLanguage:
    try:
        return further_language(code)
    except KeyError as error:
        raise Http404 from error
