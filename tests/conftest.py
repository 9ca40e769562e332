"""A tenant and its neighbour, one person per role, and clients. The tests work as the app role, like the product."""

import contextvars
import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as generating

REPOSITORY = Path(__file__).resolve().parent.parent
STANDARDS = Path(os.environ.get("TELAIO_STANDARDS", REPOSITORY.parent / "shared" / "standards"))
# Enough to sign in quickly; the real hasher has a test of its own.
QUICK_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# How long a case takes tells how busy the machine is, nothing about the code.
generating.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
generating.load_profile("busy")


def pytest_configure(config: pytest.Config) -> None:
    """Give the workers of a run one folder for what takes long to load; near the root, as its sockets' names are short."""
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        os.environ["TELAIO_LOADED_DEMO"] = tempfile.mkdtemp(prefix="tl-", dir="/tmp")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove it."""
    if not hasattr(config, "workerinput") and (shared := os.environ.pop("TELAIO_LOADED_DEMO", "")):
        shutil.rmtree(shared, ignore_errors=True)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Tests that share something costly run on one worker."""
    from tests.scheduling import Scheduling

    return Scheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share a demo take it in turn."""
    from tests.scheduling import place_in_line

    items.sort(key=lambda item: place_in_line(item.nodeid))


@pytest.fixture(scope="session", autouse=True)
def _brisk(django_test_environment: None) -> None:
    """Tests read pages, so nobody copies what each template was given; what stands from the start is no garbage."""
    from django.template.base import PartialTemplate, Template

    from core.queries.composed import Composed

    # A statement that is not alike for all who ask alike is an error here, not a line in the log.
    Composed.is_strict, Composed.while_composing = True, staticmethod(_long_ago)
    for kind in (Template, PartialTemplate):
        kind._render = lambda template, context: template.nodelist.render(context)
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@contextmanager
def _long_ago() -> Iterator[None]:
    now, timezone.now = timezone.now, lambda: datetime(1701, 3, 11, tzinfo=UTC)
    try:
        yield
    finally:
        timezone.now = now


def _make_spaces() -> None:
    """The two spaces every test finds as they are here: what a test does in them is rolled back."""
    from django.test import override_settings

    from tests.factories.core import make_space

    with override_settings(PASSWORD_HASHERS=QUICK_HASHERS):
        make_space("borgo", "Borgo Insieme")
        make_space("riverside", "Riverside Together")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """Copy as owner, then work as the app role, and prove it."""
    from django.conf import settings

    from core.tenancy.role import require_app_role
    from tests.database import connect_as, provide_copy, remove_copy

    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    name = f"{settings.DATABASES['default']['TEST']['NAME']}{'_' if worker else ''}{worker}"
    with django_db_blocker.unblock():
        connect_as(settings.OWNER_DATABASE_URL)
        provide_copy(name)
        connect_as(settings.DATABASE_URL)
        require_app_role()
        _make_spaces()
    yield
    with django_db_blocker.unblock():
        remove_copy(name)


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    """No test leaves a file behind or reads another's mail."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.ERASURE_LIST = tmp_path / "erasures.jsonl"
    settings.MAIL_DIR = tmp_path / "mail"
    settings.MAILERS = {
        alias: {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"} for alias in ("default", "bulk")
    }
    settings.PASSWORD_HASHERS = QUICK_HASHERS


class TenantClient(Client):
    """A client whose requests enter the tenant by themselves, whatever tenant the test is in."""

    def _outside_tenant(self, send: Callable[..., Any], request: dict[str, Any]) -> Any:
        from core.tenancy import context

        context._tenant_id.set(None)
        return send(**request)

    def request(self, **request: Any) -> Any:
        from core.tenancy.context import entered_tenant_id, write_database_tenant

        outer = entered_tenant_id()
        if outer is None:
            return super().request(**request)
        write_database_tenant("")
        try:
            return contextvars.copy_context().run(self._outside_tenant, super().request, request)
        finally:
            if not connection.needs_rollback:
                write_database_tenant(str(outer))


@pytest.fixture
def client() -> TenantClient:
    """A browser nobody signed in with."""
    return TenantClient()


@pytest.fixture
def space(neighbour: Any) -> Iterator[Any]:
    """A tenant beside its neighbour, entered for the length of the test."""
    from core.models import Tenant
    from core.queries.tenant import remember_tenant
    from core.tenancy.context import tenant_scope

    # What a test before this one changed in it and took back.
    remember_tenant(None)
    tenant = Tenant.objects.get(slug="borgo")
    with tenant_scope(tenant.pk):
        yield tenant


@pytest.fixture
def neighbour(db: None) -> Any:
    """Another tenant; nothing of it may ever be seen from ``space``."""
    from core.models import Tenant

    return Tenant.objects.get(slug="riverside")


@pytest.fixture
def admin(space: Any) -> Any:
    """The administrator of ``space``."""
    from core.models import User

    return User.objects.get(email="admin@borgo.example")


@pytest.fixture
def coordinator(space: Any) -> Any:
    """A coordinator of the whole of ``space``."""
    from core.access.roles import Role
    from tests.factories.core import make_user

    return make_user("coordinator@borgo.example", "Giulia Ferri", role=Role.COORDINATOR)


@pytest.fixture
def evaluator(space: Any) -> Any:
    """An evaluator of the whole of ``space``."""
    from core.access.roles import Role
    from tests.factories.core import make_user

    return make_user("evaluator@borgo.example", "Marta Conti", role=Role.EVALUATOR)


@pytest.fixture
def signed_in_as() -> Callable[[Any], TenantClient]:
    """A browser in which somebody is signed in."""

    def sign_in(user: Any) -> TenantClient:
        client = TenantClient()
        client.force_login(user, backend="core.web.backend.SignInBackend")
        return client

    return sign_in


@pytest.fixture
def viewer() -> Callable[[Any], Any]:
    """The viewer a person is in the tenant at work."""
    from core.queries.viewer import viewer_for

    return viewer_for


@pytest.fixture
def standards() -> Path:
    """The folder of open standards and real data; tests that read it skip where it is absent."""
    if not STANDARDS.is_dir():
        pytest.skip(f"{STANDARDS} is not here; set TELAIO_STANDARDS")
    return STANDARDS


@pytest.fixture
def without_row_security(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Work as superuser, whom no policy stops: name it before ``space``, so that the test's transaction is theirs."""
    with django_db_blocker.unblock():
        connection.close()
        app_role, connection.settings_dict["USER"] = connection.settings_dict["USER"], "postgres"
    yield
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["USER"] = app_role


@pytest.fixture
def without_app_filters() -> Iterator[None]:
    """Switch the managers' filter off, so that row-level security stands alone (TEN-04)."""
    from core.tenancy.managers import filters_enabled

    token = filters_enabled.set(False)
    yield
    filters_enabled.reset(token)
