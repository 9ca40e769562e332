"""Posts in the API: writing, agreeing, and writing down that they are out. Nothing is sent anywhere (R-M4)."""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.validators import MinValueValidator
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from engagement.api.social_plan import MOST_COUNTED, SocialView
from engagement.models import Post, PostMention, PostReach
from engagement.operations.post import PostRefusedError, change_post, note_partners_consent, write_post
from engagement.operations.post_step import (
    approve_post,
    publish_post,
    review_post,
    schedule_post,
    take_post_down,
    withdraw_post,
)
from engagement.queries.picture_consent import consents_visible_to
from engagement.queries.post import may_publish, reach_of, whole_posts, words_of
from engagement.queries.share import address_of, card_of, pages_to_share
from engagement.queries.social_plan import channels_of
from engagement.rules.post import Words
from goals.queries.goal import goals_visible_to
from partnerships.models import Partnership
from partnerships.queries.member import active_members
from partnerships.rules.meeting import EARLIEST

MOST_FIGURE = 1_000_000_000
MOST_LINKED = 100


class PostTextIo(serializers.Serializer[Any]):
    """What a post says in one language, and what its picture shows."""

    language_code = CleanTextField(max_length=10)
    text = CleanTextField(max_length=5000, multiline=True, allow_blank=True, required=False, default="")
    alt = CleanTextField(max_length=500, allow_blank=True, required=False, default="")


class PostMentionIo(serializers.Serializer[Any]):
    """A partner a post names, and whether its logo is shown."""

    member_id = serializers.UUIDField()
    shows_logo = serializers.BooleanField(required=False, default=False)


class PostMentionOut(PostMentionIo):
    """The same with who agreed to this one post, where that was written down."""

    agreed_how = serializers.CharField(allow_blank=True)


class PostReachOut(serializers.ModelSerializer[PostReach]):
    """How far a post went: communication, never impact. Null was not looked up."""

    class Meta:
        model = PostReach
        fields = ["read_on", "people_reached", "reactions", "comments", "shares", "clicks", "learned"]
        read_only_fields = fields


class PostOut(serializers.ModelSerializer[Post]):
    """A post of ``whole_posts``. Consents are told by number alone: names are for those who prepare posts."""

    goal = serializers.SerializerMethodField()
    texts = serializers.SerializerMethodField()
    mentions = serializers.SerializerMethodField()
    consents = serializers.SerializerMethodField()
    leads_to = serializers.SerializerMethodField()
    has_picture = serializers.SerializerMethodField()
    communication = serializers.SerializerMethodField()

    class Meta:
        model = Post
        fields = [
            "id", "number", "title", "channel_id", "planned_at", "goal", "texts", "shared", "link", "leads_to",
            "has_picture", "people_shown", "consents", "mentions", "state", "published_on", "published_link",
            "withdrawn_on", "withdrawn_reason", "taken_down_on", "communication",
        ]  # fmt: skip
        read_only_fields = fields

    def get_goal(self, post: Post) -> int | None:
        """The number of the goal it serves."""
        return post.goal.number if post.goal else None

    @extend_schema_field(PostTextIo(many=True))
    def get_texts(self, post: Post) -> list[dict[str, Any]]:
        """In each language it is written in."""
        return [{"language_code": code, "text": words.text, "alt": words.alt} for code, words in words_of(post).items()]

    @extend_schema_field(PostMentionOut(many=True))
    def get_mentions(self, post: Post) -> list[dict[str, Any]]:
        """The partners it names."""
        mentions = post.all_mentions  # type: ignore[attr-defined]  # prefetched
        return [
            {"member_id": str(one.member_id), "shows_logo": one.shows_logo, "agreed_how": one.agreed_how}
            for one in mentions
        ]

    def get_consents(self, post: Post) -> int:
        """On how many consents it rests."""
        return len(post.all_consents)  # type: ignore[attr-defined]  # prefetched

    def get_leads_to(self, post: Post) -> str:
        """The address shared with it; empty for none. In a list the pages are looked up once for all."""
        cards = self.context.get("cards")
        return address_of(post, card_of(post) if cards is None else cards.get(post.shared))

    def get_has_picture(self, post: Post) -> bool:
        """Whether there is one."""
        return post.picture_id is not None

    @extend_schema_field(PostReachOut(allow_null=True))
    def get_communication(self, post: Post) -> dict[str, Any] | None:
        """How far it went, once somebody looked."""
        reach = reach_of(post)
        return dict(PostReachOut(reach).data) if reach else None


class PostChangeIn(serializers.Serializer[Any]):
    """What of a post shall change; the rest stays. Texts in languages that are not named stay as well."""

    title = CleanTextField(max_length=120, required=False)
    channel_id = serializers.UUIDField(required=False, allow_null=True)
    planned_at = serializers.DateTimeField(validators=[MinValueValidator(EARLIEST)], required=False, allow_null=True)
    goal = serializers.IntegerField(min_value=1, max_value=MOST_COUNTED, required=False, allow_null=True)
    texts = PostTextIo(many=True, required=False)
    shared = CleanTextField(max_length=40, required=False, allow_blank=True)
    link = serializers.URLField(max_length=300, required=False, allow_blank=True)
    people_shown = serializers.ChoiceField(choices=Post.People.choices, required=False, allow_blank=True)
    picture_consent_ids = serializers.ListField(child=serializers.UUIDField(), max_length=MOST_LINKED, required=False)
    mentions = PostMentionIo(many=True, required=False)
    remove_picture = serializers.BooleanField(required=False)


class PostIn(PostChangeIn):
    """A post to write: an idea, or with words in any language a draft."""

    title = CleanTextField(max_length=120)


class PostPictureIn(serializers.Serializer[Any]):
    """A picture; it is encoded anew, without place and camera."""

    upload = serializers.FileField()


class PostApproveIn(serializers.Serializer[Any]):
    """In a light partnership, why nobody but its writer could read it."""

    reason = CleanTextField(max_length=300, required=False, allow_blank=True, default="")


class PostPublishIn(serializers.Serializer[Any]):
    """Where and when somebody published it."""

    link = serializers.URLField(max_length=300, required=False, allow_blank=True)
    published_on = serializers.DateField(required=False)


def _figure() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, max_value=MOST_FIGURE, required=False, allow_null=True)


class PostReachIn(serializers.Serializer[Any]):
    """How far it went; null and what is left out were not looked up."""

    people_reached = _figure()
    reactions = _figure()
    comments = _figure()
    shares = _figure()
    clicks = _figure()
    learned = CleanTextField(max_length=500, multiline=True, required=False, allow_blank=True, default="")
    read_on = serializers.DateField(required=False)


class PostWithdrawIn(serializers.Serializer[Any]):
    """Why it is taken back."""

    reason = CleanTextField(max_length=300)


class PostAgreedIn(serializers.Serializer[Any]):
    """Who agreed for a partner, when and how."""

    agreed_how = CleanTextField(max_length=200)


class PostView(SocialView):
    """Posts of the partnership in the address."""

    serializer_class: Any = PostOut

    def post_there(self) -> Post:
        """The post in the address; 404 out of sight."""
        rows = whole_posts(self.viewer, self.partnership())
        found: Post = get_object_or_404(rows, number=self.kwargs["number"])
        return found

    def editable_post(self) -> Post:
        """The post, which the caller prepares; 403 for who only reads."""
        found = self.post_there()
        self.require(Permission.EDIT_PARTNERSHIP, found.partnership.scope_id)
        return found

    def publishable_post(self) -> Post:
        """The post, which the caller may say is out; 403 for who only reads."""
        found = self.post_there()
        if not may_publish(self.viewer, found):
            raise PermissionDenied
        return found

    def fields_of(self, serializer: type[serializers.Serializer[Any]], partnership: Partnership) -> dict[str, Any]:
        """A post's fields with the records themselves; 404 for those of elsewhere, 400 for a goal that is not there."""
        asked = self.asked(serializer)
        if "channel_id" in asked:
            key = asked.pop("channel_id")
            asked["channel"] = get_object_or_404(channels_of(self.viewer, partnership), pk=key) if key else None
        if asked.get("goal") is not None:
            goal = goals_visible_to(self.viewer).filter(partnership=partnership, number=asked["goal"]).first()
            if goal is None:
                raise serializers.ValidationError({"goal": [str(asked["goal"])]})
            asked["goal"] = goal
        if "picture_consent_ids" in asked:
            own = consents_visible_to(self.viewer).filter(partnership=partnership)
            asked["consents"] = [get_object_or_404(own, pk=key) for key in asked.pop("picture_consent_ids")]
        if "mentions" in asked:
            members = active_members(partnership)
            asked["mentions"] = {
                get_object_or_404(members, pk=one["member_id"]): one["shows_logo"] for one in asked["mentions"]
            }
        if "texts" in asked:
            asked["texts"] = {one["language_code"]: Words(one["text"], one["alt"]) for one in asked["texts"]}
        return asked

    def told(self, act: Callable[[], Any], code: int = status.HTTP_200_OK) -> Response:
        """The post after a step, read anew; 409 with the reason where state or rules do not allow the step."""
        try:
            made = act()
        except PostRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        number = made.number if isinstance(made, Post) else self.kwargs["number"]
        post = get_object_or_404(whole_posts(self.viewer, self.partnership()), number=number)
        return Response(PostOut(post).data, status=code)


class PostList(PostView):
    """The posts of a partnership."""

    @extend_schema(responses=PostOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, those without a time first, then the latest."""
        partnership = self.partnership()
        rows = self.paginate_queryset(whole_posts(self.viewer, partnership))
        cards = {card.key: card for card in pages_to_share(partnership)}
        return self.get_paginated_response(PostOut(rows, many=True, context={"cards": cards}).data)

    @extend_schema(request=PostIn, responses={201: PostOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write one."""
        partnership = self.editable()
        fields = self.fields_of(PostIn, partnership)
        return self.told(lambda: write_post(partnership=partnership, by=self.person, **fields), status.HTTP_201_CREATED)


class PostDetail(PostView):
    """One post."""

    @extend_schema(responses=PostOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """The post."""
        return Response(PostOut(self.post_there()).data)

    @extend_schema(request=PostChangeIn, responses=PostOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Change it; an approved one with other content is a draft again. 409 once it is out."""
        post = self.editable_post()
        fields = self.fields_of(PostChangeIn, post.partnership)
        return self.told(lambda: change_post(post=post, by=self.person, **fields))


class PostPicture(PostView):
    """The picture of a post."""

    reading = None
    parser_classes = [MultiPartParser]

    @extend_schema(request={"multipart/form-data": PostPictureIn}, responses=PostOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Put one in, in place of the one before; 400 for what is no picture, 409 once the post is out."""
        post, asked = self.editable_post(), self.asked(PostPictureIn)
        return self.told(lambda: change_post(post=post, by=self.person, upload=asked["upload"]))


class PostApprove(PostView):
    """Agreeing on a post."""

    reading = None

    @extend_schema(request=PostApproveIn, responses=PostOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Approve it; 409 for its writer (R-M1) and for what protects people (R-M2)."""
        post, asked = self.editable_post(), self.asked(PostApproveIn)
        return self.told(lambda: approve_post(post=post, by=self.person, **asked)[0])


class PostSchedule(PostView):
    """Putting a post on its day."""

    reading = None

    @extend_schema(request=None, responses=PostOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Schedule it; 409 without approval, channel or time to come."""
        post = self.editable_post()
        return self.told(lambda: schedule_post(post=post, by=self.person))


class PostPublish(PostView):
    """Writing down that somebody published a post."""

    reading = None
    writing = Permission.SEE_PARTNERSHIP

    @extend_schema(request=PostPublishIn, responses=PostOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say that it is out; 403 but for who edits the partnership or publishes on the channel."""
        post, asked = self.publishable_post(), self.asked(PostPublishIn)
        return self.told(lambda: publish_post(post=post, by=self.person, **asked))


class PostReview(PostView):
    """How far a post went: communication, never impact."""

    reading = None
    writing = Permission.SEE_PARTNERSHIP

    @extend_schema(request=PostReachIn, responses=PostOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write it down; 409 before it is published."""
        post, asked = self.publishable_post(), self.asked(PostReachIn)
        return self.told(lambda: review_post(post=post, by=self.person, **asked))


class PostPartnerAgreed(PostView):
    """That a partner agreed to be named in one post."""

    reading = None
    serializer_class = PostAgreedIn

    @extend_schema(request=PostAgreedIn, responses=PostOut)
    def post(self, request: Request, member_id: uuid.UUID, **kwargs: Any) -> Response:
        """Write down who agreed, when and how; 404 for a partner it does not name, 409 once it is out."""
        post, asked = self.editable_post(), self.asked(PostAgreedIn)
        mentions = PostMention.objects.filter(post=post).select_related("post")
        mention = get_object_or_404(mentions, member_id=member_id)
        return self.told(lambda: note_partners_consent(mention=mention, by=self.person, **asked))


class PostWithdraw(PostView):
    """Taking a post back."""

    reading = None

    @extend_schema(request=PostWithdrawIn, responses=PostOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Withdraw it; 409 the second time."""
        post, asked = self.editable_post(), self.asked(PostWithdrawIn)
        return self.told(lambda: withdraw_post(post=post, by=self.person, **asked))


class PostTakenDown(PostView):
    """Writing down that a withdrawn post is on its channel no more."""

    reading = None
    writing = Permission.SEE_PARTNERSHIP

    @extend_schema(request=None, responses=PostOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say so; 409 where it was not out."""
        post = self.publishable_post()
        return self.told(lambda: take_post_down(post=post, by=self.person))
