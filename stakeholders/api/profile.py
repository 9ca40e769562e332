"""An organisation's own profile and people, and the edits the coordination looks at, in the API."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from stakeholders.api.fields import optional_text
from stakeholders.models import Affiliation, ProfileEdit, Stakeholder
from stakeholders.operations.profile import (
    Editor,
    EditRefusedError,
    accept_edit,
    ask_to_add_person,
    change_person,
    change_profile,
    put_back_edit,
    say_person_left,
)
from stakeholders.queries.profile import edits_to_look_at, own_organisations, places_in
from stakeholders.rules.profile import ORGANISATION_FACTS


class OwnOrganisationOut(serializers.ModelSerializer[Stakeholder]):
    """What an organisation says of itself."""

    class Meta:
        model = Stakeholder
        fields = ["id", *ORGANISATION_FACTS]
        read_only_fields = fields


class OwnOrganisationIn(serializers.Serializer[Any]):
    """Facts to change; what is left out stays."""

    name = CleanTextField(max_length=200)
    description = optional_text(4000, multiline=True)
    interest_statement = optional_text(1000, multiline=True)
    aliases = optional_text(600, multiline=True)
    email = serializers.EmailField(required=False, allow_blank=True, max_length=254)
    phone = optional_text(40)
    website = serializers.URLField(required=False, allow_blank=True, max_length=200)
    place = optional_text(120)
    province = optional_text(60)
    languages = serializers.ListField(child=CleanTextField(max_length=8), max_length=20, required=False)


class OwnPersonOut(serializers.ModelSerializer[Affiliation]):
    """Somebody of the organisation."""

    id = serializers.UUIDField(source="person_id")
    name = serializers.CharField(source="person.name")
    email = serializers.CharField(source="person.email")
    phone = serializers.CharField(source="person.phone")

    class Meta:
        model = Affiliation
        fields = ["id", "name", "title", "email", "phone"]
        read_only_fields = fields


class OwnPersonIn(serializers.Serializer[Any]):
    """Somebody to add, or facts of somebody to change."""

    name = CleanTextField(max_length=200)
    title = optional_text(120)
    email = serializers.EmailField(required=False, allow_blank=True, max_length=254)
    phone = optional_text(40)

    def validate_email(self, value: str) -> str:
        """The address as it is stored."""
        return value.strip().lower()


class EditOut(serializers.ModelSerializer[ProfileEdit]):
    """A change of a profile: ``changes`` holds each fact with its value before and after."""

    changes = serializers.DictField(child=serializers.ListField())
    put_back_facts = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = ProfileEdit
        fields = [
            "id", "stakeholder_id", "organisation_id", "by_id", "by_person_id", "changes", "state", "edited_at",
            "answer", "put_back_facts",
        ]  # fmt: skip
        read_only_fields = fields


class PutBackIn(serializers.Serializer[Any]):
    """The facts to put back; all of them when left out."""

    facts = serializers.ListField(child=CleanTextField(max_length=50), max_length=20, required=False)
    answer = optional_text(300)


class AcceptIn(serializers.Serializer[Any]):
    """A word the organisation reads about its change."""

    answer = optional_text(300)


@contextmanager
def refused() -> Iterator[None]:
    """What the operation refuses becomes a 409."""
    try:
        yield
    except EditRefusedError as refusal:
        raise ConflictError(str(refusal)) from refusal


class OwnView(SpaceAPIView):
    """The caller's own organisations."""

    reading = Permission.EDIT_OWN_PROFILE
    writing: ClassVar[Permission | None] = Permission.EDIT_OWN_PROFILE
    serializer_class: Any = OwnOrganisationOut

    def organisation(self) -> Stakeholder:
        """The organisation of the address; 404 for somebody else's."""
        return get_object_or_404(own_organisations(self.person), pk=self.kwargs["stakeholder_id"])

    def editor(self) -> Editor:
        """The caller."""
        return Editor(user=self.person)


class OwnOrganisationList(OwnView):
    """The organisations the caller belongs to."""

    writing = None

    def get_queryset(self) -> QuerySet[Stakeholder]:
        """By name."""
        return own_organisations(self.person)

    @extend_schema(responses=OwnOrganisationOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        return self.get_paginated_response(
            OwnOrganisationOut(self.paginate_queryset(self.get_queryset()), many=True).data
        )


class OwnOrganisation(OwnView):
    """One of them."""

    def get(self, request: Request, **kwargs: Any) -> Response:
        """What it says of itself."""
        return Response(OwnOrganisationOut(self.organisation()).data)

    @extend_schema(request=OwnOrganisationIn, responses=OwnOrganisationOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Change it; in force at once, and the coordination sees it. 409 while a hundred changes wait."""
        organisation = self.organisation()
        wanted = OwnOrganisationIn(data=request.data, partial=True)
        wanted.is_valid(raise_exception=True)
        with refused():
            change_profile(organisation=organisation, editor=self.editor(), **wanted.validated_data)
        organisation.refresh_from_db()
        return Response(OwnOrganisationOut(organisation).data)


class OwnPersonList(OwnView):
    """The people of an organisation of the caller's."""

    serializer_class = OwnPersonOut

    def get_queryset(self) -> QuerySet[Affiliation]:
        """By name."""
        return places_in(self.organisation())

    @extend_schema(responses=OwnPersonOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        return self.get_paginated_response(OwnPersonOut(self.paginate_queryset(self.get_queryset()), many=True).data)

    @extend_schema(request=OwnPersonIn, responses={202: EditOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Ask for somebody to be added; holds once the coordination accepts it."""
        organisation = self.organisation()
        wanted = OwnPersonIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        with refused():
            edit = ask_to_add_person(organisation=organisation, editor=self.editor(), **wanted.validated_data)
        return Response(EditOut(edit).data, status=status.HTTP_202_ACCEPTED)


class OwnPerson(OwnView):
    """One of them."""

    serializer_class = OwnPersonOut

    def get(self, request: Request, **kwargs: Any) -> Response:
        """What is known of them."""
        return Response(OwnPersonOut(self._place()).data)

    @extend_schema(request=OwnPersonIn, responses=OwnPersonOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Change it; another address holds once the coordination accepts it."""
        place = self._place()
        wanted = OwnPersonIn(data=request.data, partial=True)
        wanted.is_valid(raise_exception=True)
        with refused():
            change_person(
                organisation=place.organisation, person=place.person, editor=self.editor(), **wanted.validated_data
            )
        return Response(OwnPersonOut(self._place()).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Say that they are no longer there; the record stays."""
        place = self._place()
        with refused():
            say_person_left(organisation=place.organisation, person=place.person, editor=self.editor())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _place(self) -> Affiliation:
        return get_object_or_404(places_in(self.organisation()), person=self.kwargs["person_id"])


class EditList(SpaceAPIView):
    """Edits nobody has looked at."""

    reading = Permission.EDIT_STAKEHOLDERS
    serializer_class = EditOut

    def get_queryset(self) -> QuerySet[ProfileEdit]:
        """The latest first."""
        return edits_to_look_at(self.viewer)

    @extend_schema(responses=EditOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        return self.get_paginated_response(EditOut(self.paginate_queryset(self.get_queryset()), many=True).data)


class EditAccept(SpaceAPIView):
    """Agreeing to one."""

    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = EditOut

    @extend_schema(request=AcceptIn, responses=EditOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Accept it; what waited for it holds from now on."""
        edit = get_object_or_404(edits_to_look_at(self.viewer), pk=self.kwargs["profile_edit_id"])
        wanted = AcceptIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        with refused():
            outcome = accept_edit(edit=edit, by=self.person, answer=wanted.validated_data.get("answer", ""))
        return Response(EditOut(outcome.edit).data)


class EditPutBack(SpaceAPIView):
    """Putting one back."""

    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = EditOut

    @extend_schema(request=PutBackIn, responses=EditOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Put back all of it or some facts; one somebody changed since stays."""
        edit = get_object_or_404(edits_to_look_at(self.viewer), pk=self.kwargs["profile_edit_id"])
        wanted = PutBackIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        with refused():
            outcome = put_back_edit(edit=edit, by=self.person, **wanted.validated_data)
        return Response(EditOut(outcome.edit).data)
