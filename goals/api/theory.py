"""How change comes about, in the API: steps, and what leads to what."""

import uuid
from collections.abc import Callable
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.queries.tenant import tenant_at_work
from core.web.lookup import or_404
from goals.models import TocLink, TocNode
from goals.operations.theory import (
    TheoryRefusedError,
    add_step,
    begin_theory,
    change_step,
    explain_link,
    link_steps,
    remove_step,
    shift_step,
    unlink_steps,
)
from goals.queries.theory import links_visible_to, nodes_visible_to, theory_of
from partnerships.models import Partnership
from partnerships.queries.partnership import partnership_at


class TocNodeOut(serializers.ModelSerializer[TocNode]):
    """A step."""

    class Meta:
        model = TocNode
        fields = ["id", "level", "text_en", "text_it", "place", "time", "order"]
        read_only_fields = fields


class TocLinkOut(serializers.ModelSerializer[TocLink]):
    """That one step leads to another, under an assumption, as far as it is known."""

    class Meta:
        model = TocLink
        fields = ["id", "source_id", "target_id", "assumption", "strength", "outside"]
        read_only_fields = fields


class TheoryOut(serializers.Serializer[Any]):
    """All steps and links of a partnership."""

    nodes = TocNodeOut(many=True)
    links = TocLinkOut(many=True)


class TheoryStartIn(serializers.Serializer[Any]):
    """A gentle beginning, in the language of the space."""

    change = CleanTextField(max_length=200)
    conditions = serializers.ListField(child=CleanTextField(max_length=200), max_length=8, required=False, default=list)
    activities = serializers.ListField(child=CleanTextField(max_length=200), max_length=8, required=False, default=list)


class TocNodeChangeIn(serializers.Serializer[Any]):
    """A step; one language is enough."""

    level = serializers.ChoiceField(choices=TocNode.Level.choices)
    text_en = CleanTextField(max_length=200, required=False, allow_blank=True)
    text_it = CleanTextField(max_length=200, required=False, allow_blank=True)
    place = CleanTextField(max_length=120, required=False, allow_blank=True)
    time = CleanTextField(max_length=80, required=False, allow_blank=True)


class TocNodeIn(TocNodeChangeIn):
    """A new step, and the step it leads to."""

    leads_to = serializers.UUIDField(required=False, allow_null=True, default=None)


class TocNodeShiftIn(serializers.Serializer[Any]):
    """With which neighbour on its level a step changes places."""

    earlier = serializers.BooleanField()


class TocLinkChangeIn(serializers.Serializer[Any]):
    """Why one step leads to another."""

    assumption = CleanTextField(max_length=500, multiline=True, required=False, allow_blank=True)
    strength = serializers.ChoiceField(choices=TocLink.Strength.choices, required=False)
    outside = CleanTextField(max_length=500, multiline=True, required=False, allow_blank=True)


class TocLinkIn(TocLinkChangeIn):
    """A new link."""

    source_id = serializers.UUIDField()
    target_id = serializers.UUIDField()


class TheoryView(SpaceAPIView):
    """Steps and links of the partnership in the address."""

    reading: ClassVar[Permission | None] = Permission.SEE_PARTNERSHIP
    writing: ClassVar[Permission | None] = Permission.EDIT_GOALS
    serializer_class: Any = TheoryOut

    def partnership(self) -> Partnership:
        """The partnership; 404 out of sight."""
        return or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))

    def editable(self) -> Partnership:
        """The partnership, in which the caller may edit; 403 otherwise."""
        found = self.partnership()
        self.require(Permission.EDIT_GOALS, found.scope_id)
        return found

    def node(self, key: uuid.UUID) -> TocNode:
        """A step of a partnership the caller may edit."""
        rows = nodes_visible_to(self.viewer).filter(partnership=self.editable())
        found: TocNode = get_object_or_404(rows, pk=key)
        return found

    def link(self, key: uuid.UUID) -> TocLink:
        """A link of a partnership the caller may edit."""
        rows = links_visible_to(self.viewer).filter(partnership=self.editable())
        found: TocLink = get_object_or_404(rows, pk=key)
        return found

    def asked(self, kind: type[serializers.Serializer[Any]], *, partial: bool = False) -> dict[str, Any]:
        """What was sent."""
        wanted = kind(data=self.request.data, partial=partial)
        wanted.is_valid(raise_exception=True)
        return dict(wanted.validated_data)


class TheoryDetail(TheoryView):
    """All of it."""

    @extend_schema(responses=TheoryOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """Steps in their order, and links."""
        return Response(TheoryOut(theory_of(self.viewer, self.partnership())).data)


class TheoryStart(TheoryView):
    """A gentle beginning."""

    reading = None

    @extend_schema(request=TheoryStartIn, responses={201: TheoryOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """A change, what must be there for it, and what is done; 409 where steps are there already."""
        partnership, fields = self.editable(), self.asked(TheoryStartIn)
        language = tenant_at_work().default_language
        _done(lambda: begin_theory(partnership=partnership, language=language, by=self.person, **fields))
        return Response(TheoryOut(theory_of(self.viewer, partnership)).data, status=status.HTTP_201_CREATED)


class TocNodeList(TheoryView):
    """New steps."""

    reading = None
    serializer_class = TocNodeOut

    @extend_schema(request=TocNodeIn, responses={201: TocNodeOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Add one; 409 for a link that would lead downwards."""
        partnership, fields = self.editable(), self.asked(TocNodeIn)
        key = fields.pop("leads_to")
        leads_to = self.node(key) if key else None
        node = _done(lambda: add_step(partnership=partnership, by=self.person, leads_to=leads_to, **fields))
        return Response(TocNodeOut(node).data, status=status.HTTP_201_CREATED)


class TocNodeDetail(TheoryView):
    """One step."""

    reading = None
    serializer_class = TocNodeOut

    @extend_schema(request=TocNodeChangeIn, responses=TocNodeOut)
    def patch(self, request: Request, toc_node_id: uuid.UUID, **kwargs: Any) -> Response:
        """Word it anew or move it to another level; 409 for a level its links do not allow."""
        node, fields = self.node(toc_node_id), self.asked(TocNodeChangeIn, partial=True)
        return Response(TocNodeOut(_done(lambda: change_step(node=node, by=self.person, **fields))).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, toc_node_id: uuid.UUID, **kwargs: Any) -> Response:
        """Take it out with its links; goals that led to it lead to none."""
        remove_step(node=self.node(toc_node_id), by=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)


class TocNodeShift(TheoryView):
    """The order of steps on a level."""

    reading = None
    serializer_class = TocNodeOut

    @extend_schema(request=TocNodeShiftIn, responses=TocNodeOut)
    def post(self, request: Request, toc_node_id: uuid.UUID, **kwargs: Any) -> Response:
        """Let it change places with a neighbour; the first and the last stay."""
        node, fields = self.node(toc_node_id), self.asked(TocNodeShiftIn)
        return Response(TocNodeOut(shift_step(node=node, by=self.person, **fields)).data)


class TocLinkList(TheoryView):
    """New links."""

    reading = None
    serializer_class = TocLinkOut

    @extend_schema(request=TocLinkIn, responses={201: TocLinkOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say that one step leads to another; 409 downwards, in a circle, or when it is there already."""
        self.editable()
        fields = self.asked(TocLinkIn)
        source, target = self.node(fields.pop("source_id")), self.node(fields.pop("target_id"))
        link = _done(lambda: link_steps(source=source, target=target, by=self.person, **fields))
        return Response(TocLinkOut(link).data, status=status.HTTP_201_CREATED)


class TocLinkDetail(TheoryView):
    """One link."""

    reading = None
    serializer_class = TocLinkOut

    @extend_schema(request=TocLinkChangeIn, responses=TocLinkOut)
    def patch(self, request: Request, toc_link_id: uuid.UUID, **kwargs: Any) -> Response:
        """Say better why it works."""
        link, fields = self.link(toc_link_id), self.asked(TocLinkChangeIn, partial=True)
        return Response(TocLinkOut(explain_link(link=link, by=self.person, **fields)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, toc_link_id: uuid.UUID, **kwargs: Any) -> Response:
        """Take it out; both steps stay."""
        unlink_steps(link=self.link(toc_link_id), by=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _done[MadeT](act: Callable[[], MadeT]) -> MadeT:
    try:
        return act()
    except TheoryRefusedError as refusal:
        raise ConflictError(str(refusal)) from refusal
