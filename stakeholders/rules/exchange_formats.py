"""What each format reads, writes and cannot hold: said once, for the export page and for docs/exchange.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class ExchangeFormat:
    """A format: its code in addresses, its name, what comes in, what goes out, what it has no place for."""

    code: str
    name: StrPromise
    used_for: StrPromise
    reads: tuple[StrPromise, ...]
    writes: tuple[StrPromise, ...]
    cannot_hold: tuple[StrPromise, ...]


_TABLE_READS = (
    _("Name, or first and family name; kind, sector, exact form, tax code, VAT number"),
    _("Town, province, region, postal address, e-mail, phone, website, a second e-mail and phone"),
    _("Language, description, other names, tags"),
    _("The organisation a person belongs to and the role there, or the contact person of an organisation"),
    _("The places it works in, where we know it from, why we may write to it, whether it asked not to be contacted"),
    _("Who may see each record: followed only when you tick it at the check"),
)
_TABLE_WRITES = (
    _("Name, other names, kind, sector, exact form, tax code, VAT number"),
    _("Town, province, region, the places it works in, languages"),
    _("E-mail, phone, website, where we are with it, where we know it from, why we may write to it"),
    _("Who may see each record; the name of the file carries the beginning of its SHA-256"),
)
_TABLE_CANNOT = (
    _("Who works where: the table has a row for each stakeholder"),
    _("More contacts, register numbers, tags, talks, assessments"),
)
FORMATS = (
    ExchangeFormat(
        "csv",
        _("Table (CSV)"),
        _("Spreadsheets, and address books of Google, Outlook and Thunderbird on the way in."),
        _TABLE_READS,
        _TABLE_WRITES,
        _TABLE_CANNOT,
    ),
    ExchangeFormat(
        "xlsx",
        _("Table (Excel)"),
        _("The same as CSV, as a workbook."),
        _TABLE_READS,
        _TABLE_WRITES,
        _TABLE_CANNOT,
    ),
    ExchangeFormat(
        "vcf",
        _("Contact cards (vCard)"),
        _("Phones and address books. Versions 2.1, 3.0 and 4.0 come in, 4.0 goes out."),
        (
            _("Name, other names, kind of card, organisation and role"),
            _("All e-mail addresses, phones, websites and postal addresses; town, province or region of the first"),
            _("Note, languages, categories as tags"),
            _("Who may see it and whether it asked not to be contacted, from cards of a space like this"),
        ),
        (
            _("Name, other names, kind, organisation and role"),
            _("All e-mail addresses, phones, websites and addresses, unless it asked not to be contacted"),
            _("Description, languages, tags"),
            _("Who may see it and whether it asked not to be contacted, in lines other programs pass over"),
        ),
        (
            _("Sector, exact form, tax code, VAT number and register numbers"),
            _("What it wants, where we are with it, why we may write to it, talks, assessments"),
            _("Departments, birthdays and pictures of cards are passed over"),
        ),
    ),
    ExchangeFormat(
        "json",
        _("Open Referral directory (HSDS 3)"),
        _("Directories of services and organisations. People only stand in it as contacts of an organisation."),
        (
            _("Name, one other name, description, legal status as exact form"),
            _("E-mail, website, phones, the addresses of its locations"),
            _("Register numbers; IT-CF as tax code, IT-PIVA as VAT number"),
            _("Contacts with a name, as people of the organisation"),
            _("Who may see it and whether it asked not to be contacted, from directories of a space like this"),
        ),
        (
            _("Name, one other name, description (the exact form or the name where there is none)"),
            _("E-mail, website, phones and addresses, unless it asked not to be contacted"),
            _("Tax code, VAT number and register numbers"),
            _("People you may see, as contacts with their role"),
            _("Who may see it and whether it asked not to be contacted, as terms of the taxonomy “telaio”"),
        ),
        (
            _("People without an organisation; who may see its people: they come in for the coordination alone"),
            _("Kind, sector, tags, languages, more than one other name, further e-mail addresses and websites"),
            _("What it wants, where we are with it, why we may write to it, talks, assessments"),
            _("Services, programmes, funding and opening hours of a directory are passed over"),
        ),
    ),
)
