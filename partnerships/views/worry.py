"""Worries in private: pages only who raised one and its contact can open."""

import uuid

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.operations.rate import TooOftenError
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from partnerships.forms.worry import WorryAnswerForm, WorryContactsForm, WorryForm
from partnerships.models import Worry
from partnerships.operations.worry import (
    WorryRefusedError,
    acknowledge_worry,
    answer_worry,
    close_worry,
    name_contacts,
    raise_worry,
    turn_to_other_contact,
)
from partnerships.queries.worry import (
    contacts_of,
    contacts_offered,
    contacts_that_serve,
    members_it_can_be_about,
    open_worry,
    others_offered,
    possible_contacts,
    worries_of,
    worry_row,
)
from partnerships.views.doors import editable_partnership, partnership_allowing

MOST_SHOWN = 200
STEPS = {"acknowledge": acknowledge_worry, "close": close_worry, "turn": turn_to_other_contact}


@requires(Permission.TAKE_PART)
@require_safe
def worries(request: SpaceRequest) -> HttpResponse:
    """What the viewer raised, and what was told to them as a contact."""
    today = timezone.localdate()
    rows = [worry_row(worry, request.user, today=today) for worry in worries_of(request.user)[:MOST_SHOWN]]
    return render(request, "partnerships/worry_list.html", {"rows": rows})


@requires(Permission.TAKE_PART)
@require_http_methods(["GET", "POST"])
def worry_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Tell one of the two contacts what worries one."""
    partnership = partnership_allowing(request, slug, Permission.TAKE_PART)
    contacts = contacts_offered(partnership, request.user)
    form = WorryForm(
        request.POST if request.method == "POST" else None,
        contacts=contacts,
        members=list(members_it_can_be_about(partnership)),
        initial={"contact": str(contacts[0].pk)} if len(contacts) == 1 else {},
    )
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        try:
            worry = raise_worry(
                partnership=partnership,
                by=request.user,
                text=fields["text"],
                contact_id=uuid.UUID(fields["contact"]),
                about=uuid.UUID(fields["about"]) if fields["about"] else None,
            )
        except WorryRefusedError as refusal:
            form.add_error(refusal.field or None, str(refusal))
        except TooOftenError:
            form.add_error(None, _("That was a lot in a short time. Go on a little later."))
        else:
            messages.success(request, _("It is told. Only the two of you can read it."))
            return redirect(space_url("worry_detail", worry_id=worry.pk))
    context = {
        "partnership": partnership,
        "form": form,
        "contacts": contacts,
        "can_edit": request.viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id),
    }
    return render(request, "partnerships/worry_form.html", context, status=422 if form.errors else 200)


@requires(Permission.TAKE_PART)
@require_http_methods(["GET", "POST"])
def worry_detail(request: SpaceRequest, worry_id: uuid.UUID) -> HttpResponse:
    """One worry with its words; the contact answers here."""
    worry = _worry(request, worry_id)
    form = WorryAnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_worry(worry=worry, text=form.cleaned_data["text"], by=request.user)
        except WorryRefusedError as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("Your answer is there; a mail with the code alone tells of it."))
            return redirect(space_url("worry_detail", worry_id=worry_id))
    sheet = open_worry(worry, request.user, today=timezone.localdate())
    is_open = worry.state != Worry.State.CLOSED
    can_close = worry.raised_by_id == request.user.pk and is_open
    context = {
        "worry": worry,
        "sheet": sheet,
        "form": form if sheet.is_contact and is_open else None,
        "can_acknowledge": sheet.is_contact and worry.state == Worry.State.RAISED,
        "can_close": can_close,
        "can_turn": can_close and bool(others_offered(worry, request.user)),
    }
    return render(request, "partnerships/worry_detail.html", context, status=422 if form.errors else 200)


@requires(Permission.TAKE_PART)
@require_POST
def worry_step(request: SpaceRequest, worry_id: uuid.UUID) -> HttpResponse:
    """Acknowledge it, close it, or turn to the other contact, as ``step`` says."""
    worry = _worry(request, worry_id)
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise BadRequest
    try:
        step(worry=worry, by=request.user)
    except WorryRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Noted."))
    return redirect(space_url("worry_detail", worry_id=worry_id))


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def worry_contacts(request: SpaceRequest, slug: str) -> HttpResponse:
    """Name the two people everybody can turn to in private."""
    partnership = editable_partnership(request, slug)
    people = list(possible_contacts(partnership))
    held = {(one.member_id, one.person_id) for one in contacts_of(partnership)}
    named = [str(one.pk) for one in people if (one.member_id, one.person_id) in held]
    form = WorryContactsForm(
        request.POST if request.method == "POST" else None,
        people=people,
        initial=dict(zip(("first", "second"), named, strict=False)),
    )
    if request.method == "POST" and form.is_valid():
        chosen = [uuid.UUID(form.cleaned_data[name]) for name in ("first", "second")]
        try:
            name_contacts(partnership=partnership, representatives=chosen, by=request.user)
        except WorryRefusedError as refusal:
            form.add_error("second", str(refusal))
        else:
            messages.success(request, _("The two contacts are named."))
            return redirect(space_url("partnership_detail", slug=slug))
    context = {
        "partnership": partnership,
        "form": form,
        "has_people": len({one.member_id for one in people}) > 1,
        "silent": [one for one in contacts_of(partnership) if one not in contacts_that_serve(partnership)],
    }
    return render(request, "partnerships/worry_contacts.html", context, status=422 if form.errors else 200)


def _worry(request: SpaceRequest, worry_id: uuid.UUID) -> Worry:
    return get_object_or_404(worries_of(request.user), pk=worry_id)
