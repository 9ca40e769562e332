"""The documents of a meeting in the API: its agenda and its approved minutes as PDF, made by a worker."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.models import Job
from core.web.downloads import file_answer
from partnerships.api.meeting import MeetingView
from partnerships.api.minutes import minutes_of
from partnerships.operations.meeting_document import ask_for_agenda_pdf, ask_for_minutes_pdf
from partnerships.queries.meeting_document import MeetingDocument, agenda_document, minutes_document

BYTES = {(200, "application/octet-stream"): OpenApiTypes.BINARY}


class MeetingDocumentOut(serializers.Serializer[MeetingDocument]):
    """How far a document is: ``job_state`` of the newest run, null where none is known, and the file to be had."""

    job_state = serializers.ChoiceField(choices=Job.State.choices, allow_null=True)
    name = serializers.CharField(source="file.name", default=None, allow_null=True)
    size_bytes = serializers.IntegerField(source="file.size_bytes", default=None, allow_null=True)
    sha256 = serializers.CharField(source="file.sha256", default=None, allow_null=True)


class AgendaDocument(MeetingView):
    """The PDF of an agenda."""

    serializer_class = MeetingDocumentOut

    @extend_schema(responses=MeetingDocumentOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """How far it is; a worker makes it when the agenda is sent."""
        return Response(MeetingDocumentOut(agenda_document(self.meeting())).data)

    @extend_schema(request=None, responses={202: MeetingDocumentOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Have a worker make it where it is missing; 409 before the agenda went out."""
        meeting = self.editable_meeting()
        self.done(lambda: ask_for_agenda_pdf(meeting=meeting, by=self.person))
        return Response(MeetingDocumentOut(agenda_document(meeting)).data, status=status.HTTP_202_ACCEPTED)


class AgendaDocumentFile(MeetingView):
    """The bytes of an agenda's PDF."""

    writing = None
    serializer_class = MeetingDocumentOut

    @extend_schema(responses=BYTES)
    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        """A download; 404 while it is being made."""
        return file_answer(self.meeting().agenda_pdf)


class MinutesDocument(MeetingView):
    """The PDF of approved minutes."""

    # As wide as the door of the page: who takes the minutes may ask for it.
    writing = Permission.SEE_PARTNERSHIP
    serializer_class = MeetingDocumentOut

    @extend_schema(responses=MeetingDocumentOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """How far it is; a worker makes it when the minutes are approved. 404 before any went round."""
        return Response(MeetingDocumentOut(minutes_document(minutes_of(self.meeting()))).data)

    @extend_schema(request=None, responses={202: MeetingDocumentOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Have a worker make it where it is missing; 409 while the minutes can still be changed."""
        minutes = minutes_of(self.meeting_to_note())
        self.done(lambda: ask_for_minutes_pdf(minutes=minutes, by=self.person))
        return Response(MeetingDocumentOut(minutes_document(minutes)).data, status=status.HTTP_202_ACCEPTED)


class MinutesDocumentFile(MeetingView):
    """The bytes of the minutes' PDF."""

    writing = None
    serializer_class = MeetingDocumentOut

    @extend_schema(responses=BYTES)
    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        """A download; 404 while it is being made."""
        return file_answer(minutes_of(self.meeting()).pdf)
