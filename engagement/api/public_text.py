"""Public texts in further languages, in the API."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from engagement.models import PublicPhrase, PublicText
from engagement.operations.public_phrase import save_phrases
from engagement.operations.public_text import remove_public_text, save_public_text
from engagement.queries.public_phrase import is_spoken_here, phrases_of
from engagement.queries.public_text import texts_of
from engagement.rules.public_phrase import LONGEST
from partnerships.models import Partnership
from partnerships.queries.partnership import partnership_at

EDITING = Permission.EDIT_PARTNERSHIP
MOST_AT_ONCE = 500


class PublicTextShape(serializers.ModelSerializer[PublicText]):
    """What a partnership says of itself in a further language."""

    title = CleanTextField(max_length=160)
    about = CleanTextField(max_length=3000, multiline=True)
    how_to_write = CleanTextField(max_length=2000, multiline=True, required=False, allow_blank=True)
    is_machine_helped = serializers.BooleanField(default=False)

    class Meta:
        model = PublicText
        fields = ["language_code", "title", "about", "how_to_write", "is_machine_helped"]
        read_only_fields = ["language_code"]


class PhraseShape(serializers.ModelSerializer[PublicPhrase]):
    """One text of a page; ``source`` is what stands there in the space's own language, as the page says it."""

    source = CleanTextField(max_length=LONGEST, multiline=True)  # type: ignore[assignment]  # a field named so
    text = CleanTextField(max_length=LONGEST, multiline=True, allow_blank=True)

    class Meta:
        model = PublicPhrase
        fields = ["source", "text", "is_machine_helped"]
        read_only_fields = ["is_machine_helped"]


class PhrasesIn(serializers.Serializer[Any]):
    """Texts to write; an empty one is taken away."""

    texts = PhraseShape(many=True, max_length=MOST_AT_ONCE)  # type: ignore[call-arg]  # of the list
    is_machine_helped = serializers.BooleanField(default=False)


class PhrasesChangedOut(serializers.Serializer[Any]):
    """How many are different now."""

    changed = serializers.IntegerField()


class PublicTextView(SpaceAPIView):
    """Texts of the partnership in the address, for whoever edits it."""

    reading: ClassVar[Permission | None] = EDITING
    writing: ClassVar[Permission | None] = EDITING
    serializer_class: Any = PublicTextShape

    def partnership(self) -> Partnership:
        """The partnership; 404 out of sight, 403 for who does not edit it."""
        found = or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))
        self.require(EDITING, found.scope_id)
        return found

    def code(self) -> str:
        """The language in the address; 404 for one the space did not choose."""
        code: str = self.kwargs["language_code"]
        if not is_spoken_here(code):
            raise Http404
        return code

    def asked(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """What the caller sent; 400 with what has to be corrected."""
        wanted = serializer(data=self.request.data)
        wanted.is_valid(raise_exception=True)
        return dict(wanted.validated_data)


class PublicTextList(PublicTextView):
    """All of them."""

    pagination_class = None
    writing = None

    @extend_schema(responses=PublicTextShape(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """By language."""
        return Response(PublicTextShape(texts_of(self.partnership()), many=True).data)


class PublicTextDetail(PublicTextView):
    """One language."""

    reading = None

    @extend_schema(request=PublicTextShape, responses=PublicTextShape)
    def put(self, request: Request, **kwargs: Any) -> Response:
        """Write it, or word it anew."""
        partnership, code, asked = self.partnership(), self.code(), self.asked(PublicTextShape)
        text = save_public_text(partnership=partnership, language_code=code, by=self.person, **asked)
        return Response(PublicTextShape(text).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Take the language off the public page."""
        partnership = self.partnership()
        remove_public_text(
            text=get_object_or_404(texts_of(partnership), language_code=self.kwargs["language_code"]), by=self.person
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


class PublicPhrases(PublicTextView):
    """The texts of public pages and forms in one language."""

    serializer_class = PhraseShape

    @extend_schema(responses=PhraseShape(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of those that are written."""
        found = self.paginate_queryset(phrases_of(self.partnership(), self.code()))
        return self.get_paginated_response(PhraseShape(found, many=True).data)

    @extend_schema(request=PhrasesIn, responses=PhrasesChangedOut)
    def put(self, request: Request, **kwargs: Any) -> Response:
        """Write some; 400 with each that loses what is filled in or brings marks of its own."""
        partnership, code, asked = self.partnership(), self.code(), self.asked(PhrasesIn)
        texts = {one["source"]: one["text"] for one in asked["texts"]}
        terms = {"texts": texts, "is_machine_helped": asked["is_machine_helped"]}
        try:
            changed = save_phrases(partnership=partnership, language_code=code, by=self.person, **terms)
        except ValidationError as error:
            raise serializers.ValidationError(serializers.as_serializer_error(error)) from error
        return Response(PhrasesChangedOut({"changed": changed}).data)
