"""What the pages of posts share: whose post it is, who may act, and the ways to look at them."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.access.permissions import Permission
from core.web.access import SpaceRequest
from core.web.space import space_url
from engagement.models import Post
from engagement.queries.post import may_publish, whole_posts
from partnerships.models import Partnership
from partnerships.views.doors import visible_partnership
from partnerships.views.tabs import Tab

_WAYS: list[tuple[str | Promise, str]] = [
    (_("List"), "post_list"),
    (_("Calendar"), "post_calendar"),
    (_("Plan and channels"), "social_plan"),
]
_FOR_EDITORS: list[tuple[str | Promise, str]] = [(_("Consents"), "picture_consent_list")]


def post_ways(partnership: Partnership, current: str, *, can_edit: bool) -> list[Tab]:
    """The ways, the current one marked; consents only for who prepares posts."""
    ways = _WAYS + (_FOR_EDITORS if can_edit else [])
    return [Tab(str(label), space_url(name, slug=partnership.slug), name == current) for label, name in ways]


def visible_post(request: SpaceRequest, slug: str, number: int) -> Post:
    """The post of an address; 404 when the viewer may not see it."""
    partnership = visible_partnership(request, slug)
    return get_object_or_404(whole_posts(request.viewer, partnership), number=number)


def editable_post(request: SpaceRequest, slug: str, number: int) -> Post:
    """The post of an address that the viewer prepares; 404 unseen, 403 for who only reads."""
    post = visible_post(request, slug, number)
    if not request.viewer.can(Permission.EDIT_PARTNERSHIP, post.partnership.scope_id):
        raise PermissionDenied
    return post


def publishable_post(request: SpaceRequest, slug: str, number: int) -> Post:
    """The post of an address that the viewer may say is out; 404 unseen, 403 for who only reads."""
    post = visible_post(request, slug, number)
    if not may_publish(request.viewer, post):
        raise PermissionDenied
    return post


def to_post(post: Post) -> HttpResponse:
    """On to a post's page."""
    return redirect(space_url("post_detail", slug=post.partnership.slug, number=post.number))
