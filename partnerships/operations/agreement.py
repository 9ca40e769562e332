"""Writing agreements: drafts, their wording, new versions."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from core.operations.link import revoke_links_to
from partnerships.models import Agreement, AgreementVersion, Partnership, Signature
from partnerships.rules.agreement import DRAFT, SIGNING, can_change_text

State = AgreementVersion.State
SIGNATURE_LINK = "signature"


class AgreementRefusedError(Exception):
    """The agreement does not allow this in its present state; the message says why."""


@transaction.atomic
def draft_agreement(
    *, partnership: Partnership, title: str, text: str, language: str, by: User | None
) -> AgreementVersion:
    """A new agreement with its first version as a draft. Raises ValidationError."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    last = Agreement.objects.filter(partnership=partnership).aggregate(last=Max("number"))["last"] or 0
    agreement = Agreement(partnership=partnership, number=last + 1, title=title)
    agreement.full_clean()
    agreement.save()
    version = AgreementVersion(agreement=agreement, number=1, text=text, language=language)
    version.full_clean()
    version.save()
    record("agreement.drafted", version, by=by, scope_id=partnership.scope_id)
    return version


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
    """Change wording or dates of a version.

    A changed text makes every signature and request void, and the version a draft again (R-A3).
    Raises AgreementRefusedError once it is in force or past, ValidationError for dates in the wrong order.
    """
    locked = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    if not (verdict := can_change_text(state=locked.state)):
        raise AgreementRefusedError(str(verdict.reason))
    before, text_changed = locked.state, locked.text != text
    locked.text, locked.change_summary = text, change_summary
    locked.valid_from, locked.valid_to, locked.review_on = valid_from, valid_to, review_on
    voided = _void_signatures(locked) if text_changed and before in SIGNING else 0
    if text_changed and before in SIGNING:
        locked.state, locked.text_sha256 = State.DRAFTING, ""
    locked.full_clean()
    locked.save()
    changes = {"state": [before, locked.state], "text_changed": text_changed, "signatures_voided": voided}
    record("agreement.changed", locked, by=by, scope_id=locked.agreement.partnership.scope_id, changes=changes)
    return locked


@transaction.atomic
def share_agreement_for_review(*, version: AgreementVersion, by: User) -> AgreementVersion:
    """Let the partners read a draft. Raises AgreementRefusedError for what is not a draft."""
    locked = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    if locked.state not in DRAFT:
        raise AgreementRefusedError(_("This version is not a draft."))
    locked.state = State.PARTNER_REVIEW
    locked.save(update_fields=["state"])
    record("agreement.shared", locked, by=by, scope_id=locked.agreement.partnership.scope_id)
    return locked


@transaction.atomic
def draft_next_version(*, version: AgreementVersion, by: User, change_summary: str = "") -> AgreementVersion:
    """A new draft with the text of an old version; the one in force stays so until this one takes its place.

    Raises AgreementRefusedError while another version is being written or signed.
    """
    agreement = Agreement.objects.select_for_update().get(pk=version.agreement_id)
    versions = AgreementVersion.objects.filter(agreement=agreement)
    if versions.filter(state__in=[*DRAFT, *SIGNING]).exists():
        raise AgreementRefusedError(_("Another version is being written or signed. Finish that one first."))
    last = versions.aggregate(last=Max("number"))["last"] or 0
    draft = AgreementVersion.objects.create(
        agreement=agreement,
        number=last + 1,
        text=version.text,
        language=version.language,
        change_summary=change_summary,
    )
    changes = {"from_version": version.number}
    record("agreement.drafted", draft, by=by, scope_id=agreement.partnership.scope_id, changes=changes)
    return draft


def _void_signatures(version: AgreementVersion) -> int:
    live = Signature.objects.select_for_update().filter(version=version).exclude(state=Signature.State.VOID)
    for signature in live:
        revoke_links_to(signature.pk, purpose=SIGNATURE_LINK)
    return live.update(state=Signature.State.VOID)
