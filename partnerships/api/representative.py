"""Those who speak for a member in the API, and what somebody new reads first."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from partnerships.api.member import MemberView
from partnerships.models import Representative
from partnerships.operations.representative import (
    RepresentativeRefusedError,
    end_representation,
    name_new_representative,
)
from partnerships.operations.welcome import welcome_representative
from partnerships.queries.representative import active_representatives, own_member_ids
from partnerships.welcome import welcome_pack


class RepresentativeOut(serializers.ModelSerializer[Representative]):
    """A person who speaks for a member; the address is told to coordination and the member's own people only."""

    person_id = serializers.UUIDField(read_only=True)
    name = serializers.CharField(source="person.name", read_only=True)
    email = serializers.SerializerMethodField()

    class Meta:
        model = Representative
        fields = ["id", "person_id", "name", "email", "can_commit", "since", "until"]
        read_only_fields = fields

    def get_email(self, representative: Representative) -> str:
        """The address, for those who may have it."""
        return representative.person.email if self.context["sees_addresses"] else ""


class RepresentativeIn(serializers.Serializer[Any]):
    """Somebody to name; a known address is the person already listed. ``until``: the first day after the term."""

    name = CleanTextField(max_length=120)
    email = serializers.EmailField()
    can_commit = serializers.BooleanField(required=False, default=False)
    language = serializers.ChoiceField(choices=[("en", "English"), ("it", "Italiano")], required=False, default="")
    until = serializers.DateField(required=False, allow_null=True, default=None)


class WelcomeLineOut(serializers.Serializer[Any]):
    """One line of the welcome pack."""

    text = serializers.CharField()
    when = serializers.CharField()


class WelcomeSectionOut(serializers.Serializer[Any]):
    """A heading with its lines."""

    title = serializers.CharField()
    lines = WelcomeLineOut(many=True)


class WelcomeOut(serializers.Serializer[Any]):
    """What somebody new reads first."""

    results = WelcomeSectionOut(many=True)


class RepresentativeList(MemberView):
    """Who speaks for a member."""

    serializer_class = RepresentativeOut

    @extend_schema(responses=RepresentativeOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, those who may commit first."""
        member = self.member()
        coordinates = self.viewer.can(Permission.EDIT_PARTNERSHIP, member.partnership.scope_id)
        sees = coordinates or member.pk in own_member_ids(self.person)
        found = self.paginate_queryset(active_representatives().filter(member=member))
        return self.get_paginated_response(RepresentativeOut(found, many=True, context={"sees_addresses": sees}).data)

    @extend_schema(request=RepresentativeIn, responses={201: RepresentativeOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Name somebody; 409 for a member that left and for a term that is over."""
        member = self.editable()
        wanted = RepresentativeIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            named = name_new_representative(member=member, by=self.person, **wanted.validated_data)
        except RepresentativeRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        told = RepresentativeOut(named, context={"sees_addresses": True})
        return Response(told.data, status=status.HTTP_201_CREATED)


class RepresentativeView(MemberView):
    """A step about somebody who speaks for a member."""

    serializer_class = RepresentativeOut

    def representative(self) -> Representative:
        """Who speaks for the member of the address today; 404 for others, 403 for who does not coordinate."""
        rows = active_representatives().filter(member=self.editable()).select_related("member__partnership")
        found: Representative = get_object_or_404(rows, pk=self.kwargs["representative_id"])
        return found


class RepresentativeEnd(RepresentativeView):
    """Ending that somebody speaks for a member."""

    @extend_schema(request=None, responses=RepresentativeOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """End it today; 409 for who is turned to with a worry, until somebody else is."""
        try:
            ended = end_representation(representative=self.representative(), by=self.person)
        except RepresentativeRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(RepresentativeOut(ended, context={"sees_addresses": True}).data)


class RepresentativeWelcome(RepresentativeView):
    """The welcome pack for one person."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Mail it; 409 for somebody without an address or who wants no mail."""
        representative = self.representative()
        if welcome_representative(representative=representative, by=self.person) is None:
            raise ConflictError(_("Add an e-mail address first."))
        return Response(status=status.HTTP_204_NO_CONTENT)


class MemberWelcome(MemberView):
    """What somebody new reads first, for one member."""

    writing = None
    serializer_class = WelcomeOut

    @extend_schema(responses=WelcomeOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """The pack, as far as the caller sees; 403 for another organisation's."""
        member = self.member()
        if member.pk not in own_member_ids(self.person):
            self.require(Permission.EDIT_PARTNERSHIP, member.partnership.scope_id)
        pack = [{"title": title, "lines": lines} for title, lines in welcome_pack(self.viewer, member)]
        return Response(WelcomeOut({"results": pack}).data)
