"""Themes in the API: what was heard and answered, as far as the caller may see it, and writing it."""

import uuid
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from engagement.models import Submission, Theme, WhyNot
from engagement.operations.submission import SubmissionRefusedError, put_into_theme, take_out_of_theme
from engagement.operations.theme import (
    ThemeNotReadyError,
    change_theme,
    create_theme,
    publish_theme,
    unpublish_theme,
)
from engagement.queries.submission import submission_to_sort
from engagement.queries.theme import evidence_offered, themes_to_put_into, themes_visible_to
from partnerships.models import Partnership
from partnerships.queries.partnership import partnership_at

EDITING = Permission.ANSWER_RESIDENTS


class ThemeOut(serializers.ModelSerializer[Theme]):
    """A theme as the API shows it."""

    partnership = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    why_not = serializers.ChoiceField(WhyNot.choices, allow_blank=True, read_only=True)

    class Meta:
        model = Theme
        fields = [
            "id",
            "partnership",
            "heard_en",
            "heard_it",
            "outcome",
            "answer_en",
            "answer_it",
            "why_not",
            "evidence",
            "task",
            "decision",
            "milestone",
            "heard_from_en",
            "heard_from_it",
            "not_heard_from_en",
            "not_heard_from_it",
            "outcome_on",
            "published_on",
        ]
        read_only_fields = fields


class ThemeChangeIn(serializers.Serializer[Any]):
    """What of a theme shall change; the rest stays. Task, decision and milestone are what did it (R-E15)."""

    heard_en = CleanTextField(max_length=300, required=False, allow_blank=True)
    heard_it = CleanTextField(max_length=300, required=False, allow_blank=True)
    outcome = serializers.ChoiceField(choices=Theme.Outcome.choices, required=False)
    why_not = serializers.ChoiceField(choices=WhyNot.choices, required=False, allow_blank=True)
    answer_en = CleanTextField(max_length=2000, multiline=True, required=False, allow_blank=True)
    answer_it = CleanTextField(max_length=2000, multiline=True, required=False, allow_blank=True)
    outcome_on = serializers.DateField(required=False, allow_null=True)
    task = serializers.UUIDField(required=False, allow_null=True)
    decision = serializers.UUIDField(required=False, allow_null=True)
    milestone = serializers.UUIDField(required=False, allow_null=True)
    evidence = CleanTextField(max_length=300, required=False, allow_blank=True)
    heard_from_en = CleanTextField(max_length=300, required=False, allow_blank=True)
    heard_from_it = CleanTextField(max_length=300, required=False, allow_blank=True)
    not_heard_from_en = CleanTextField(max_length=300, required=False, allow_blank=True)
    not_heard_from_it = CleanTextField(max_length=300, required=False, allow_blank=True)


class ThemeIn(ThemeChangeIn):
    """A theme to begin."""

    partnership = serializers.SlugField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Something was heard, in at least one language."""
        if not attrs.get("heard_en") and not attrs.get("heard_it"):
            raise serializers.ValidationError({"heard_en": [_("Write what you heard, in one language or both")]})
        return attrs


class FiledIn(serializers.Serializer[Any]):
    """A theme of the same partnership, or ``heard``: the first words of a new one."""

    theme = serializers.UUIDField(required=False, allow_null=True)
    heard = CleanTextField(max_length=300, required=False, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the two."""
        if not attrs.get("theme") and not attrs["heard"]:
            raise serializers.ValidationError({"heard": [_("Write what you heard, in one language or both")]})
        return attrs


class ThemeWork(SpaceAPIView):
    """Themes, and what whoever answers residents does with them."""

    reading: ClassVar[Permission | None] = Permission.SEE_PARTNERSHIP
    writing: ClassVar[Permission | None] = EDITING
    serializer_class: Any = ThemeOut

    def theme(self, key: uuid.UUID, *, to_edit: bool = False) -> Theme:
        """One the caller may see; 403 where they do not answer residents."""
        rows = themes_visible_to(self.viewer).select_related("partnership")
        found: Theme = get_object_or_404(rows, pk=key)
        if to_edit:
            self.require(EDITING, found.partnership.scope_id)
        return found

    def asked(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """What the caller sent; 400 with what has to be corrected."""
        wanted = serializer(data=self.request.data)
        wanted.is_valid(raise_exception=True)
        return dict(wanted.validated_data)

    def with_evidence(self, partnership: Partnership, given: dict[str, Any]) -> dict[str, Any]:
        """The records a theme names in the place of their keys; 404 for one the caller does not see."""
        offered = evidence_offered(self.viewer, partnership)
        rows: dict[str, QuerySet[Any]] = {
            "task": offered.tasks, "decision": offered.decisions, "milestone": offered.milestones,
        }  # fmt: skip
        named = {name: get_object_or_404(rows[name], pk=given[name]) for name in rows if given.get(name)}
        return {**given, **named}

    @staticmethod
    def done[Made](act: Callable[[], Made]) -> Made:
        """What a step makes; 409 while something is missing, 400 for what has to be corrected."""
        try:
            return act()
        except (ThemeNotReadyError, SubmissionRefusedError) as refusal:
            raise ConflictError(str(refusal)) from refusal
        except DjangoValidationError as error:
            raise serializers.ValidationError(serializers.as_serializer_error(error)) from error


class ThemeList(ThemeWork):
    """The themes the caller may see: published ones, and drafts where they answer residents."""

    def get_queryset(self) -> QuerySet[Theme]:
        """Visible ones, newest first."""
        return themes_visible_to(self.viewer).select_related("partnership")

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(ThemeOut(found, many=True).data)

    @extend_schema(request=ThemeIn, responses={201: ThemeOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Begin one, which nobody else reads yet; 409 for a "done" that nothing shows."""
        given = self.asked(ThemeIn)
        partnership = or_404(partnership_at.first(self.viewer, slug=given.pop("partnership")))
        self.require(EDITING, partnership.scope_id)
        fields = self.with_evidence(partnership, given)
        made = self.done(lambda: create_theme(partnership=partnership, by=self.person, **fields))
        return Response(ThemeOut(made).data, status=status.HTTP_201_CREATED)


class ThemeDetail(ThemeWork):
    """One theme."""

    def get(self, request: Request, theme_id: uuid.UUID, **kwargs: Any) -> Response:
        """The theme."""
        return Response(ThemeOut(self.theme(theme_id)).data)

    @extend_schema(request=ThemeChangeIn, responses=ThemeOut)
    def patch(self, request: Request, theme_id: uuid.UUID, **kwargs: Any) -> Response:
        """Change it; a published one must stay fit to be read by everybody: 409."""
        theme = self.theme(theme_id, to_edit=True)
        fields = self.with_evidence(theme.partnership, self.asked(ThemeChangeIn))
        return Response(ThemeOut(self.done(lambda: change_theme(theme=theme, by=self.person, **fields))).data)


class ThemeStep(ThemeWork):
    """A step of a theme."""

    reading = None
    step: ClassVar[Callable[..., Theme]]

    @extend_schema(request=None, responses=ThemeOut)
    def post(self, request: Request, theme_id: uuid.UUID, **kwargs: Any) -> Response:
        """Take it; 409 while something is missing."""
        theme, step = self.theme(theme_id, to_edit=True), type(self).step
        return Response(ThemeOut(self.done(lambda: step(theme=theme, by=self.person))).data)


class ThemePublish(ThemeStep):
    """Telling everybody, and whoever waits in it."""

    step = staticmethod(publish_theme)


class ThemeUnpublish(ThemeStep):
    """Taking it off the public page."""

    step = staticmethod(unpublish_theme)


class MessageInThemes(ThemeWork):
    """A message, and what it is part of."""

    reading = None

    def message(self) -> Submission:
        """One the caller may sort; 404 for any other."""
        found: Submission = get_object_or_404(submission_to_sort(self.viewer, self.kwargs["submission_id"]))
        return found


class SubmissionThemes(MessageInThemes):
    """The themes of a message."""

    @extend_schema(request=FiledIn, responses={201: ThemeOut})
    def post(self, request: Request, submission_id: uuid.UUID, **kwargs: Any) -> Response:
        """Put the message into a theme; one that is published answers it. 409 when its state does not allow it."""
        message, given = self.message(), self.asked(FiledIn)
        key = given.get("theme")
        theme = get_object_or_404(themes_to_put_into(message.partnership), pk=key) if key else None
        heard = given["heard"]
        filed = self.done(lambda: put_into_theme(submission=message, theme=theme, heard=heard, by=self.person))
        return Response(ThemeOut(filed).data, status=status.HTTP_201_CREATED)


class SubmissionThemeDetail(MessageInThemes):
    """One theme of a message."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, submission_id: uuid.UUID, theme_id: uuid.UUID, **kwargs: Any) -> Response:
        """Take the message out of it; what was answered stays answered."""
        message = self.message()
        theme = get_object_or_404(themes_to_put_into(message.partnership), pk=theme_id)
        take_out_of_theme(submission=message, theme=theme, by=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)
