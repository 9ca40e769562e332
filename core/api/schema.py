"""The OpenAPI schema: every operation declares the problems it can answer with."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework.generics import GenericAPIView

from core.api.problems import ProblemSerializer


class ProblemSchema(AutoSchema):
    """Adds the 4xx answers every operation has, in the shape of RFC 9457."""

    def get_operation_id(self) -> str:
        """A name of its own for reading a collection and for reading one record below it."""
        named = super().get_operation_id()
        many = self.method == "GET" and not self.path.rstrip("/").endswith("}")
        return f"{named.removesuffix('_retrieve')}_list" if many and named.endswith("_retrieve") else named

    def _is_list_view(self, serializer: Any = None) -> bool:
        """Reading a collection answers a page of it, also where the view does not say so itself."""
        is_collection = self.method == "GET" and not self.path.rstrip("/").endswith("}")
        has_rows = getattr(type(self.view), "get_queryset", None) not in {None, GenericAPIView.get_queryset}
        return bool(super()._is_list_view(serializer)) or (is_collection and has_rows)

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        # Another verb at the address, and an Accept header without JSON, are refused before the operation is asked.
        statuses = ["401", "403", "404", "405", "406"]
        if self.method in {"POST", "PUT", "PATCH"}:
            statuses += ["400", "409", "415"]
        elif self.method == "DELETE":
            statuses += ["409"]
        elif self._is_list_view() or self.get_override_parameters():
            statuses += ["400"]
        if self.method in getattr(self.view, "limited", ()):
            statuses += ["429"]
        for status in statuses:
            bodies.setdefault(
                status, self._get_response_for_code(ProblemSerializer, status, ["application/problem+json"])
            )
        return bodies


class TokenScheme(OpenApiAuthenticationExtension):
    """How the schema describes tokens."""

    target_class = "core.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A bearer token."""
        return {"type": "http", "scheme": "bearer"}


class SessionScheme(OpenApiAuthenticationExtension):
    """How the schema describes sessions."""

    target_class = "core.api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A cookie."""
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


class SlugShape(OpenApiSerializerFieldExtension):
    """A slug; where it may be left blank the pattern says so, or its own default would be invalid."""

    target_class = "rest_framework.fields.SlugField"

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        """Type, pattern and length."""
        schema = {"type": "string", "pattern": f"^[-a-zA-Z0-9_]{'*' if self.target.allow_blank else '+'}$"}
        return schema | ({"maxLength": self.target.max_length} if self.target.max_length else {})


def drop_blank_defaults(result: Any, **_kwargs: Any) -> Any:
    """Remove ``default: ""`` where the field's own words or shape do not allow it: leaving it out means the same."""
    if isinstance(result, list):
        for part in result:
            drop_blank_defaults(part)
    elif isinstance(result, dict):
        if result.get("default") == "" and (
            "enum" in result or "$ref" in result or "allOf" in result or "oneOf" in result
        ):
            del result["default"]
        if result.get("readOnly") and result.get("format") in {"email", "uri"}:
            # What was never filled in is shown as an empty text.
            del result["format"]
        for part in result.values():
            drop_blank_defaults(part)
    return result
