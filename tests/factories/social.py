"""The smallest plan, channel, consent and post, written like people do."""

import itertools
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.models import User
from engagement.models import PictureConsent, Post, PostMention, SocialChannel, SocialPlan
from engagement.operations.picture_consent import record_consent
from engagement.operations.post import write_post
from engagement.operations.post_step import approve_post, publish_post, schedule_post
from engagement.operations.social_plan import save_channel, save_social_plan
from engagement.rules.post import Words
from partnerships.models import AgreementClause, AgreementVersion, Partnership, PartnershipMember, Signature
from tests.factories.partnerships import make_agreement
from tests.factories.pictures import picture

_numbers = itertools.count(1)
LINK = "https://social.example/posts/1"


def make_plan(partnership: Partnership, by: User, **fields: object) -> SocialPlan:
    """A plan in one language."""
    return save_social_plan(partnership=partnership, by=by, **{"languages": "en", "objectives": "Be read", **fields})


def make_channel(partnership: Partnership, by: User, **fields: object) -> SocialChannel:
    """A page on Facebook."""
    return save_channel(
        partnership=partnership, by=by, **{"kind": "facebook", "name": f"Page {next(_numbers)}", **fields}
    )


def make_consent(partnership: Partnership, by: User, **fields: object) -> PictureConsent:
    """An adult agreed a month ago."""
    given = {"who": "Rosa with the scarf", "given_on": timezone.localdate() - timedelta(days=30)}
    return record_consent(partnership=partnership, by=by, **{**given, **fields})


def photo(name: str = "photo.jpg") -> SimpleUploadedFile:
    """A photo with camera and place in it, as a form sends it."""
    return SimpleUploadedFile(name, picture().read(), content_type="image/jpeg")


def make_post(partnership: Partnership, by: User, **fields: Any) -> Post:
    """A draft in which nobody can be recognised, for tomorrow, on a channel of its own."""
    given = {
        "title": "Open day",
        "texts": {"en": Words("Come to the open day")},
        "people_shown": "nobody",
        "planned_at": timezone.now() + timedelta(days=1),
        **fields,
    }
    if "channel" not in given:
        given["channel"] = make_channel(partnership, by)
    return write_post(partnership=partnership, by=by, **given)


def approved(partnership: Partnership, by: User, reader: User, **fields: Any) -> Post:
    """The same, approved by somebody else."""
    return approve_post(post=make_post(partnership, by, **fields), by=reader)[0]


def scheduled(partnership: Partnership, by: User, reader: User, **fields: Any) -> Post:
    """The same, on its day."""
    return schedule_post(post=approved(partnership, by, reader, **fields), by=by)


def published(partnership: Partnership, by: User, reader: User, **fields: Any) -> Post:
    """The same, out."""
    return publish_post(post=approved(partnership, by, reader, **fields), link=LINK, by=by)


def in_force(
    partnership: Partnership, *signers: PartnershipMember, clause: bool = True, is_composed: bool = True
) -> AgreementVersion:
    """An agreement in force, with the clause on names and social media or without, signed by some members."""
    version = make_agreement(partnership)
    AgreementVersion.objects.filter(pk=version.pk).update(state="in_force", is_composed=is_composed)
    AgreementClause.objects.create(version=version, code="visibility", position=25, is_on=clause)
    for member in signers:
        Signature.objects.create(version=version, member=member, state=Signature.State.SIGNED)
    return version


def mention_of(post: Post) -> PostMention:
    """The partner a post names."""
    return PostMention.objects.select_related("post").get(post=post)
