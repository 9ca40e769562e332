"""Posts: the list, one post with its next step, and writing it."""

import uuid

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.operations.file import read_file
from core.web.access import SpaceRequest, requires
from core.web.lists import page_of
from core.web.pages import page
from engagement.forms.post import PartnerAgreedForm, PostFilterForm, PostForm
from engagement.models import Post, PostMention
from engagement.operations.post import PostRefusedError, change_post, note_partners_consent, write_post
from engagement.queries.picture_consent import consents_to_choose
from engagement.queries.post import as_row, post_list, posts_for_today
from engagement.queries.post_sheet import post_sheet
from engagement.queries.share import pages_to_share
from engagement.queries.social_plan import channels_of, languages_offered, plan_of
from engagement.views.post_doors import editable_post, post_ways, to_post, visible_post
from goals.queries.goal import goals_visible_to
from metrics.forms.figure import add_refusal
from partnerships.models import Partnership
from partnerships.queries.member import active_members
from partnerships.views.doors import editable_partnership, visible_partnership
from partnerships.views.tabs import partnership_tabs


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def posts(request: SpaceRequest, slug: str) -> HttpResponse:
    """The posts of a partnership by state and channel; on top what is to be published today."""
    partnership = visible_partnership(request, slug)
    now = timezone.now()
    can_edit = request.viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
    form = PostFilterForm(request.GET or None, channels=channels_of(request.viewer, partnership))
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    if form.is_bound and form.errors:
        raise BadRequest("filter")
    rows = post_list(request.viewer, partnership, **wanted)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "post_list"),
        "ways": post_ways(partnership, "post_list", can_edit=can_edit),
        "page": page_of(request, rows, as_row=lambda post: as_row(post, now=now)),
        "today": [as_row(post, now=now) for post in posts_for_today(request.viewer, partnership, now=now)],
        "form": form,
        "is_filtered": any(wanted.values()),
        "can_edit": can_edit,
    }
    return page(request, "engagement/post_list.html", context, partial="results")


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def post_detail(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """One post: its words to copy, its card, who agreed, what stands against it, and the one next step."""
    post = visible_post(request, slug, number)
    plan = plan_of(request.viewer, post.partnership)
    context = {
        "post": post,
        "partnership": post.partnership,
        "sheet": post_sheet(request.viewer, post, plan=plan, now=timezone.now()),
        "agreed_form": PartnerAgreedForm(auto_id=False),
    }
    return render(request, "engagement/post_detail.html", context)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def post_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Write one, or only an idea for one."""
    partnership = editable_partnership(request, slug)
    form = _form(request, partnership, None)
    if request.method == "POST" and form.is_valid():
        try:
            post = write_post(partnership=partnership, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Kept. Nothing is told before somebody approves and publishes it."))
            return to_post(post)
    return _form_page(request, partnership, form, None)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def post_edit(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Change one that is not out yet."""
    post = editable_post(request, slug, number)
    form = _form(request, post.partnership, post)
    if request.method == "POST" and form.is_valid():
        before = post.state
        try:
            changed = change_post(post=post, by=request.user, **form.cleaned_data)
        except PostRefusedError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as error:
            add_refusal(form, error)
        else:
            is_void = changed.state == Post.State.DRAFT and before in {Post.State.APPROVED, Post.State.SCHEDULED}
            messages.success(request, _("Saved. It has to be approved again.") if is_void else _("Saved."))
            return to_post(changed)
    return _form_page(request, post.partnership, form, post)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def post_partner_agreed(request: SpaceRequest, slug: str, number: int, post_mention_id: uuid.UUID) -> HttpResponse:
    """Write down who agreed for a partner."""
    post = editable_post(request, slug, number)
    mentions = PostMention.objects.filter(post=post).select_related("post")
    mention = get_object_or_404(mentions, pk=post_mention_id)
    form = PartnerAgreedForm(request.POST)
    if not form.is_valid():
        messages.warning(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return to_post(post)
    try:
        note_partners_consent(mention=mention, by=request.user, **form.cleaned_data)
    except PostRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
    return to_post(post)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def post_picture(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """The picture of a post, for whoever may see the post; nothing in it is run (FIL-03)."""
    picture = visible_post(request, slug, number).picture
    if picture is None:
        raise Http404
    try:
        content = read_file(picture)
    except FileNotFoundError as error:
        raise Http404 from error
    headers = {
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Content-Disposition": "inline",
    }
    return HttpResponse(content, content_type=picture.content_type, headers=headers)


def _form(request: SpaceRequest, partnership: Partnership, post: Post | None) -> PostForm:
    viewer = request.viewer
    plan = plan_of(viewer, partnership)
    offered = languages_offered()
    written = {text.language_code for text in post.all_texts} if post else set()  # type: ignore[attr-defined]  # prefetched
    wanted = written | set(plan.language_codes if plan else [offered[0][0]])
    members = active_members(partnership)
    return PostForm(
        request.POST or None,
        request.FILES or None,
        post=post,
        languages=[one for one in offered if one[0] in wanted] or offered[:1],
        pages=[(card.key, f"{card.kind}: {card.title}") for card in pages_to_share(partnership)],
        choices={
            "channel": channels_of(viewer, partnership).filter(
                Q(is_used=True) | Q(pk=post.channel_id if post else None)
            ),
            "goal": goals_visible_to(viewer).filter(partnership=partnership),
            "consents": consents_to_choose(viewer, partnership, today=timezone.localdate()),
            "named": members,
            "logos": members,
        },
    )


def _form_page(request: SpaceRequest, partnership: Partnership, form: PostForm, post: Post | None) -> HttpResponse:
    context = {"form": form, "partnership": partnership, "post": post}
    return render(request, "engagement/post_form.html", context, status=422 if form.errors else 200)
