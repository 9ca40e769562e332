import io

import openpyxl
import pytest

from core.models import AuditEvent
from core.tabular.errors import EmptyTableError
from core.tabular.reading import open_table
from core.tenancy.context import tenant_scope
from stakeholders.models import Stakeholder
from stakeholders.operations.stakeholder_import import ImportRefusedError, import_stakeholders
from stakeholders.queries.stakeholder import ids_found
from stakeholders.rules.import_fields import ColumnMapping, guess_columns
from tests.factories.stakeholders import TAX_CODES, make_stakeholder, table_of

ROWS = [f"{TAX_CODES[0]},CORO ALPINO,BORGO", f"{TAX_CODES[1]},Banda,Colle", ",Comitato Via Roma,Borgo"]


def run(*rows, table=None, header="Codice fiscale,Denominazione,Comune", **options):
    with table or table_of(*rows, header=header) as opened:
        return import_stakeholders(
            table=opened, mapping=ColumnMapping(guess_columns(opened.header)), by=None, **options
        )


def names():
    return list(Stakeholder.objects.order_by("sort_name").values_list("name", flat=True))


def test_every_row_is_added_with_one_audit_event_and_can_be_found(space):
    outcome = run(*ROWS, source="enti.csv")
    assert (outcome.row_count, outcome.added_count, outcome.known_count, outcome.error_count) == (3, 3, 0, 0)
    assert names() == ["Banda", "Comitato Via Roma", "CORO ALPINO"]
    stored = Stakeholder.objects.get(name="CORO ALPINO")
    assert (stored.status, stored.visibility, stored.source, stored.tenant_id) == (
        "identified",
        1,
        "enti.csv",
        space.pk,
    )
    assert ids_found(["coro", "borgo"]) == [stored.pk]
    assert AuditEvent.objects.get(verb="stakeholders.imported").changes == {"added": 3, "known": 0, "left_out": 0}


def test_stored_row_is_the_same_as_one_added_by_hand(space):
    by_hand = make_stakeholder("CORO ALPINO", place="BORGO", tax_code=TAX_CODES[0], source="enti.csv")
    fields = [
        field.attname
        for field in Stakeholder._meta.concrete_fields
        if field.name not in {"id", "created_at", "updated_at"}
    ]
    expected = {name: getattr(by_hand, name) for name in fields}
    Stakeholder.objects.all().delete()
    run(ROWS[0], source="enti.csv")
    assert Stakeholder.objects.values(*fields).get() == expected


def test_same_file_twice_adds_nothing(space):
    run(*ROWS)
    again = run(*ROWS)
    assert (again.added_count, again.known_count) == (0, 3)
    assert Stakeholder.objects.count() == 3


def test_what_the_register_has_stays_as_it_is(space):
    known = make_stakeholder("Our Choir", tax_code=TAX_CODES[0], phone="123")
    assert run(ROWS[0]).known_count == 1
    known.refresh_from_db()
    assert (known.name, known.phone) == ("Our Choir", "123")


@pytest.mark.parametrize(
    ("row", "added"),
    [
        (",coro  ALPINO,Forlì", 0),
        (",Coro-Alpino,FORLI", 0),
        (f"{TAX_CODES[0]},Coro Alpino,Forlì", 0),
        (",Coro Alpino,Colle", 1),
        (",Coro Alpino,", 1),
    ],
)
def test_row_without_tax_code_is_known_by_masked_name_and_place(space, row, added):
    make_stakeholder("Coro Alpino", place="Forlì")
    assert run(row).added_count == added


def test_same_name_and_place_with_two_tax_codes_are_two_bodies(space):
    make_stakeholder("Coro", place="Borgo", tax_code=TAX_CODES[0])
    assert run(f"{TAX_CODES[1]},Coro,Borgo").added_count == 1


def test_row_twice_in_one_file_is_added_once(space):
    outcome = run(ROWS[0], ROWS[0], ",Orti,Borgo", ",ORTI,borgo", ",Banda,Colle", ROWS[1])
    assert (outcome.row_count, outcome.added_count, outcome.known_count) == (6, 3, 3)
    assert Stakeholder.objects.get(name="Banda").tax_code == TAX_CODES[1]
    assert run(ROWS[0], ROWS[0], ",Orti,Borgo", ",ORTI,borgo", ",Banda,Colle", ROWS[1]).added_count == 0


def test_neighbours_stakeholder_makes_no_row_known(canary, space):
    outcome = run(f"{TAX_CODES[4]},Canarino Circolo Aurora,Borgo")
    assert (outcome.added_count, outcome.known_count) == (1, 0)
    with_neighbour = canary.tenant_id
    assert Stakeholder.objects.get().tenant_id != with_neighbour


def test_column_that_names_a_tenant_changes_nothing(canary, space):
    outcome = run(f"Coro,Borgo,{canary.tenant_id},{canary.pk}", header="Nome,Comune,tenant_id,id")
    assert outcome.added_count == 1
    stored = Stakeholder.objects.get()
    assert (stored.tenant_id, stored.pk == canary.pk) == (space.pk, False)


def test_one_bad_row_keeps_all_out_and_names_row_column_and_reason(space):
    with pytest.raises(ImportRefusedError) as refusal:
        run(*ROWS, "90000110801,Bad,Borgo")
    (error,) = refusal.value.outcome.errors
    assert (error.number, error.column) == (5, "Codice fiscale")
    assert "check digit" in str(error.reason)
    assert not Stakeholder.objects.exists()
    assert not AuditEvent.objects.filter(verb="stakeholders.imported").exists()


def test_good_rows_are_taken_when_somebody_says_to_leave_bad_ones_out(space):
    outcome = run(*ROWS, "90000110801,Bad,Borgo", "x", skip_bad_rows=True)
    assert (outcome.row_count, outcome.added_count, outcome.bad_row_count, outcome.error_count) == (5, 3, 2, 2)
    assert AuditEvent.objects.get(verb="stakeholders.imported").changes["left_out"] == 2


def test_row_with_a_separator_too_many_is_reported_and_never_shifted(space):
    with pytest.raises(ImportRefusedError) as refusal:
        run(ROWS[0], f"{TAX_CODES[1]},Banda, of Colle,Colle")
    assert refusal.value.outcome.errors[0].number == 3


def test_one_tax_code_under_two_names_is_an_error_that_names_both_rows(space):
    with pytest.raises(ImportRefusedError) as refusal:
        run(ROWS[0], f"{TAX_CODES[0]},Another Choir,Borgo")
    (error,) = refusal.value.outcome.errors
    assert error.number == 3
    assert str(error.reason) == f"Row 2 has the same tax code {TAX_CODES[0]} under another name."
    assert run(ROWS[0], f"{TAX_CODES[0]},Another Choir,Borgo", skip_bad_rows=True).added_count == 1


def test_dry_run_tells_the_same_and_stores_nothing(space):
    make_stakeholder("Banda", tax_code=TAX_CODES[1])
    outcome = run(*ROWS, "x", dry_run=True)
    assert (outcome.added_count, outcome.known_count, outcome.error_count) == (2, 1, 1)
    assert names() == ["Banda"]


def test_lost_zero_is_put_back_and_counted(space):
    assert run("2000330205,Orti,Borgo").mended_count == 1
    assert Stakeholder.objects.get().tax_code == "02000330205"


def test_header_without_rows_is_refused(space):
    with pytest.raises(EmptyTableError):
        run()


def test_work_that_dies_half_way_leaves_nothing(space):
    def die(done, total):
        if done > 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        run(*ROWS, on_progress=die)
    assert not Stakeholder.objects.exists()
    assert run(*ROWS).added_count == 3


def test_progress_goes_from_reading_to_the_end(space):
    told = []
    run(*ROWS, on_progress=lambda done, total: told.append((done, total)), expected_rows=3)
    assert told == [(3, 6), (6, 6)]


@pytest.mark.parametrize(
    ("encoding", "delimiter", "mark"),
    [("utf-8", ";", b"\xef\xbb\xbf"), ("cp1252", ";", b""), ("utf-16", "\t", b""), ("utf-8", ";", b"sep=;\n")],
)
def test_file_is_read_as_programs_write_it(space, encoding, delimiter, mark):
    lines = ["Denominazione|Città|Importo|Note", "Università|Forlì|1.234,56|1.234,56 €", "Sci club|Alà|5,00|'tuttò'"]
    content = mark + "\r\n".join(lines).replace("|", delimiter).encode(encoding)
    outcome = run(table=open_table(content, filename="enti.csv"))
    assert outcome.added_count == 2
    stored = Stakeholder.objects.get(name="Università")
    assert (stored.place, stored.description) == ("Forlì", "1.234,56 €")


def test_workbook_is_read_with_its_numbers_that_were_codes(space):
    book = openpyxl.Workbook()
    book.active.append(["Codice fiscale", "Denominazione", "Comune"])
    book.active.append([90000110800, "Coro", "Borgo"])
    book.active.append([2000330205, "Orti", "Borgo"])
    book.active.append(["'80000440158", "Banda", "Borgo"])
    content = io.BytesIO()
    book.save(content)
    outcome = run(table=open_table(content.getvalue(), filename="enti.xlsx"))
    assert (outcome.added_count, outcome.mended_count) == (3, 1)
    assert set(Stakeholder.objects.values_list("tax_code", flat=True)) == {"90000110800", "02000330205", "80000440158"}


def test_two_tenants_take_the_same_file_each_for_itself(neighbour):
    from tests.factories.core import make_space

    for tenant in (neighbour, make_space("colle", "Colle")):
        with tenant_scope(tenant.pk):
            assert run(*ROWS).added_count == 3


def test_errors_beyond_a_thousand_are_counted_and_not_listed(space):
    with pytest.raises(ImportRefusedError) as refusal:
        run(*(f"1,Bad {number},Borgo" for number in range(1_200)))
    assert refusal.value.outcome.error_count == 1_200
    assert len(refusal.value.outcome.errors) == 1_000
