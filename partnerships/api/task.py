"""Tasks in the API."""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.models import User
from core.web.forms import NOT_FOUND
from core.web.lookup import or_404
from partnerships.models import PartnershipMember, Task, TaskUpdate
from partnerships.operations.task import TaskRefusedError, cancel_task, change_task, propose_task
from partnerships.operations.task_plan import TaskPlanRefusedError
from partnerships.operations.task_update import TaskWordIncompleteError, TaskWordRefusedError, update_task
from partnerships.queries.authority import authority_over_task
from partnerships.queries.member import members_visible_to
from partnerships.queries.partnership import partnership_at
from partnerships.queries.task import tasks_visible_to
from partnerships.rules.authority import Authority
from partnerships.rules.task_evidence import shown_as
from stakeholders.models import Stakeholder

LARGEST_NUMBER = 2_147_483_647
KEPT_WHEN_LEFT_OUT = (
    "title", "result_expected", "member", "person", "starts_on", "due_on", "effort_hours", "needs_evidence",
)  # fmt: skip


def effort_hours() -> serializers.IntegerField:
    """Whole hours of work."""
    return serializers.IntegerField(min_value=1, max_value=10_000, required=False, allow_null=True, default=None)


def task_numbers() -> serializers.ListField:
    """Numbers of tasks of the same partnership."""
    number = serializers.IntegerField(min_value=1, max_value=LARGEST_NUMBER)
    return serializers.ListField(child=number, max_length=20, required=False, default=list)


def steps() -> serializers.ListField:
    """The steps of a task in their order."""
    return serializers.ListField(child=CleanTextField(max_length=200), max_length=30, required=False, default=list)


class TaskOut(serializers.ModelSerializer[Task]):
    """A task as the API shows it."""

    organisation = serializers.CharField(
        source="member.organisation.name", default=None, read_only=True, allow_null=True
    )

    class Meta:
        model = Task
        fields = [
            "id", "number", "title", "result_expected", "member_id", "organisation", "person_id", "state",
            "progress_percent", "starts_on", "due_on", "first_agreed_due_on", "proposed_due_on", "blocked_reason",
            "blocked_needs", "blocked_by_id", "effort_hours", "needs_evidence", "finished_on", "confirmed_on",
            "template_key",
        ]  # fmt: skip
        read_only_fields = fields


class TaskIn(serializers.Serializer[Any]):
    """A task to propose; without a member and a person it is coordination's own."""

    title = serializers.CharField(max_length=200)
    member_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    person_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    result_expected = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    starts_on = serializers.DateField(required=False, allow_null=True, default=None)
    due_on = serializers.DateField(required=False, allow_null=True, default=None)
    effort_hours = effort_hours()
    needs_evidence = serializers.BooleanField(required=False, default=False)
    waits_for = task_numbers()
    checklist = steps()


class TaskChangeIn(TaskIn):
    """What of a task that nobody promised yet shall change; the rest stays."""

    title = CleanTextField(max_length=200, required=False)


class TaskCancelIn(serializers.Serializer[Any]):
    """Why a task is called off; who was asked reads it."""

    reason = CleanTextField(max_length=500, multiline=True)


class TaskUpdateIn(serializers.Serializer[Any]):
    """One word about a task; what is left out stays as it is."""

    state = serializers.ChoiceField(choices=Task.State.choices, required=False, default="")
    progress_percent = serializers.ChoiceField(
        choices=[0, 25, 50, 75, 100], required=False, allow_null=True, default=None
    )
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    due_on = serializers.DateField(required=False, allow_null=True, default=None)
    blocked_needs = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    blocked_by_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    ticked = serializers.ListField(
        child=serializers.UUIDField(), max_length=30, required=False, allow_null=True, default=None
    )
    evidence = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class TaskList(SpaceAPIView):
    """The tasks of a partnership."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.PROPOSE_TASKS
    serializer_class = TaskOut

    def get_queryset(self) -> QuerySet[Task]:
        """Visible ones of the partnership in the address, the nearest date first."""
        partnership = or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))
        return tasks_visible_to(self.viewer).filter(partnership=partnership)

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(TaskOut(found, many=True).data)

    @extend_schema(request=TaskIn, responses={201: TaskOut})
    def post(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Propose a task; 409 when the one asked cannot be asked."""
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        self.require(Permission.PROPOSE_TASKS, partnership.scope_id)
        wanted = TaskIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = dict(wanted.validated_data)
        member = member_of(self, slug, fields.pop("member_id"))
        waits_for = tasks_numbered(self, slug, fields.pop("waits_for"))
        person_id = fields.pop("person_id")
        person = person_of(person_id)
        try:
            task = propose_task(
                partnership=partnership, member=member, person=person, by=self.person, waits_for=waits_for, **fields
            )
        except (TaskRefusedError, TaskPlanRefusedError) as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(TaskOut(task).data, status=201)


class TaskDetail(SpaceAPIView):
    """One task."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.PROPOSE_TASKS
    serializer_class = TaskOut

    def get(self, request: Request, slug: str, number: int, **kwargs: Any) -> Response:
        """The task."""
        return Response(TaskOut(visible_task(self, slug, number)).data)

    @extend_schema(request=TaskChangeIn, responses=TaskOut)
    def patch(self, request: Request, slug: str, number: int, **kwargs: Any) -> Response:
        """Reword it or give it to someone else; 409 once it is promised, and for somebody who cannot be asked."""
        task = visible_task(self, slug, number)
        self.require(Permission.PROPOSE_TASKS, task.partnership.scope_id)
        wanted = TaskChangeIn(data=request.data, partial=True)
        wanted.is_valid(raise_exception=True)
        fields = {name: getattr(task, name) for name in KEPT_WHEN_LEFT_OUT} | dict(wanted.validated_data)
        if "member_id" in fields:
            fields["member"] = member_of(self, slug, fields.pop("member_id"))
        if "person_id" in fields:
            fields["person"] = person_of(fields.pop("person_id"))
        if "waits_for" in fields:
            fields["waits_for"] = tasks_numbered(self, slug, fields["waits_for"])
        try:
            return Response(TaskOut(change_task(task=task, by=self.person, **fields)).data)
        except (TaskRefusedError, TaskPlanRefusedError) as refusal:
            raise ConflictError(str(refusal)) from refusal


class TaskCancel(SpaceAPIView):
    """Calling a task off."""

    writing = Permission.PROPOSE_TASKS
    serializer_class = TaskOut

    @extend_schema(request=TaskCancelIn, responses=TaskOut)
    def post(self, request: Request, slug: str, number: int, **kwargs: Any) -> Response:
        """Cancel it; 409 when it is closed already."""
        task = visible_task(self, slug, number)
        self.require(Permission.PROPOSE_TASKS, task.partnership.scope_id)
        wanted = TaskCancelIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            return Response(TaskOut(cancel_task(task=task, by=self.person, **wanted.validated_data)).data)
        except TaskRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal


class TaskUpdates(SpaceAPIView):
    """Saying how a task stands."""

    # The door is wide because a task without member is coordination's; the authority over the task decides.
    writing = Permission.SEE_PARTNERSHIP
    serializer_class = TaskUpdateIn

    @extend_schema(request=TaskUpdateIn, responses=TaskOut)
    def post(self, request: Request, slug: str, number: int, **kwargs: Any) -> Response:
        """Say it; 404 for another organisation's task, 400 for a missing reason or date, 409 for a refused state."""
        task = visible_task(self, slug, number)
        user = cast("User", request.user)
        authority = authority_over_task(task, user)
        if not authority.is_own and not authority.coordinates:
            raise Http404
        self.require(_needed(task, authority), task.partnership.scope_id)
        word = TaskUpdateIn(data=request.data)
        word.is_valid(raise_exception=True)
        said = dict(word.validated_data)
        self._require_answering(said["state"], task)
        helper, shown = member_of(self, slug, said.pop("blocked_by_id")), shown_as(said.pop("evidence"))
        via = TaskUpdate.Via.API
        try:
            update = update_task(
                task=task, by=user, authority=authority, via=via, blocked_by=helper, shown=shown, **said
            )
        except TaskWordIncompleteError as missing:
            raise serializers.ValidationError(missing.fields) from missing
        except TaskWordRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(TaskOut(update.task).data)

    def _require_answering(self, state: str, task: Task) -> None:
        """A token that may only update must not answer for the organisation."""
        answers = {Task.State.ACCEPTED, Task.State.DECLINED, Task.State.COUNTER_PROPOSED}
        if state in answers and task.member_id and task.state != state:
            self.require(Permission.ANSWER_TASKS, task.partnership.scope_id)


def _needed(task: Task, authority: Authority) -> Permission:
    """What a token must carry besides its owner's authority over the task."""
    if task.member_id and authority.is_own:
        return Permission.UPDATE_TASKS
    return Permission.PROPOSE_TASKS if authority.coordinates else Permission.SEE_PARTNERSHIP


def member_of(view: SpaceAPIView, slug: str, member_id: Any) -> PartnershipMember | None:
    """A visible member of the partnership of an address; 404 for another one, None for none."""
    rows = members_visible_to(view.viewer).filter(partnership__slug=slug)
    return get_object_or_404(rows, pk=member_id) if member_id else None


def person_of(person_id: Any) -> Stakeholder | None:
    """A person by id; 404 for an unknown one, None for none."""
    return get_object_or_404(Stakeholder.objects.filter(merged_into=None), pk=person_id) if person_id else None


def tasks_numbered(view: SpaceAPIView, slug: str, numbers: list[int]) -> list[Task]:
    """Visible tasks of a partnership by their numbers; 400 when one is not there."""
    found = list(tasks_visible_to(view.viewer).filter(partnership__slug=slug, number__in=numbers))
    if missing := sorted(set(numbers) - {task.number for task in found}):
        raise serializers.ValidationError({"waits_for": [f"{number}: {NOT_FOUND}" for number in missing]})
    return found


def visible_task(view: SpaceAPIView, slug: str, number: int) -> Task:
    """The task of an address; 404 out of sight and for a number no column holds."""
    if number > LARGEST_NUMBER:
        raise Http404
    found: Task = get_object_or_404(tasks_visible_to(view.viewer), partnership__slug=slug, number=number)
    return found
