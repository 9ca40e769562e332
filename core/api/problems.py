"""Errors as problem details (RFC 9457), in the caller's language, without inner workings."""

from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, serializers
from rest_framework.response import Response

from core.tenancy.context import entered_tenant_id
from core.web.errors import is_wall_refusal

log = structlog.get_logger("telaio.security")
CONTENT_TYPE = "application/problem+json"


class ConflictError(exceptions.APIException):
    """The record's state does not allow this; ``detail`` says why."""

    status_code = 409
    default_code = "conflict"


class ProblemSerializer(serializers.Serializer[Any]):
    """The shape of every error."""

    type = serializers.CharField(help_text="A stable word for the kind of problem.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False)
    errors = serializers.DictField(  # type: ignore[assignment]  # a field of that name, as RFC 9457 extensions use
        child=serializers.ListField(child=serializers.CharField()), required=False, help_text="Messages by field."
    )


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: the answer for an expected error, None (a logged 500) for an unexpected one."""
    if is_wall_refusal(error):
        log.error("wall_refused", view=type(context["view"]).__name__)
        error = exceptions.NotFound()
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    elif isinstance(error, ValidationError):
        error = exceptions.ValidationError(serializers.as_serializer_error(error))
    if not isinstance(error, exceptions.APIException):
        return None
    if entered_tenant_id() is not None:
        # What was refused leaves nothing behind; after a refusal by the database nothing else is possible.
        transaction.set_rollback(True)
    return _problem(error)


def _problem(error: exceptions.APIException) -> Response:
    status = error.status_code
    title = {
        400: _("This request has something to correct"),
        401: _("Sign in or send a token"),
        403: _("Your role does not allow this"),
        404: _("Nothing here"),
        405: _("This address does not do that"),
        406: _("This address answers in JSON"),
        409: _("The record's state does not allow this"),
        415: _("Send JSON"),
        429: _("Too many requests"),
    }.get(status, _("This did not work"))
    body: dict[str, Any] = {"type": str(error.default_code), "title": title, "status": status}
    if isinstance(error, exceptions.ValidationError):
        body["errors"] = _by_field(error.detail)
    elif status not in {401, 403, 404}:
        body["detail"] = str(error.detail)
    headers = {}
    if auth_header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = auth_header
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return Response(body, status=status, headers=headers, content_type=CONTENT_TYPE)


def _by_field(detail: Any, prefix: str = "") -> dict[str, list[str]]:
    if isinstance(detail, dict):
        found: dict[str, list[str]] = {}
        for name, inner in detail.items():
            found |= _by_field(inner, f"{prefix}.{name}" if prefix else str(name))
        return found
    if isinstance(detail, list) and any(isinstance(inner, dict | list) for inner in detail):
        found = {}
        for position, inner in enumerate(detail):
            found |= _by_field(inner, f"{prefix}.{position}" if prefix else str(position))
        return found
    return {prefix or "non_field_errors": [str(inner) for inner in (detail if isinstance(detail, list) else [detail])]}
