"""Keeping other people out of what is handed to one (PRI-08)."""

from typing import Any

from django.utils.translation import gettext as _

from core.models import Membership, User
from core.tenancy.context import current_tenant_id
from stakeholders.models import Stakeholder
from stakeholders.personal_data.subject import Subject
from stakeholders.rules.naming import SECRET_LINK, Naming, address_spans, cut_out, name_keys


class Masker:
    """Takes names and addresses of everybody else out of texts; loaded once for an export."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        people = Stakeholder.objects.filter(kind=Stakeholder.Kind.PERSON).exclude(pk__in=subject.ids)
        members = Membership.objects.filter(tenant_id=current_tenant_id())
        accounts = User.objects.filter(memberships__in=members)
        if subject.user:
            accounts = accounts.exclude(pk=subject.user.pk)
        names = [
            *people.order_by("id").values_list("name", flat=True),
            *accounts.order_by("id").values_list("name", flat=True),
        ]
        self._others = Naming(name_keys(names) - subject.naming.keys)
        self._own = subject.addresses | subject.shared

    def hide(self, value: Any) -> Any:
        """A value with everybody else taken out of its texts, however deep."""
        if isinstance(value, str):
            # A link that signs or answers for somebody still works in other hands.
            text = SECRET_LINK.sub(_("a link"), value)
            text = self._others.replaced(text, self.somebody)
            return cut_out(text, address_spans(text, but=self._own), self.somebody)
        if isinstance(value, dict):
            return {self.hide(key): self.hide(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.hide(inner) for inner in value]
        return value

    def named(self, record: Any) -> str:
        """What a record is called to the person: another person is not told."""
        if record is None:
            return ""
        if isinstance(record, User):
            mine = self.subject.user is not None and record.pk == self.subject.user.pk
            return _("you") if mine else self.somebody
        if isinstance(record, Stakeholder) and record.kind == Stakeholder.Kind.PERSON:
            return _("you") if record.pk in self.subject.ids else self.somebody
        return str(self.hide(str(record)))

    @property
    def somebody(self) -> str:
        """What stands in the place of another person."""
        return _("another person")
