"""Settings, all from the environment; the defaults are those of `make run` on one's own machine."""

from datetime import UTC, datetime
from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from coalition.environment import email_settings, read, read_flag, read_list

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(read("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# --- Who we are and how careful we must be -------------------------------------------------------
DEFAULT_SECRET_KEY = "only-for-one's-own-machine-never-for-people's-data"  # noqa: S105  (refused in production)
SECRET_KEY = read("SECRET_KEY", DEFAULT_SECRET_KEY)
DEBUG = read_flag("DEBUG")
PRODUCTION = read_flag("PRODUCTION")  # refuses to start with the defaults above: coalition/checks.py
ALLOWED_HOSTS = read_list("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
BASE_URL = read("BASE_URL", "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
TRUSTED_PROXY_COUNT = int(read("TRUSTED_PROXY_COUNT", "0"))

INSTALLED_APPS = [
    "coalition.reference",
    "coalition.members",
    "coalition.files",
    "coalition.lists",
    "coalition.jobs",
    "coalition.notifications",
    "coalition.obligations",
    "projects",
    "trainings",
    "campaigns",
    "meetings",
    "coalition.apps.CoalitionConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "import_export",
    "simple_history",
    "template_partials.apps.SimpleAppConfig",
    "coalition.apps.BackOfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "coalition.http.CleanInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "coalition.members.middleware.LanguageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "coalition.http.PrivatePagesMiddleware",
    "coalition.http.ConflictMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "coalition.members.middleware.SecondFactorMiddleware",
    "coalition.members.confirming.CodeOnlyMiddleware",
]

ROOT_URLCONF = "coalition.urls"
WSGI_APPLICATION = "coalition.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": ["template_partials.templatetags.partials", "coalition.templatetags.portal"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coalition.http.one_token",
                "coalition.members.context.person",
                "coalition.jobs.context.clock",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # templates/django/forms/ holds our field markup

# --- Data ----------------------------------------------------------------------------------------
DATABASES = {
    "default": dj_database_url.parse(
        read("DATABASE_URL", f"sqlite:///{VAR_DIR / 'portal.sqlite3'}"),
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = read("REDIS_URL", "")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR_DIR / "cache",
        }
    }
# Pieces of pages that are the same for everybody of the same roles ({% cache %} in templates/components), kept by
# each process for itself: a look into its own memory costs less than asking anybody.
CACHES["pieces"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "TIMEOUT": None}

# --- Files ---------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(read("STATIC_ROOT", str(VAR_DIR / "static")))
_NODE = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/htmx", _NODE / "htmx.org/dist"),
    ("vendor/be-vietnam-pro", _NODE / "@fontsource/be-vietnam-pro/files"),
]
STATICFILES_DIRS = [
    entry for entry in STATICFILES_DIRS if Path(entry[1] if isinstance(entry, tuple) else entry).is_dir()
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
MEDIA_ROOT = Path(read("MEDIA_ROOT", str(VAR_DIR / "media")))
MEDIA_URL = ""  # never served by address: coalition.files.views asks who is there first
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000  # a form of 5,000 characters a line and a few hundred lines
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Language and time ---------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["coalition.formats"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
FORMS_URLFIELD_ASSUME_HTTPS = True
LANGUAGE_COOKIE_HTTPONLY = True

# --- People --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = ["coalition.members.backend.PersonBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "coalition.members.passwords.LocalWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "coalition.members.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = BASE_URL.split(":", 1)[0]
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # for what changes who somebody is; coalition/members/confirming.py
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or second step is told by mail
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_ISSUER = "CRWG"
MFA_TOTP_TOLERANCE = 1  # a phone whose clock is half a minute off still lets its owner in
MFA_FORMS = {
    "add_webauthn": "coalition.members.key_forms.AddKeyForm",
    "edit_webauthn": "coalition.members.key_forms.RenameKeyForm",
}
SECOND_FACTOR_ROLES = read_list("SECOND_FACTOR_ROLES", "coordinator" if PRODUCTION else "")
USERSESSIONS_TRACK_ACTIVITY = False  # it would write on every page view
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# --- Safety --------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_SSL_REDIRECT = BASE_URL.startswith("https:")
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_HTTPONLY = True

# --- Mail ----------------------------------------------------------------------------------------
EMAIL_URL = read("EMAIL_URL", f"file://{VAR_DIR / 'mail'}")
globals().update(email_settings(EMAIL_URL))
DEFAULT_FROM_EMAIL = read("DEFAULT_FROM_EMAIL", "CRWG <portal@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20
DELIVERY_LEASE = int(
    read("DELIVERY_LEASE", "300")
)  # seconds after which a killed worker's message is sent by another

# --- The worker and its clock --------------------------------------------------------------------
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    # Longer than the longest task, or Redis hands a running task to a second worker.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 3600,
        "socket_timeout": 5,
        "socket_connect_timeout": 5,
    }
else:
    _QUEUE = VAR_DIR / "queue"
    for _folder in ("messages", "control"):
        (_QUEUE / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_QUEUE / "messages"),
        "data_folder_out": str(_QUEUE / "messages"),
        "control_folder": str(_QUEUE / "control"),
    }
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 900
CELERY_TASK_SOFT_TIME_LIMIT = 840
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a broker that was away for a night is found again
# Nothing of the schedule is kept in a file, which two beats would fight for: at its start a beat runs everything
# once, which does no harm (docs/adr/0002) and makes up for the time it was away.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {"task": "coalition.jobs.tasks.beat", "schedule": 60},
    "plan reminders": {"task": "coalition.obligations.tasks.plan_reminders", "schedule": 900},
    "deliver messages": {"task": "coalition.notifications.tasks.deliver", "schedule": 30},
    "run waiting jobs": {"task": "coalition.jobs.tasks.run_waiting", "schedule": 30},
    "forget leavers": {"task": "coalition.members.tasks.forget", "schedule": 24 * 3600},
    "open rounds": {"task": "campaigns.tasks.open_rounds", "schedule": 3600},
    "record corrections": {"task": "campaigns.tasks.record_corrections", "schedule": 3600},
    "forget exports": {"task": "coalition.lists.tasks.forget_exports", "schedule": 24 * 3600},
    "forget jobs": {"task": "coalition.jobs.tasks.forget", "schedule": 24 * 3600},
    "forget participants": {"task": "trainings.tasks.forget_participants", "schedule": 24 * 3600},
}
for _entry in CELERY_BEAT_SCHEDULE.values():
    _entry["last_run_at"] = datetime(2000, 1, 1, tzinfo=UTC)

# Each domain's demonstration data, in the order in which they stand on each other.
DEMONSTRATION = [
    "coalition.reference.demo.load",
    "coalition.members.demo.load",
    "projects.demo.load",
    "trainings.demo.load",
    "campaigns.demo.load",
    "meetings.demo.load",
    "coalition.obligations.demo.load",
    "projects.reports.demo.load",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "WARNING"},
        "PIL": {"level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": read("LOG_LEVEL", "INFO")},
}
