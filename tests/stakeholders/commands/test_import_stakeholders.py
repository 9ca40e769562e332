import io
import json

import pytest
from django.core.management import CommandError, call_command

from core.tenancy.context import tenant_scope
from stakeholders.models import Stakeholder
from tests.factories.stakeholders import TAX_CODES, csv_of

GOOD = [f"{TAX_CODES[0]},Coro,Borgo", f"{TAX_CODES[1]},Banda,Colle"]
BAD = "90000110801,Bad,Borgo"


@pytest.fixture
def bring(neighbour, tmp_path):
    """Runs the command on a file and gives exit code, answer and complaints."""

    def run(*rows, options=(), header="Codice fiscale,Denominazione,Comune"):
        path = tmp_path / "enti.csv"
        path.write_bytes(csv_of(*rows, header=header))
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("import_stakeholders", str(path), *options, tenant=neighbour.slug, stdout=out, stderr=err)
        except SystemExit as stop:
            return stop.code, out.getvalue(), err.getvalue()
        except CommandError as error:
            return error.returncode, out.getvalue(), str(error)
        return 0, out.getvalue(), err.getvalue()

    return run


def stored(tenant):
    with tenant_scope(tenant.pk):
        return set(Stakeholder.objects.values_list("name", flat=True))


def test_file_is_imported_and_told_as_json(neighbour, bring):
    code, out, _err = bring(*GOOD, options=["--json"])
    assert code == 0
    told = json.loads(out)
    assert (told["added"], told["known"], told["stored"], told["errors"]) == (2, 0, True, [])
    assert json.loads(bring(*GOOD, options=["--json"])[1])["known"] == 2
    assert stored(neighbour) == {"Coro", "Banda"}


def test_bad_row_is_named_and_nothing_is_imported(neighbour, bring):
    code, _out, err = bring(*GOOD, BAD)
    assert code == 1
    assert "Row 4, column Codice fiscale" in err
    assert "check digit" in err
    assert stored(neighbour) == set()


def test_bad_rows_are_left_out_on_purpose(neighbour, bring):
    code, out, _err = bring(*GOOD, BAD, options=["--skip-bad-rows", "--json"])
    assert (code, json.loads(out)["left_out"]) == (0, 1)
    assert stored(neighbour) == {"Coro", "Banda"}


def test_dry_run_stores_nothing_and_says_what_it_would(neighbour, bring):
    code, out, _err = bring(*GOOD, options=["--dry-run", "--json"])
    assert (code, json.loads(out)["would_add"], json.loads(out)["added"]) == (0, 2, 0)
    assert bring(*GOOD, BAD, options=["--dry-run"])[0] == 1
    assert stored(neighbour) == set()


def test_columns_are_named_over_the_guess(neighbour, bring):
    options = ["--map", "Chi=name", "--map", "Codice fiscale=", "--default", "kind=group"]
    assert bring("1,Coro,Borgo", header="Codice fiscale,Chi,Comune", options=options)[0] == 0
    with tenant_scope(neighbour.pk):
        assert Stakeholder.objects.values_list("name", "kind", "tax_code").get() == ("Coro", "group", "")


@pytest.mark.parametrize(
    "options", [["--map", "Nowhere=name"], ["--map", "Comune=colour"], ["--map", "x"], ["--default", "kind=alien"]]
)
def test_mapping_that_cannot_be_followed_ends_with_2(bring, options):
    assert bring(*GOOD, options=options)[0] == 2


def test_unknown_space_ends_with_2(db, tmp_path):
    with pytest.raises(CommandError) as refusal:
        call_command("import_stakeholders", str(tmp_path / "a.csv"), tenant="nowhere")
    assert refusal.value.returncode == 2


def test_file_that_cannot_be_read_ends_with_3(neighbour, bring, tmp_path):
    assert bring()[0] == 3
    with pytest.raises(CommandError) as refusal:
        call_command("import_stakeholders", str(tmp_path / "absent.csv"), tenant=neighbour.slug)
    assert refusal.value.returncode == 3
