from tests.architecture.everything import make_everything, tenant_models


def test_one_row_of_every_tenant_table_can_be_made(space, admin):
    made = make_everything(admin)
    assert set(made) == {model._meta.label for model in tenant_models()}
