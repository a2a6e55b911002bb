"""Settings, read from the environment. Imports nothing of ours but the other settings.

Every secret comes from the environment or from a file that only its owner can read, made in the
data folder at the first start. ``docs/manual/settings.md`` lists the variables.
"""

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from tingsu.settings_locks import *  # noqa: F403
from tingsu.settings_outside import *  # noqa: F403
from tingsu.settings_stores import *  # noqa: F403

PACKAGE = Path(__file__).resolve().parent


def _flag(name: str, *, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "").lower() in {"1", "true", "yes", "on"}


def _names(name: str, default: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


DATA = Path(os.environ.get("TINGSU_DATA", "data")).resolve()
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)


def _secret(variable: str, filename: str) -> str:
    """The secret from the environment, else from a 0600 file made once."""
    if value := os.environ.get(variable):
        return value
    path = DATA / filename
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


SECRET_KEY = _secret("TINGSU_SECRET_KEY", "session.key")
# The first secret encrypts, every one of them decrypts: put a new one in front to rotate.
VAULT_SECRETS = _secret("TINGSU_VAULT_SECRETS", "vault.key").split(",")

ALLOWED_HOSTS = _names("TINGSU_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = _names("TINGSU_ORIGINS", "")
BEHIND_TLS = _flag("TINGSU_TLS")
PUBLIC_URL = os.environ.get("TINGSU_PUBLIC_URL", "").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "csp",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "tingsu.people",
    "tingsu.cases",
    "tingsu.channels",
    "tingsu.followup",
    "tingsu.web",
]

MIDDLEWARE = [
    "tingsu.web.probes.ProbesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "tingsu.web.policy.PolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tingsu.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tingsu.web.door.DoorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "tingsu.urls"
WSGI_APPLICATION = "tingsu.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before the apps: the sign-in pages of allauth appear in our looks.
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "tingsu.web.context.shell",
            ],
        },
    },
]

SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    # FULL: a complaint that was acknowledged survives a power cut, not only a crash.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    "PRAGMA wal_autocheckpoint=8000; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;",
}


def _database() -> dict[str, Any]:
    config: dict[str, Any] = dict(
        dj_database_url.parse(os.environ.get("DATABASE_URL") or f"sqlite:///{DATA / 'tingsu.db'}")
    )
    if config["ENGINE"].endswith("sqlite3"):
        config |= {"ENGINE": "tingsu.sqlite", "OPTIONS": SQLITE, "CONN_MAX_AGE": None}
    else:
        config["OPTIONS"] = {
            **config.get("OPTIONS", {}),
            "pool": {"min_size": 1, "max_size": int(os.environ.get("TINGSU_DB_POOL", "8"))},
            "prepare_threshold": int(os.environ.get("TINGSU_DB_PREPARE", "3")) or None,
        }
    return config


DATABASES = {"default": _database()}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "tingsu.people.signin.Adapter"
# axes counts wrong passwords, in the database; "login_failed" also bounds guesses of codes. An
# office behind one address signs in within a minute in the morning.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/15m/key", "login": "120/m/ip"}
ACCOUNT_SESSION_REMEMBER = True  # a session lasts a working day, without a box to tick
ACCOUNT_SESSION_COOKIE_AGE = 12 * 3600
SOCIALACCOUNT_ADAPTER = "tingsu.people.signin.SocialAdapter"
# A link, not a form: form-action 'self' would stop the redirect to the identity provider.
SOCIALACCOUNT_LOGIN_ON_GET = True
MFA_ADAPTER = "tingsu.people.signin.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BEHIND_TLS
MFA_TOTP_ISSUER = "听诉"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are made by administrators, mail is optional
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
# Supervisors, heads, administrators and auditors set up a second factor before anything else.
REQUIRE_MFA = _flag("TINGSU_REQUIRE_MFA")
USERSESSIONS_TRACK_ACTIVITY = False

if _oidc := os.environ.get("TINGSU_OIDC_ISSUER"):
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": os.environ.get("TINGSU_OIDC_NAME", "单点登录"),
                    "client_id": os.environ["TINGSU_OIDC_CLIENT"],
                    "secret": os.environ["TINGSU_OIDC_SECRET"],
                    "settings": {"server_url": _oidc},
                }
            ],
        }
    }

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("TINGSU_ZONE", "Asia/Shanghai")

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

MEDIA_ROOT = DATA / "files"
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_LIMIT = 20 * 1024 * 1024
CASE_FILES_LIMIT = 200 * 1024 * 1024
FONTS_FOLDER = os.environ.get("TINGSU_FONTS", "")  # beside those of the machine

FILE_UPLOAD_HANDLERS = [
    "tingsu.web.uploads.CappedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Counts of the public pages, for all processes of a machine. Files, so that a look-up with a
    # wrong code never waits for the one writer of SQLite.
    "limits": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "limits",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
}
PUBLIC_LIMITS = _flag("TINGSU_PUBLIC_LIMITS", default=True)

SESSION_COOKIE_HTTPONLY, SESSION_COOKIE_SAMESITE = True, "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_FAILURE_VIEW = "tingsu.web.errors.csrf_failed"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

EMAIL_FILE_PATH = DATA / "mail-out"

# One person taking back a letter has this long (ui.md, principle 5).
SEND_DELAY_SECONDS = int(os.environ.get("TINGSU_SEND_DELAY", "15"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("TINGSU_LOG", "WARNING")},
}
