"""What a task consists of, waits for and is shown by, in the API."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.parsing import BoundedJSONParser
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.downloads import file_answer
from partnerships.api.task import TaskOut, effort_hours, steps, task_numbers, tasks_numbered, visible_task
from partnerships.models import Task, TaskCheck, TaskEvidence
from partnerships.operations.task import TaskDayPastError, TaskRefusedError, answer_other_date
from partnerships.operations.task_evidence import EvidenceRefusedError, show_evidence
from partnerships.operations.task_plan import (
    TaskNotConfirmableError,
    TaskPlanRefusedError,
    confirm_task,
    plan_task,
)
from partnerships.queries.authority import authority_over_task
from partnerships.queries.task_plan import checks_of, evidence_of, plan_seen_by
from partnerships.rules.task_evidence import Shown


class StepOut(serializers.ModelSerializer[TaskCheck]):
    """A step of a task."""

    class Meta:
        model = TaskCheck
        fields = ["id", "text", "is_done"]
        read_only_fields = fields


class TaskPlanOut(serializers.Serializer[Any]):
    """The plan of a task; ``waits_for`` and ``successors`` are numbers of tasks the caller may see."""

    effort_hours = serializers.IntegerField(allow_null=True)
    waits_for = serializers.ListField(child=serializers.IntegerField())
    successors = serializers.ListField(child=serializers.IntegerField())
    checklist = StepOut(many=True)


class TaskPlanIn(serializers.Serializer[Any]):
    """The plan of a task, in place of the one before; steps with the same words keep their tick."""

    effort_hours = effort_hours()
    waits_for = task_numbers()
    checklist = steps()


class EvidenceOut(serializers.ModelSerializer[TaskEvidence]):
    """What shows that a task is done; ``file_name`` is empty where no file can be downloaded."""

    file_name = serializers.CharField(source="file.name", default="", read_only=True)
    file_sha256 = serializers.CharField(source="file.sha256", default="", read_only=True)

    class Meta:
        model = TaskEvidence
        fields = ["id", "note", "link", "file_name", "file_sha256", "at"]
        read_only_fields = fields


class EvidenceIn(serializers.Serializer[Any]):
    """A line, an address, or both."""

    note = CleanTextField(max_length=500, required=False, allow_blank=True, default="")
    link = serializers.URLField(max_length=500, required=False, allow_blank=True, default="")


class EvidenceFileIn(EvidenceIn):
    """The same with a file: a picture, a document, a table."""

    upload = serializers.FileField(required=False)


class TaskPlanView(SpaceAPIView):
    """Steps, order and effort of a task."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.PROPOSE_TASKS
    serializer_class = TaskPlanOut

    @extend_schema(responses={200: TaskPlanOut})
    def get(self, request: Request, slug: str, number: int, **kwargs: Any) -> Response:
        """The plan."""
        return Response(self._plan(visible_task(self, slug, number)))

    @extend_schema(request=TaskPlanIn, responses={200: TaskPlanOut})
    def put(self, request: Request, slug: str, number: int, **kwargs: Any) -> Response:
        """Write it anew; 409 for a circle, which the answer names."""
        task = visible_task(self, slug, number)
        self.require(Permission.PROPOSE_TASKS, task.partnership.scope_id)
        wanted = TaskPlanIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = dict(wanted.validated_data)
        waits_for = tasks_numbered(self, slug, fields.pop("waits_for"))
        try:
            changed = plan_task(task=task, by=self.person, waits_for=waits_for, **fields)
        except TaskPlanRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(self._plan(changed))

    def _plan(self, task: Task) -> dict[str, Any]:
        edges = plan_seen_by(self.viewer, task.partnership_id)
        return {
            "effort_hours": task.effort_hours,
            "waits_for": [edge.waits_for.number for edge in edges if edge.task.task_id == task.pk],
            "successors": [edge.task.number for edge in edges if edge.waits_for.task_id == task.pk],
            "checklist": StepOut(checks_of(task), many=True).data,
        }


class TaskEvidenceView(SpaceAPIView):
    """What shows that a task is done."""

    reading = Permission.SEE_PARTNERSHIP
    # As wide as the door of a word about a task: the authority over the task decides.
    writing = Permission.SEE_PARTNERSHIP
    serializer_class = EvidenceOut
    parser_classes = [BoundedJSONParser, MultiPartParser]

    @extend_schema(responses=EvidenceOut(many=True))
    def get(self, request: Request, slug: str, number: int, **kwargs: Any) -> Response:
        """A page of it, newest first."""
        found = self.paginate_queryset(evidence_of(visible_task(self, slug, number)))
        return self.get_paginated_response(EvidenceOut(found, many=True).data)

    @extend_schema(
        request={"application/json": EvidenceIn, "multipart/form-data": EvidenceFileIn}, responses={201: EvidenceOut}
    )
    def post(self, request: Request, slug: str, number: int, **kwargs: Any) -> Response:
        """Show something; 404 for another organisation's task, 400 for a file not taken, 409 for a closed task."""
        task = visible_task(self, slug, number)
        authority = authority_over_task(task, self.person)
        if not authority.is_own and not authority.coordinates:
            raise Http404
        needed = Permission.UPDATE_TASKS if task.member_id and authority.is_own else Permission.SEE_PARTNERSHIP
        self.require(needed, task.partnership.scope_id)
        sent = EvidenceFileIn(data=request.data)
        sent.is_valid(raise_exception=True)
        try:
            evidence = show_evidence(task=task, by=self.person, shown=Shown(**sent.validated_data))
        except EvidenceRefusedError as refusal:
            if refusal.field == "evidence_file":
                raise serializers.ValidationError({"upload": [str(refusal)]}) from refusal
            raise ConflictError(str(refusal)) from refusal
        return Response(EvidenceOut(evidence).data, status=201)


class TaskEvidenceFile(SpaceAPIView):
    """The bytes of a file that shows a task is done."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = EvidenceOut

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, slug: str, number: int, evidence_id: uuid.UUID, **kwargs: Any) -> HttpResponse:
        """A download, for whoever may see the task."""
        rows = evidence_of(visible_task(self, slug, number)).exclude(file=None)
        return file_answer(get_object_or_404(rows, pk=evidence_id).file)


class DateAnswerIn(serializers.Serializer[Any]):
    """The answer to another date a partner proposed; asked again for ``due_on``, without it for the first date."""

    agrees = serializers.BooleanField()
    note = CleanTextField(max_length=500, multiline=True, required=False, allow_blank=True, default="")
    due_on = serializers.DateField(required=False, allow_null=True, default=None)


class TaskDateAnswer(SpaceAPIView):
    """Answering another date a partner proposed."""

    writing = Permission.PROPOSE_TASKS
    serializer_class = TaskOut

    @extend_schema(request=DateAnswerIn, responses={200: TaskOut})
    def post(self, request: Request, slug: str, number: int, **kwargs: Any) -> Response:
        """Agree or ask again; 400 for a day that has passed, 409 when no other date is on the table."""
        task = visible_task(self, slug, number)
        self.require(Permission.PROPOSE_TASKS, task.partnership.scope_id)
        wanted = DateAnswerIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            return Response(TaskOut(answer_other_date(task=task, by=self.person, **wanted.validated_data)).data)
        except TaskDayPastError as refusal:
            raise serializers.ValidationError({"due_on": [str(refusal)]}) from refusal
        except TaskRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal


class TaskConfirmation(SpaceAPIView):
    """Confirming that a task is done."""

    writing = Permission.TAKE_PART
    serializer_class = TaskOut

    @extend_schema(request=None, responses={200: TaskOut})
    def post(self, request: Request, slug: str, number: int, **kwargs: Any) -> Response:
        """Confirm it; 409 when there is nothing to confirm, or not for the caller."""
        task = visible_task(self, slug, number)
        if not self.viewer.can(Permission.PROPOSE_TASKS, task.partnership.scope_id):
            self.require(Permission.ANSWER_TASKS, task.partnership.scope_id)
        try:
            return Response(TaskOut(confirm_task(task=task, by=self.person)).data)
        except TaskNotConfirmableError as refusal:
            raise ConflictError(str(refusal)) from refusal
