"""Writing agreements: drafts, freely written wordings, terms, new versions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import changed_fields, record
from core.operations.link import revoke_links_to
from partnerships.kits.clause_drafts import drafts_of, facts_named_by
from partnerships.kits.kit import KitClause
from partnerships.models import Agreement, AgreementAnnex, AgreementClause, AgreementVersion, Partnership, Signature
from partnerships.operations.review_link import mail_review_links
from partnerships.operations.signature_link import mail_signature_void
from partnerships.queries.agreement_text import text_of, text_today
from partnerships.rules.agreement import (
    DRAFT,
    OF_AGREEMENT,
    OF_VERSION,
    SIGNATURE_LINK,
    SIGNING,
    can_change_text,
    language_problems,
)
from partnerships.rules.clause import required_clauses

State = AgreementVersion.State
# What a new version takes over from the one it is based on.
TAKEN_OVER = (
    "language",
    "second_language",
    "prevailing_language",
    "is_composed",
    "renewal",
    "notice_days",
    "quorum_percent",
    "decision_methods",
    "methods_by_subject",
    "endorsement_days",
    "endorsement_percent",
    "endorsement_voices",
)


class AgreementRefusedError(Exception):
    """The agreement does not allow this in its present state; the message says why."""


@transaction.atomic
def draft_agreement(
    *, partnership: Partnership, title: str, text: str, language: str, by: User | None
) -> AgreementVersion:
    """A new agreement, freely written, with its first version as a draft. Raises ValidationError."""
    agreement = _new_agreement(partnership, title=title)
    version = AgreementVersion(agreement=agreement, number=1, text=text, language=language)
    version.full_clean()
    version.save()
    record("agreement.drafted", version, by=by, scope_id=partnership.scope_id)
    return version


@transaction.atomic
def compose_agreement(
    *, partnership: Partnership, title: str, clauses: Sequence[KitClause], language: str, by: User | None
) -> AgreementVersion:
    """A new agreement of clauses, with its first version as a draft.

    On are the clauses a kit names; in a full partnership those the law of signing asks for too (R-A1). Raises
    ValidationError.
    """
    facts = facts_named_by(clauses)
    agreement = _new_agreement(partnership, title=title, **{f"involves_{fact}": True for fact in facts})
    version = AgreementVersion(agreement=agreement, number=1, language=language, is_composed=True)
    version.full_clean()
    version.save()
    is_full = partnership.mode == Partnership.Mode.FULL
    needed = {clause.code for clause in required_clauses(facts)} if is_full else set()
    AgreementClause.objects.bulk_create(
        AgreementClause(
            version=version, code=draft.code, position=at, title=draft.title, body=draft.body, is_on=draft.is_on
        )
        for at, draft in enumerate(drafts_of(clauses, language=language, needed=needed), start=1)
    )
    record("agreement.drafted", version, by=by, scope_id=partnership.scope_id)
    return version


def begin_agreement(
    *,
    partnership: Partnership,
    title: str,
    clauses: Sequence[KitClause],
    language: str,
    by: User | None,
    text: str = "",
) -> AgreementVersion:
    """A new agreement with a text the partners have already, or without one of clauses. Raises ValidationError."""
    if text.strip():
        return draft_agreement(partnership=partnership, title=title, text=text, language=language, by=by)
    return compose_agreement(partnership=partnership, title=title, clauses=clauses, language=language, by=by)


def _new_agreement(partnership: Partnership, **fields: Any) -> Agreement:
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    last = Agreement.objects.filter(partnership=partnership).aggregate(last=Max("number"))["last"] or 0
    agreement = Agreement(partnership=partnership, number=last + 1, **fields)
    agreement.full_clean()
    agreement.save()
    return agreement


@transaction.atomic
def change_agreement_text(
    *,
    version: AgreementVersion,
    text: str,
    by: User,
    change_summary: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    review_on: date | None = None,
) -> AgreementVersion:
    """Change the wording or dates of a freely written version.

    A changed text makes every signature and request void, and the version a draft again (R-A3).
    Raises AgreementRefusedError once it is in force or past and for one written clause by clause, ValidationError for
    dates in the wrong order.
    """
    locked = changeable(version)
    if locked.is_composed:
        raise AgreementRefusedError(_("This version is written clause by clause. Change its clauses."))
    before, text_changed = locked.state, locked.text != text
    voided = void_signatures(locked) if text_changed and before in SIGNING else 0
    locked.text, locked.change_summary = text, change_summary
    locked.valid_from, locked.valid_to, locked.review_on = valid_from, valid_to, review_on
    locked.full_clean()
    locked.save()
    changes = {"state": [before, locked.state], "text_changed": text_changed, "signatures_voided": voided}
    record("agreement.changed", locked, by=by, scope_id=locked.agreement.partnership.scope_id, changes=changes)
    return locked


@transaction.atomic
def change_agreement_terms(*, version: AgreementVersion, by: User, **terms: Any) -> AgreementVersion:
    """Change what stands beside the text: kind and facts of the agreement, dates, renewal, notice, quorum, methods.

    When the text of a version being signed says something else then, all its signatures are void (R-A3). Raises
    AgreementRefusedError once it is in force or past, ValidationError, among others for languages that do not fit.
    """
    locked = changeable(version)
    agreement = Agreement.objects.select_for_update().get(pk=locked.agreement_id)
    locked.agreement = agreement
    changes = changed_fields(agreement, {name: terms[name] for name in OF_AGREEMENT if name in terms})
    changes |= changed_fields(locked, {name: terms[name] for name in OF_VERSION if name in terms})
    for record_, names in ((agreement, OF_AGREEMENT), (locked, OF_VERSION)):
        for name in names:
            if name in terms:
                setattr(record_, name, terms[name])
    _check_languages(locked)
    agreement.full_clean()
    agreement.save()
    locked.full_clean()
    locked.save()
    settle_text(locked)
    # Texts of people stand in the summary only.
    changes.pop("change_summary", None)
    record("agreement.changed", locked, by=by, scope_id=agreement.partnership.scope_id, changes=changes)
    return locked


@transaction.atomic
def share_agreement_for_review(*, version: AgreementVersion, by: User) -> AgreementVersion:
    """Let the partners read a draft and remark on it, and mail a link to those who may commit.

    Raises AgreementRefusedError for what is not a draft.
    """
    locked = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    if locked.state not in DRAFT:
        raise AgreementRefusedError(_("This version is not a draft."))
    locked.state = State.PARTNER_REVIEW
    locked.save(update_fields=["state"])
    record("agreement.shared", locked, by=by, scope_id=locked.agreement.partnership.scope_id)
    mail_review_links(version=locked, by=by)
    return locked


@transaction.atomic
def draft_next_version(*, version: AgreementVersion, by: User, change_summary: str = "") -> AgreementVersion:
    """A new draft with text and annexes of an old version; the one in force stays so until this one takes its place.

    Its last day and its review are those of the old version while they are still to come.

    Raises AgreementRefusedError while another version is being written or signed.
    """
    agreement = Agreement.objects.select_for_update().get(pk=version.agreement_id)
    versions = AgreementVersion.objects.filter(agreement=agreement)
    if versions.filter(state__in=[*DRAFT, *SIGNING]).exists():
        raise AgreementRefusedError(_("Another version is being written or signed. Finish that one first."))
    last = versions.aggregate(last=Max("number"))["last"] or 0
    today = timezone.localdate()
    to_come = {name: day for name in ("valid_to", "review_on") if (day := getattr(version, name)) and day > today}
    draft = AgreementVersion.objects.create(
        agreement=agreement,
        number=last + 1,
        based_on=version,
        text="" if version.is_composed else version.text,
        change_summary=change_summary,
        **{name: getattr(version, name) for name in TAKEN_OVER},
        **to_come,
    )
    clauses = AgreementClause.objects.filter(version=version).order_by("position", "id")
    AgreementClause.objects.bulk_create(_copy(clause, draft) for clause in clauses)
    AgreementAnnex.objects.bulk_create(
        AgreementAnnex(version=draft, position=one.position, title=one.title, file_id=one.file_id)
        for one in AgreementAnnex.objects.filter(version=version).order_by("position", "id")
    )
    changes = {"from_version": version.number}
    record("agreement.drafted", draft, by=by, scope_id=agreement.partnership.scope_id, changes=changes)
    return draft


def _check_languages(version: AgreementVersion) -> None:
    problems = language_problems(
        language=version.language,
        second_language=version.second_language,
        prevailing_language=version.prevailing_language,
    )
    if version.second_language and not version.is_composed:
        problems["second_language"] = _("Only a text written clause by clause can have a second language.")
    if problems:
        raise ValidationError(problems)


def _copy(clause: AgreementClause, draft: AgreementVersion) -> AgreementClause:
    names = ("code", "position", "title", "body", "second_title", "second_body", "is_on")
    return AgreementClause(version=draft, **{name: getattr(clause, name) for name in names})


def changeable(version: AgreementVersion) -> AgreementVersion:
    """The version locked for a change of what it says; raises AgreementRefusedError once it is in force or past."""
    # The agreement first, as when an answer is given: one order of locks, no deadlock.
    Agreement.objects.select_for_update().get(pk=version.agreement_id)
    locked = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    if not (verdict := can_change_text(state=locked.state)):
        raise AgreementRefusedError(str(verdict.reason))
    return locked


def settle_text(locked: AgreementVersion) -> int:
    """After a change: void the signatures of a version whose text became another one (R-A3); returns how many.

    ``locked`` stands for a version locked in this transaction.
    """
    if locked.state not in SIGNING or text_today(locked) == text_of(locked):
        return 0
    voided = void_signatures(locked)
    locked.save(update_fields=["state", "text", "text_sha256", "annexed", "text_before", "pdf"])
    return voided


def void_signatures(locked: AgreementVersion) -> int:
    """Make every signature and request void and the version a draft again (R-A3); not saved here. Returns how many.

    Who had accepted is told by mail; the wording they accepted is kept as ``text_before``. Signatures carried over from
    another version still stand there, and nobody is told of them here. Called while the version says what was signed.
    """
    rows = Signature.objects.filter(version=locked).exclude(state=Signature.State.VOID)
    live = list(rows.select_for_update(of=("self",)).select_related("member__organisation").order_by("id"))
    given = [one for one in live if one.state == Signature.State.SIGNED and one.carried_from_id is None]
    if given:
        locked.text_before = text_of(locked)
    locked.state, locked.text_sha256, locked.annexed, locked.pdf = State.DRAFTING, "", "", None
    if locked.is_composed:
        locked.text = ""
    for signature in live:
        revoke_links_to(signature.pk, purpose=SIGNATURE_LINK)
    for signature in given:
        mail_signature_void(signature=signature)
    return rows.update(state=Signature.State.VOID)
