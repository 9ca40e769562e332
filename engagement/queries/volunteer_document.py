"""What of volunteering is carried away: certificates, and the register as a table."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.tabular.writing import Writable
from engagement.models import Volunteer, VolunteerCertificate
from engagement.queries.volunteer import volunteer_register_of
from partnerships.models import Partnership


@dataclass(frozen=True)
class RegisterTable:
    """The register with a heading for each column; the rows are read once, as they come."""

    name: str
    header: tuple[str, ...]
    rows: Iterator[tuple[Writable, ...]]


def certificates_of(volunteer: Volunteer) -> QuerySet[VolunteerCertificate]:
    """What was certified to somebody, the newest first."""
    return volunteer.certificates.select_related("pdf").order_by("-issued_on", "-id")


def table_of_register(partnership: Partnership) -> RegisterTable:
    """The register of a partnership's hosts, line by line (domain 12.6)."""
    header = (
        _("Organisation"), _("Number"), _("Name"), _("Tax code"), _("Place and date of birth"), _("Residence"),
        _("Occasional"), _("Begins on"), _("Ended on"),
    )  # fmt: skip
    rows = (
        (
            one.host.organisation.name, one.number, one.name, one.tax_code, one.born, one.residence,
            _("yes") if one.is_occasional else "", one.starts_on, one.ends_on,
        )
        for one in volunteer_register_of(partnership)
    )  # fmt: skip
    return RegisterTable(_("Register of volunteers"), header, rows)
