"""A worry raised from an e-mailed link: read and settled with its code and key, which no address carries."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.operations.rate import TooOftenError
from core.web.access import SpaceRequest, public
from partnerships.forms.worry import WorryKeyForm
from partnerships.models import Worry
from partnerships.operations.worry import WorryRefusedError, close_worry, find_with_key, turn_to_other_contact
from partnerships.queries.worry import open_worry, others_offered
from partnerships.rules.worry import KeyHolder

STEPS = {"close": close_worry, "turn": turn_to_other_contact}


@public
@never_cache
@require_http_methods(["GET", "POST"])
def worry_with_key(request: SpaceRequest) -> HttpResponse:
    """Ask for code and key; with both, the worry, and what ``step`` says is done with it."""
    form = WorryKeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            worry = find_with_key(**form.cleaned_data)
        except TooOftenError:
            form.add_error(None, _("That was a lot in a short time. Go on a little later."))
        else:
            if worry is not None:
                return _opened(request, worry, key=form.cleaned_data["key"])
            form.add_error(None, _("This code and this key open nothing. Look at them once more."))
    return render(request, "partnerships/worry_key.html", {"form": form}, status=422 if form.errors else 200)


def _opened(request: SpaceRequest, worry: Worry, *, key: str) -> HttpResponse:
    holder, refusal = KeyHolder(key), ""
    if step := STEPS.get(request.POST.get("step", "")):
        try:
            step(worry=worry, by=holder)
        except WorryRefusedError as error:
            refusal = str(error)
        worry = Worry.objects.select_related(
            "partnership", "raised_by_person", "contact__person", "contact__member__organisation"
        ).get(pk=worry.pk)
    is_open = worry.state != Worry.State.CLOSED
    context = {
        "worry": worry,
        "sheet": open_worry(worry, None, today=timezone.localdate()),
        "key": key,
        "refusal": refusal,
        "can_close": is_open,
        "can_turn": is_open and bool(others_offered(worry, holder)),
    }
    return render(request, "partnerships/worry_key_open.html", context, status=409 if refusal else 200)
