"""An organisation keeps its own profile, people and offers; the coordination accepts what changed or puts it back."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.web.space import absolute, space_url
from stakeholders.models import Affiliation, Asset, ProfileEdit, Stakeholder
from stakeholders.operations.asset import AssetInUseError, add_asset, change_asset, remove_asset
from stakeholders.operations.stakeholder import AlreadyThereError, add_person_to_organisation, change_stakeholder
from stakeholders.rules.profile import (
    ADDED,
    ADDED_FACTS,
    ASSET,
    ASSET_FACTS,
    LEFT,
    ORGANISATION_FACTS,
    PERSON_FACTS,
    TITLE,
    Changes,
    differing,
    told_of,
    waits,
)

State = ProfileEdit.State
MOST_WAITING = 100


class EditRefusedError(Exception):
    """The change cannot be taken; the message says why."""


@dataclass(frozen=True)
class Editor:
    """Who changes a profile: somebody signed in, or the person a link was mailed to."""

    user: User | None = None
    person: Stakeholder | None = None

    @property
    def label(self) -> str:
        """What history calls somebody without an account."""
        return "" if self.user else "link"


@dataclass(frozen=True)
class Outcome:
    """What became of an edit that was looked at; ``kept`` are facts somebody changed since: these stay as they are."""

    edit: ProfileEdit
    kept: tuple[str, ...] = ()


@transaction.atomic
def change_profile(*, organisation: Stakeholder, editor: Editor, **facts: Any) -> ProfileEdit | None:
    """Change what an organisation says of itself; in force at once. None when nothing differs.

    Raises ValidationError, EditRefusedError while a hundred changes wait to be looked at, and KeyError for a fact that
    is not the organisation's to change.
    """
    locked = _locked(organisation, organisation)
    changes = differing({name: _own(name, locked, ORGANISATION_FACTS) for name in facts}, facts)
    if not changes:
        return None
    now = {name: facts[name] for name in changes}
    change_stakeholder(stakeholder=locked, by=editor.user, actor_label=editor.label, **now)
    return _note(locked, locked, editor, changes)


@transaction.atomic
def change_person(
    *, organisation: Stakeholder, person: Stakeholder, editor: Editor, title: str | None = None, **facts: Any
) -> ProfileEdit | None:
    """Change what an organisation says of one of its people; another address holds once it was accepted.

    None when nothing differs. Raises as ``change_profile``, and Affiliation.DoesNotExist for somebody of another one.
    """
    locked = _locked(organisation, person)
    place = _place(organisation, locked)
    changes = differing({name: _own(name, locked, PERSON_FACTS) for name in facts}, facts)
    now = {name: facts[name] for name in changes if not waits(name, kind=locked.kind)}
    if now:
        change_stakeholder(stakeholder=locked, by=editor.user, actor_label=editor.label, **now)
    if title is not None and title != place.title:
        changes[TITLE] = [place.title, title]
        place.title = title
        place.full_clean()
        place.save(update_fields=["title"])
    return _note(locked, organisation, editor, changes) if changes else None


@transaction.atomic
def ask_to_add_person(*, organisation: Stakeholder, editor: Editor, **facts: str) -> ProfileEdit:
    """Say that somebody else works for the organisation; they are added once the coordination accepts it.

    Raises EditRefusedError as ``change_profile``.
    """
    locked = _locked(organisation, organisation)
    return _note(locked, locked, editor, {ADDED: [None, {name: facts.get(name, "") for name in ADDED_FACTS}]})


@transaction.atomic
def say_person_left(*, organisation: Stakeholder, person: Stakeholder, editor: Editor) -> ProfileEdit:
    """Say that somebody is no longer there. Their record stays. Raises Affiliation.DoesNotExist, EditRefusedError."""
    locked = _locked(organisation, person)
    place = _place(organisation, locked)
    place.is_active = False
    place.save(update_fields=["is_active"])
    return _note(locked, organisation, editor, {LEFT: [False, True]})


@transaction.atomic
def offer_asset(*, organisation: Stakeholder, editor: Editor, **facts: Any) -> ProfileEdit:
    """Say what the organisation can bring; partners may know of it at once. Raises as ``change_profile``."""
    locked = _locked(organisation, organisation)
    _only_asset_facts(facts)
    asset = add_asset(owner=locked, by=editor.user, verified_on=timezone.localdate(), **facts)
    return _note(locked, locked, editor, {f"{ASSET}{asset.pk}": [None, told_of(asset)]})


@transaction.atomic
def change_offer(*, organisation: Stakeholder, asset: Asset, editor: Editor, **facts: Any) -> ProfileEdit | None:
    """Change what the organisation says of something it can bring, which counts as checked today. None for no change.

    Raises as ``change_profile``, and Asset.DoesNotExist for another one's.
    """
    locked = _locked(organisation, organisation)
    _only_asset_facts(facts)
    before = told_of(Asset.objects.get(pk=asset.pk, owner=locked))
    changed = change_asset(asset=asset, by=editor.user, verified_on=timezone.localdate(), **facts)
    if before == (after := told_of(changed)):
        return None
    return _note(locked, locked, editor, {f"{ASSET}{asset.pk}": [before, after]})


@transaction.atomic
def accept_edit(*, edit: ProfileEdit, by: User, answer: str = "") -> Outcome:
    """Agree to an edit; what waited for it holds from now on. Raises ValidationError, EditRefusedError.

    The organisation reads ``answer``.
    """
    locked = _to_look_at(edit)
    for name, (_before, after) in locked.changes.items():
        if name == ADDED:
            # Two colleagues may have named the same person.
            with suppress(AlreadyThereError):
                add_person_to_organisation(organisation=locked.organisation, by=by, **after)
        elif waits(name, kind=locked.stakeholder.kind):
            change_stakeholder(stakeholder=locked.stakeholder, by=by, **{name: after})
    return Outcome(_decided(locked, State.ACCEPTED, by, answer))


@transaction.atomic
def put_back_edit(*, edit: ProfileEdit, by: User, facts: Collection[str] | None = None, answer: str = "") -> Outcome:
    """Put facts of an edit back to what they were, all of them without ``facts``; the others are accepted.

    A fact somebody changed since stays. The organisation sees which were put back and reads ``answer``. Raises
    ValidationError, EditRefusedError.
    """
    locked = _to_look_at(edit)
    stakeholder, chosen = locked.stakeholder, set(locked.changes if facts is None else facts)
    if not chosen or chosen - locked.changes.keys():
        raise EditRefusedError(_("Say which of the changed facts to put back."))
    kept = []
    for name, (before, after) in locked.changes.items():
        if waits(name, kind=stakeholder.kind):
            if name not in chosen:
                raise EditRefusedError(_("What waits to be accepted cannot be accepted and put back at once."))
        elif name in chosen and not _put_back(locked, name, before, after, by):
            kept.append(name)
    locked.put_back_facts = sorted(chosen.difference(kept))
    return Outcome(_decided(locked, State.PUT_BACK, by, answer), tuple(kept))


def _put_back(edit: ProfileEdit, name: str, before: Any, after: Any, by: User) -> bool:
    if name.startswith(ASSET):
        return _put_back_asset(name.removeprefix(ASSET), before, after, by)
    place = Affiliation.objects.filter(organisation=edit.organisation, person=edit.stakeholder).first()
    if name == LEFT:
        return _set(place, "is_active", after=False, before=True)
    if name == TITLE:
        return _set(place, "title", after=after, before=before)
    current = Stakeholder.objects.get(pk=edit.stakeholder_id)
    if getattr(current, name) != after:
        return False
    change_stakeholder(stakeholder=current, by=by, **{name: before})
    return True


def _put_back_asset(key: str, before: Any, after: Any, by: User) -> bool:
    asset = Asset.objects.filter(pk=key).first()
    if asset is None or told_of(asset) != after:
        return False
    if before is None:
        try:
            remove_asset(asset=asset, by=by)
        except AssetInUseError:
            return False
        return True
    dates = {name: before[name] and date.fromisoformat(before[name]) for name in ("free_from", "free_until")}
    change_asset(asset=asset, by=by, **(before | dates))
    return True


def _only_asset_facts(facts: Collection[str]) -> None:
    for name in facts:
        if name not in ASSET_FACTS:
            raise KeyError(name)


def _set(place: Affiliation | None, name: str, *, after: Any, before: Any) -> bool:
    if place is None or getattr(place, name) != after:
        return False
    setattr(place, name, before)
    place.save(update_fields=[name])
    return True


def _own(name: str, stakeholder: Stakeholder, facts: Collection[str]) -> Any:
    if name not in facts:
        raise KeyError(name)
    return getattr(stakeholder, name)


def _locked(organisation: Stakeholder, stakeholder: Stakeholder) -> Stakeholder:
    found: Stakeholder = Stakeholder.objects.select_for_update().get(pk=stakeholder.pk)
    if ProfileEdit.objects.filter(organisation=organisation, state=State.NEW).count() >= MOST_WAITING:
        raise EditRefusedError(_("A hundred changes wait to be looked at. Please call the coordination first."))
    return found


def _place(organisation: Stakeholder, person: Stakeholder) -> Affiliation:
    place: Affiliation = Affiliation.objects.get(organisation=organisation, person=person, is_active=True)
    return place


def _to_look_at(edit: ProfileEdit) -> ProfileEdit:
    rows = ProfileEdit.objects.select_for_update(of=("self",)).select_related("stakeholder", "organisation")
    locked: ProfileEdit = rows.get(pk=edit.pk)
    if locked.state != State.NEW:
        raise EditRefusedError(_("Somebody has looked at this already."))
    return locked


def _note(stakeholder: Stakeholder, organisation: Stakeholder, editor: Editor, changes: Changes) -> ProfileEdit:
    edit = ProfileEdit.objects.create(
        stakeholder=stakeholder, organisation=organisation, by=editor.user, by_person=editor.person, changes=changes
    )
    record("profile.edited", stakeholder, by=editor.user, actor_label=editor.label, changes={"facts": sorted(changes)})
    _tell(organisation)
    return edit


def _tell(organisation: Stakeholder) -> None:
    """One mail a day and organisation to who knows it best; nobody is told of what nobody looks after."""
    owner = organisation.relationship_owner
    if owner is None:
        return
    write_mail(
        to=owner.email,
        kind="profile_edit",
        dedup_key=f"profile_edit:{organisation.pk}:{owner.pk}:{timezone.localdate()}",
        language=owner.language or tenant_at_work().default_language,
        template="profile_edit",
        context={
            "name": owner.name,
            "organisation": organisation,
            "space": tenant_at_work(),
            "url": absolute(space_url("profile_edit_list")),
        },
    )


def _decided(edit: ProfileEdit, state: str, by: User, answer: str) -> ProfileEdit:
    edit.state, edit.decided_by, edit.decided_at, edit.answer = state, by, timezone.now(), answer
    edit.clean_fields(exclude=[field.name for field in edit._meta.fields if field.name != "answer"])
    edit.save(update_fields=["state", "decided_by", "decided_at", "answer", "put_back_facts"])
    record(f"profile.{state}", edit.stakeholder, by=by, changes={"facts": sorted(edit.changes)})
    return edit
