"""What partnerships itself knows for the gaps of an agreement's clauses."""

from collections.abc import Collection
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnerships.clauses.slots import TextSlot, register_text_slot
from partnerships.models import AgreementVersion, DecisionSubject, Partnership
from partnerships.queries.member import active_members
from partnerships.rules.clause import one_line
from partnerships.rules.decision import in_order

Renewal = AgreementVersion.Renewal
RHYTHMS = Partnership.Rhythm
AFTERWARDS = {
    Renewal.NONE: "",
    Renewal.TACIT: gettext_lazy("It goes on for another year each time unless a party says no in writing before."),
    Renewal.BY_DECISION: gettext_lazy("It may be renewed when all parties say so in writing."),
}


def register_own() -> None:
    """The slots this app fills."""
    for slot in (
        TextSlot("name", gettext_lazy("name"), lambda version, _language: one_line(_here(version).name)),
        TextSlot("purpose", gettext_lazy("purpose"), lambda version, _language: one_line(_here(version).purpose)),
        TextSlot("territory", gettext_lazy("territory"), lambda version, _language: one_line(_here(version).territory)),
        TextSlot("parties", gettext_lazy("parties"), _parties),
        TextSlot("roles", gettext_lazy("who does what"), roles_of_members),
        TextSlot("goals", gettext_lazy("goals"), _nothing),
        TextSlot("contributions", gettext_lazy("what each brings"), _nothing),
        TextSlot("deciding", gettext_lazy("how decisions are taken"), _deciding),
        TextSlot("coordination", gettext_lazy("who coordinates"), _coordination),
        TextSlot("rhythm", gettext_lazy("how often"), _rhythm),
        TextSlot("review", gettext_lazy("when"), _review),
        TextSlot("notice", gettext_lazy("period of notice"), _notice),
        TextSlot("duration", gettext_lazy("from when until when"), _duration),
    ):
        register_text_slot(slot)


def _here(version: AgreementVersion) -> Partnership:
    partnership: Partnership = version.agreement.partnership
    return partnership


def _nothing(_version: AgreementVersion, _language: str) -> str:
    return ""


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _parties(version: AgreementVersion, _language: str) -> str:
    return "\n".join(f"- {one_line(member.organisation.name)}" for member in active_members(_here(version)))


def roles_of_members(version: AgreementVersion, _language: str) -> str:
    """What each member's part is called, a line each."""
    members = active_members(_here(version)).exclude(role="")
    return "\n".join(f"- **{one_line(member.organisation.name)}**: {one_line(member.role)}" for member in members)


def _labels(methods: Collection[str]) -> str:
    return "; ".join(str(method.label) for method in in_order(methods))


def _deciding(version: AgreementVersion, _language: str) -> str:
    sentences = []
    if version.decision_methods:
        sentences.append(_("Decisions are taken so: %(methods)s.") % {"methods": _labels(version.decision_methods)})
    for subject in DecisionSubject:
        if named := version.methods_by_subject.get(subject):
            words = {"subject": subject.label, "methods": _labels(named)}
            sentences.append(_("About “%(subject)s”: %(methods)s.") % words)
    if version.quorum_percent:
        share = {"share": version.quorum_percent}
        sentences.append(_("At least %(share)s%% of the parties must be there; otherwise it is only advice.") % share)
    return " ".join([*sentences, *_adopting(version)])


def _adopting(version: AgreementVersion) -> list[str]:
    """What adopting a goal asks, as far as this version says something of its own."""
    sentences = []
    if days := version.endorsement_days:
        words = ngettext(
            "Before a goal is adopted the parties have %(days)s working day to say where they stand.",
            "Before a goal is adopted the parties have %(days)s working days to say where they stand.",
            days,
        )
        sentences.append(words % {"days": days})
    if version.endorsement_percent:
        share = {"share": version.endorsement_percent}
        sentences.append(
            _("At least %(share)s%% of them must be able to live with it; silence does not count.") % share
        )
    if version.endorsement_voices:
        words = ngettext(
            "At least %(voices)s voice of the people affected must be among them.",
            "At least %(voices)s voices of the people affected must be among them.",
            version.endorsement_voices,
        )
        sentences.append(words % {"voices": version.endorsement_voices})
    return sentences


def _coordination(version: AgreementVersion, _language: str) -> str:
    people = [str(person) for person in (_here(version).coordinator, _here(version).deputy) if person]
    if len(people) > 1:
        return _("%(coordinator)s, with %(deputy)s standing in") % {"coordinator": people[0], "deputy": people[1]}
    return people[0] if people else ""


def _rhythm(version: AgreementVersion, _language: str) -> str:
    rhythm = RHYTHMS(_here(version).rhythm)
    words = str(rhythm.label) if rhythm else ""
    return words[:1].lower() + words[1:]


def _review(version: AgreementVersion, _language: str) -> str:
    if version.review_on is None:
        return _("every year")
    return _("by %(day)s, and then every year") % {"day": _day(version.review_on)}


def _notice(version: AgreementVersion, _language: str) -> str:
    if not version.notice_days:
        return ""
    words = ngettext("%(days)s day's notice", "%(days)s days' notice", version.notice_days)
    return words % {"days": version.notice_days}


def _duration(version: AgreementVersion, _language: str) -> str:
    if version.valid_to is None:
        return ""
    ends = {"end": _day(version.valid_to)}
    if version.valid_from:
        sentence = _("This agreement holds from %(start)s to %(end)s.") % {**ends, "start": _day(version.valid_from)}
    else:
        sentence = _("This agreement holds from the last signature to %(end)s.") % ends
    return f"{sentence} {AFTERWARDS[Renewal(version.renewal)]}".strip()
