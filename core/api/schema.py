"""The OpenAPI schema: every operation declares the problems it can answer with."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema

from core.api.problems import ProblemSerializer


class ProblemSchema(AutoSchema):
    """Adds the 4xx answers every operation has, in the shape of RFC 9457."""

    def get_operation_id(self) -> str:
        """A name of its own for reading a collection and for reading one record below it."""
        named = super().get_operation_id()
        many = self.method == "GET" and not self.path.rstrip("/").endswith("}")
        return f"{named.removesuffix('_retrieve')}_list" if many and named.endswith("_retrieve") else named

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        statuses = ["401", "403", "404"]
        if self.method in {"POST", "PUT", "PATCH"}:
            statuses += ["400", "409", "415"]
        elif self._is_list_view():
            statuses += ["400"]
        for status in statuses:
            bodies.setdefault(
                status, self._get_response_for_code(ProblemSerializer, status, ["application/problem+json"])
            )
        return bodies


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # as above
    """How the schema describes tokens."""

    target_class = "core.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A bearer token."""
        return {"type": "http", "scheme": "bearer"}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # as above
    """How the schema describes sessions."""

    target_class = "core.api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A cookie."""
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


class OptionalSlug(OpenApiSerializerFieldExtension):
    """A slug that may be left blank: its pattern has to say so, or its own default is invalid."""

    target_class = "rest_framework.fields.SlugField"

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        """The usual schema, with a pattern that an empty text fits."""
        schema: dict[str, Any] = auto_schema._map_serializer_field(self.target, direction, bypass_extensions=True)
        if self.target.allow_blank:
            schema["pattern"] = "^[-a-zA-Z0-9_]*$"
        return schema
