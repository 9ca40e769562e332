"""Kits in the API: which there are, their versions, what changed since, and kits of the space's own."""

from typing import Any, ClassVar

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
from partnerships.kits.kit import ChosenKit
from partnerships.models import Partnership, SavedKit
from partnerships.operations.kit import NoKitError, bring_in_new, retire_kit, save_kit
from partnerships.queries.kit import available_kits, chosen_kit, kit_changes, kit_versions
from partnerships.queries.partnership import partnership_at
from partnerships.rules.kit import ADDED, CHANGED, REMOVED


def _content() -> serializers.DictField:
    return serializers.DictField(child=serializers.ListField(child=serializers.DictField()))


class KitOut(serializers.Serializer[Any]):
    """A kit to begin a partnership with; ``content`` holds its items by section, days counted from the start."""

    code = serializers.CharField()
    version = serializers.IntegerField()
    name_en = serializers.CharField()
    name_it = serializers.CharField()
    sentence_en = serializers.CharField()
    sentence_it = serializers.CharField()
    is_light = serializers.BooleanField()
    is_own = serializers.BooleanField()
    content = _content()


class KitVersionOut(serializers.ModelSerializer[SavedKit]):
    """One version of a kit of the space's own."""

    class Meta:
        model = SavedKit
        fields = [
            "code", "version", "name_en", "name_it", "sentence_en", "sentence_it", "is_light", "is_retired", "saved_at",
        ]  # fmt: skip
        read_only_fields = fields


class KitVersionFullOut(KitVersionOut):
    """The same with what is in it."""

    content = _content()

    class Meta(KitVersionOut.Meta):
        fields = [*KitVersionOut.Meta.fields, "content"]
        read_only_fields = fields


class KitIn(serializers.Serializer[Any]):
    """A kit to make of a partnership; with the ``code`` of one of the space's own it is its next version."""

    name_en = CleanTextField(max_length=120, required=False, allow_blank=True)
    name_it = CleanTextField(max_length=120, required=False, allow_blank=True)
    sentence_en = CleanTextField(max_length=300, required=False, allow_blank=True)
    sentence_it = CleanTextField(max_length=300, required=False, allow_blank=True)
    code = serializers.CharField(max_length=10, required=False, allow_blank=True)


class KitRetireIn(serializers.Serializer[Any]):
    """Whether a kit is offered no longer."""

    is_retired = serializers.BooleanField()


class DifferenceOut(serializers.Serializer[Any]):
    """A fact of an item as it was and as it is, in words; both are empty for what has none."""

    label = serializers.CharField()  # type: ignore[assignment]  # a fact named so
    before = serializers.CharField()
    now = serializers.CharField()


class KitChangeOut(serializers.Serializer[Any]):
    """An item that came, went or reads differently; ``fields`` names what of it changed, ``differences`` says how."""

    section = serializers.CharField()
    code = serializers.CharField()
    what = serializers.ChoiceField(choices=[ADDED, REMOVED, CHANGED])
    title = serializers.CharField()
    fields = serializers.ListField(child=serializers.CharField())  # type: ignore[assignment]  # a fact named so
    differences = DifferenceOut(many=True)


class PartnershipKitOut(serializers.Serializer[Any]):
    """The kit a partnership was made of, the version of then and of now, and what changed since."""

    code = serializers.CharField()
    version = serializers.IntegerField()
    newest_version = serializers.IntegerField(allow_null=True)
    content = _content()
    changes = KitChangeOut(many=True)


class AddedOut(serializers.Serializer[Any]):
    """How many drafts were added."""

    added = serializers.IntegerField()


class KitView(SpaceAPIView):
    """Kits, for who starts partnerships."""

    reading: ClassVar[Permission | None] = Permission.CREATE_PARTNERSHIPS
    serializer_class: Any = KitOut


class KitList(KitView):
    """The kits there are."""

    @extend_schema(responses=KitOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them: ours first, then the space's own."""
        found = self.paginate_queryset(available_kits())
        return self.get_paginated_response(KitOut(found, many=True).data)


class KitDetail(KitView):
    """One kit."""

    writing = Permission.CREATE_PARTNERSHIPS

    def get(self, request: Request, code: str, **kwargs: Any) -> Response:
        """Its newest version, also of one that is offered no longer."""
        return Response(KitOut(_kit(code)).data)

    @extend_schema(request=KitRetireIn, responses=KitOut)
    def patch(self, request: Request, code: str, **kwargs: Any) -> Response:
        """Offer one of the space's own no longer, or again; 404 for one of ours."""
        wanted = KitRetireIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            retire_kit(code=code, by=self.person, **wanted.validated_data)
        except NoKitError as error:
            raise Http404 from error
        return Response(KitOut(_kit(code)).data)


class KitVersionList(KitView):
    """The versions of a kit of the space's own."""

    serializer_class = KitVersionOut

    @extend_schema(responses=KitVersionOut(many=True))
    def get(self, request: Request, code: str, **kwargs: Any) -> Response:
        """A page of them, the newest first; of our own kits there is the newest alone."""
        _kit(code)
        found = self.paginate_queryset(kit_versions(code))
        return self.get_paginated_response(KitVersionOut(found, many=True).data)


class KitVersionDetail(KitView):
    """One version of it."""

    serializer_class = KitVersionFullOut

    def get(self, request: Request, code: str, number: int, **kwargs: Any) -> Response:
        """With what is in it."""
        return Response(KitVersionFullOut(get_object_or_404(kit_versions(code), version=number)).data)


class OfPartnership(SpaceAPIView):
    """The kit of the partnership in the address, for who may edit it."""

    def partnership(self) -> Partnership:
        """The partnership; 404 out of sight, 403 without the right to edit it."""
        found = or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))
        self.require(Permission.EDIT_PARTNERSHIP, found.scope_id)
        return found


class PartnershipKit(OfPartnership):
    """The kit a partnership was made of, and making one of it."""

    reading = Permission.EDIT_PARTNERSHIP
    writing = Permission.CREATE_PARTNERSHIPS
    serializer_class = PartnershipKitOut

    @extend_schema(operation_id="partnership_kit", responses=PartnershipKitOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """What it brought, and what it has new, lost or says differently since; an empty code is from scratch."""
        partnership = self.partnership()
        kit = chosen_kit(partnership.template_code) if partnership.template_code else None
        told = {
            "code": partnership.template_code,
            "version": partnership.template_version,
            "newest_version": kit.version if kit else None,
            "content": partnership.template_snapshot,
            "changes": [change for news in kit_changes(partnership) for change in news.changes],
        }
        return Response(PartnershipKitOut(told).data)

    @extend_schema(request=KitIn, responses={201: KitVersionFullOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Make a kit of it; 400 without a name or with nothing to keep, 404 for a code the space has no kit under."""
        partnership = self.partnership()
        wanted = KitIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            saved = save_kit(partnership=partnership, by=self.person, **wanted.validated_data)
        except NoKitError as error:
            raise Http404 from error
        return Response(KitVersionFullOut(saved).data, status=status.HTTP_201_CREATED)


class PartnershipKitRenew(OfPartnership):
    """Bringing in what the kit has gained."""

    writing = Permission.EDIT_PARTNERSHIP
    serializer_class = AddedOut

    @extend_schema(request=None, responses=AddedOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Add it as drafts; what stands already stays. 404 for a partnership that was made of no kit."""
        try:
            added = bring_in_new(partnership=self.partnership(), by=self.person)
        except NoKitError as error:
            raise Http404 from error
        return Response(AddedOut({"added": added}).data)


def _kit(code: str) -> ChosenKit:
    kit = chosen_kit(code)
    if kit is None:
        raise Http404
    return kit
