"""Consents to be shown in posts, in the API: for those who prepare posts."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from engagement.api.social_plan import SocialView
from engagement.models import PictureConsent
from engagement.operations.picture_consent import ConsentEndedError, record_consent, withdraw_consent
from engagement.queries.picture_consent import consent_list, consents_visible_to
from engagement.queries.social_plan import channels_of


class PictureConsentOut(serializers.ModelSerializer[PictureConsent]):
    """A consent; ``has_evidence`` says that a signed form is kept."""

    has_evidence = serializers.SerializerMethodField()

    class Meta:
        model = PictureConsent
        fields = [
            "id", "who", "is_minor", "guardian", "given_on", "how", "scope", "channel_id", "expires_on", "email",
            "has_evidence", "ended_on",
        ]  # fmt: skip
        read_only_fields = fields

    def get_has_evidence(self, consent: PictureConsent) -> bool:
        """Whether there is a file."""
        return consent.evidence_id is not None


class PictureConsentIn(serializers.Serializer[Any]):
    """A consent to write down; for whoever is younger than 18 with the guardian who gave it."""

    who = CleanTextField(max_length=200)
    is_minor = serializers.BooleanField(required=False, default=False)
    guardian = CleanTextField(max_length=120, required=False, allow_blank=True, default="")
    given_on = serializers.DateField()
    how = serializers.ChoiceField(choices=PictureConsent.How.choices, required=False, default="signed")
    scope = CleanTextField(max_length=300, required=False, allow_blank=True, default="")
    channel_id = serializers.UUIDField(required=False, allow_null=True)
    expires_on = serializers.DateField(required=False, allow_null=True)
    email = serializers.EmailField(required=False, allow_blank=True)


class PostsLetGoOut(serializers.Serializer[Any]):
    """The numbers of the posts that rested on a consent; what of them was out is to be taken down."""

    posts = serializers.ListField(child=serializers.IntegerField())


class PictureConsents(SocialView):
    """The consents of a partnership; only for who edits it."""

    reading = Permission.EDIT_PARTNERSHIP
    serializer_class = PictureConsentOut

    @extend_schema(responses=PictureConsentOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, those in force first."""
        rows = consent_list(self.viewer, self.editable())
        return self.get_paginated_response(PictureConsentOut(self.paginate_queryset(rows), many=True).data)

    @extend_schema(request=PictureConsentIn, responses={201: PictureConsentOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write one down; 400 for a minor without guardian and for a day to come."""
        partnership, asked = self.editable(), self.asked(PictureConsentIn)
        if key := asked.pop("channel_id", None):
            asked["channel"] = get_object_or_404(channels_of(self.viewer, partnership), pk=key)
        consent = record_consent(partnership=partnership, by=self.person, **asked)
        return Response(PictureConsentOut(consent).data, status=status.HTTP_201_CREATED)


class PictureConsentWithdraw(SocialView):
    """Taking a consent back."""

    reading = None
    serializer_class = PostsLetGoOut

    @extend_schema(request=None, responses=PostsLetGoOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Let go of all that rests on it; 409 for one that holds no more."""
        rows = consents_visible_to(self.viewer).filter(partnership=self.editable())
        consent = get_object_or_404(rows, pk=self.kwargs["picture_consent_id"])
        try:
            posts = withdraw_consent(consent=consent, by=self.person)
        except ConsentEndedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(PostsLetGoOut({"posts": [post.number for post in posts]}).data)
