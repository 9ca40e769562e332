"""What may leak: a stakeholder of the neighbour, public and with words everybody searches for."""

import pytest

from core.access.visibility import Visibility
from core.tenancy.context import tenant_scope
from stakeholders.operations.import_steps import begin_import
from tests.factories.stakeholders import TAX_CODES, make_stakeholder, upload_of


@pytest.fixture
def canary(neighbour):
    """Ask for it before ``space``, which enters another tenant."""
    with tenant_scope(neighbour.pk):
        return make_stakeholder(
            "Canarino Circolo Aurora", place="Borgo", tax_code=TAX_CODES[4], visibility=Visibility.PUBLIC
        )


@pytest.fixture
def foreign_import(neighbour):
    """An import of the neighbour; ask for it before ``space``."""
    with tenant_scope(neighbour.pk):
        return begin_import(upload=upload_of(f"{TAX_CODES[4]},Canarino,Borgo"), by=None)
