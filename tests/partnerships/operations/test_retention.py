"""Who signed is kept ten years after the agreement ended, and not a day longer (R-D6)."""

from datetime import date, timedelta

import pytest

from core.models import StoredFile
from core.operations.file import store_bytes
from core.operations.retention import run_retention
from partnerships.models import AgreementVersion, Signature
from tests.factories.partnerships import make_agreement, make_member, make_partnership, make_person

ENDED = date(2015, 6, 30)
TEN_YEARS = timedelta(days=3653)


@pytest.fixture
def signature(space):
    version = make_agreement(make_partnership())
    AgreementVersion.objects.filter(pk=version.pk).update(state="expired", valid_to=ENDED)
    return Signature.objects.create(
        version=version,
        member=make_member(version.agreement.partnership),
        person=make_person(),
        name="Anna Riva",
        capacity="Chair",
        state="signed",
        hash_signed="0" * 64,
    )


@pytest.mark.parametrize(("days", "name"), [(-1, "Anna Riva"), (0, "")])
def test_name_goes_ten_years_after_the_end(signature, days, name):
    run_retention(today=ENDED + TEN_YEARS + timedelta(days=days))
    signature.refresh_from_db()
    assert signature.name == name
    assert (signature.state, signature.hash_signed) == ("signed", "0" * 64)


def test_name_on_an_agreement_in_force_stays(signature):
    AgreementVersion.objects.update(state="in_force")
    assert run_retention(today=date(2050, 1, 1)).get("agreement") is None


def test_signed_file_goes_with_the_name_unless_a_later_version_needs_it(signature):
    def kept(name):
        return store_bytes(
            content=name.encode(), name=name, content_type="application/pdf", extension=".pdf", purpose="t", by=None
        )

    signature.file, signature.delegation = kept("signed"), kept("delegation")
    signature.save()
    later = make_agreement(signature.version.agreement.partnership)
    Signature.objects.create(version=later, member=signature.member, state="signed", file=signature.file, name="Anna")
    run_retention(today=ENDED + TEN_YEARS)
    signature.refresh_from_db()
    assert (signature.file, signature.delegation) == (None, None)
    assert list(StoredFile.objects.values_list("name", flat=True)) == ["signed"]
