"""What a space says and allows on its public pages, in the API."""

from typing import Any

from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.views import SpaceAPIView
from engagement.models import PublicSettings
from engagement.operations.public_settings import change_public_settings
from engagement.queries.public_settings import public_settings
from engagement.rules.languages import OFFERED, as_setting, codes_in

TEXTS = ["emergency_numbers", "urgent_words", "address", "joint_controllers", "accessibility_limits", "embed_hosts"]


class PublicSettingsShape(serializers.ModelSerializer[PublicSettings]):
    """Each may be empty: what is usual stands then. Lists stand one on each line."""

    emergency_numbers = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    urgent_words = CleanTextField(max_length=2000, multiline=True, required=False, allow_blank=True)
    address = CleanTextField(max_length=500, multiline=True, required=False, allow_blank=True)
    telephone = CleanTextField(max_length=40, required=False, allow_blank=True)
    privacy_contact = CleanTextField(max_length=200, required=False, allow_blank=True)
    joint_controllers = CleanTextField(max_length=2000, multiline=True, required=False, allow_blank=True)
    accessibility_limits = CleanTextField(max_length=2000, multiline=True, required=False, allow_blank=True)
    embed_hosts = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    extra_languages = serializers.MultipleChoiceField(choices=OFFERED, required=False)

    class Meta:
        model = PublicSettings
        fields = [*TEXTS, "telephone", "privacy_contact", "extra_languages"]

    def to_representation(self, instance: PublicSettings) -> dict[str, Any]:
        """The languages as a list, in the usual order."""
        shown = {name: getattr(instance, name) for name in self.Meta.fields}
        return {**shown, "extra_languages": codes_in(instance.extra_languages)}


class PublicSettingsDetail(SpaceAPIView):
    """The settings of the space."""

    reading = Permission.ADMINISTER_SPACE
    writing = Permission.ADMINISTER_SPACE
    serializer_class = PublicSettingsShape

    def get(self, request: Request, **kwargs: Any) -> Response:
        """As they stand."""
        return Response(PublicSettingsShape(public_settings()).data)

    @extend_schema(request=PublicSettingsShape, responses=PublicSettingsShape)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Change some; 400 for a number or a site that cannot be read."""
        wanted = PublicSettingsShape(data=request.data, partial=True)
        wanted.is_valid(raise_exception=True)
        given = dict(wanted.validated_data)
        if "extra_languages" in given:
            given["extra_languages"] = as_setting(given["extra_languages"])
        try:
            changed = change_public_settings(by=self.person, **given)
        except ValidationError as error:
            raise serializers.ValidationError(serializers.as_serializer_error(error)) from error
        return Response(PublicSettingsShape(changed).data)
