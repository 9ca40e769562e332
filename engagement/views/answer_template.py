"""Sentences a space answers with often: the list, and writing one."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from engagement.forms.answer_template import AnswerTemplateForm
from engagement.models import AnswerTemplate
from engagement.operations.answer_template import remove_answer_template, save_answer_template
from engagement.queries.answer_template import templates_of_space


@requires(Permission.ANSWER_RESIDENTS)
@require_safe
def templates(request: SpaceRequest) -> HttpResponse:
    """All sentences."""
    return render(request, "engagement/answer_template_list.html", {"templates": list(templates_of_space())})


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def template_new(request: SpaceRequest) -> HttpResponse:
    """Write a sentence."""
    return _edited(request, None)


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def template_edit(request: SpaceRequest, template_id: uuid.UUID) -> HttpResponse:
    """Word a sentence anew."""
    return _edited(request, get_object_or_404(templates_of_space(), pk=template_id))


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def template_remove(request: SpaceRequest, template_id: uuid.UUID) -> HttpResponse:
    """Take a sentence off the list."""
    remove_answer_template(template=get_object_or_404(templates_of_space(), pk=template_id), by=request.user)
    messages.success(request, _("The sentence is off the list."))
    return redirect(space_url("answer_template_list"))


def _edited(request: SpaceRequest, template: AnswerTemplate | None) -> HttpResponse:
    form = AnswerTemplateForm(request.POST or None, instance=template)
    if request.method == "POST" and form.is_valid():
        save_answer_template(template=template, by=request.user, **form.cleaned_data)
        messages.success(request, _("The sentence was saved."))
        return redirect(space_url("answer_template_list"))
    context = {"form": form, "template": template}
    return render(request, "engagement/answer_template_form.html", context, status=422 if form.errors else 200)
