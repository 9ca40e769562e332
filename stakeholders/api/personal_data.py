"""What is held on a person, in the API."""

from typing import Any, ClassVar

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
from stakeholders.models import PersonExport, Stakeholder
from stakeholders.operations.personal_data import ErasureRefusedError, ask_for_document, erase_person, export_person
from stakeholders.personal_data import Fate, subject_of
from stakeholders.queries.personal_data import exports_of, held_on, people_visible_to
from stakeholders.rules.personal_data import is_typed_right


class HeldOut(serializers.Serializer[Any]):
    """One kind of data and how much of it there is."""

    code = serializers.CharField(source="holding.code")
    label = serializers.CharField(source="holding.label")  # type: ignore[assignment]  # a field of that name
    when_erased = serializers.ChoiceField(source="holding.fate", choices=[fate.value for fate in Fate])
    why = serializers.CharField(source="holding.why", help_text="What becomes of it, and why.")
    count = serializers.IntegerField()


class PersonDataOut(serializers.Serializer[Any]):
    """Every kind of data held on a person."""

    held = HeldOut(many=True)


class ExportedOut(serializers.Serializer[Any]):
    """One kind of data with its rows; the columns of a row depend on the kind."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name
    when_erased = serializers.CharField()
    rows = serializers.ListField(child=serializers.DictField())


class PersonExportOut(serializers.Serializer[Any]):
    """Everything held on a person, other people masked."""

    schema = serializers.CharField()
    space = serializers.CharField()
    person = serializers.DictField(child=serializers.CharField())
    visibility = serializers.CharField()
    holdings = ExportedOut(many=True)
    mentions = serializers.ListField(child=serializers.DictField(child=serializers.CharField()))
    made_at = serializers.DateTimeField()
    snapshot = serializers.CharField(help_text="Check sum of the content, without the time it was made.")


class DocumentIn(serializers.Serializer[Any]):
    """A document to make."""

    language = serializers.ChoiceField(choices=["en", "it"])


class DocumentOut(serializers.ModelSerializer[PersonExport]):
    """A document made, or being made."""

    is_ready = serializers.BooleanField()

    class Meta:
        model = PersonExport
        fields = ["id", "language", "asked_at", "is_ready"]
        read_only_fields = fields


class EraseIn(serializers.Serializer[Any]):
    """The person's name, to show that they are meant."""

    name = CleanTextField(max_length=200)


class ErasureOut(serializers.Serializer[Any]):
    """What was done: rows by kind of data."""

    person_id = serializers.UUIDField()
    erased_at = serializers.DateTimeField()
    counts = serializers.DictField(child=serializers.IntegerField())


class PersonView(SpaceAPIView):
    """A view about one person."""

    reading: ClassVar[Permission | None] = Permission.HANDLE_PERSONAL_DATA
    pagination_class: Any = None

    def person_asked_for(self) -> Stakeholder:
        """The person of the address, or 404."""
        return get_object_or_404(people_visible_to(self.viewer), pk=self.kwargs["stakeholder_id"])


class PersonData(PersonView):
    """What is held on a person."""

    serializer_class = PersonDataOut

    @extend_schema(responses=PersonDataOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """Every kind of data with at least one row, and what erasing would do with it."""
        return Response(PersonDataOut({"held": held_on(subject_of(self.person_asked_for()))}).data)


class PersonDataExport(PersonView):
    """Everything held on a person, handed over."""

    reading = None
    writing = Permission.HANDLE_PERSONAL_DATA
    serializer_class = PersonExportOut

    @extend_schema(request=None, responses=PersonExportOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """All rows as plain values; history keeps that they were handed over."""
        return Response(PersonExportOut(export_person(person=self.person_asked_for(), by=self.person)).data)


class PersonDocumentList(PersonView):
    """Documents made for a person."""

    writing = Permission.HANDLE_PERSONAL_DATA
    serializer_class = DocumentOut
    pagination_class = SpaceAPIView.pagination_class

    @extend_schema(responses=DocumentOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, the latest first."""
        found = self.paginate_queryset(exports_of(self.person_asked_for()))
        return self.get_paginated_response(DocumentOut(found, many=True).data)

    @extend_schema(request=DocumentIn, responses={202: DocumentOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Have a worker make one."""
        person = self.person_asked_for()
        wanted = DocumentIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        export = ask_for_document(person=person, by=self.person, **wanted.validated_data)
        return Response(DocumentOut(export).data, status=status.HTTP_202_ACCEPTED)


class PersonErase(PersonView):
    """A person taken out of the space."""

    reading = None
    writing = Permission.HANDLE_PERSONAL_DATA
    serializer_class = ErasureOut

    @extend_schema(request=EraseIn, responses=ErasureOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Erase them for good; 400 when the name is not theirs, 409 when they may not be erased."""
        person = self.person_asked_for()
        wanted = EraseIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        if not is_typed_right(person, wanted.validated_data["name"]):
            refused = _("This is not the name of the record: “%(name)s”.") % {"name": person.name}
            raise serializers.ValidationError({"name": [refused]})
        try:
            erasure = erase_person(person=person, by=self.person)
        except ErasureRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(ErasureOut(erasure).data)
