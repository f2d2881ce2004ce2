"""Django settings, top to bottom, no cleverness."""

from __future__ import annotations

from datetime import timedelta
from importlib.util import find_spec
from typing import Any

from workix import __version__
from workix.api.openapi.settings import document_settings
from workix.config import environment
from workix.config.keys.secret_key import LiveSecretKey, LiveSecretKeys
from workix.observability.logging import logging_configuration
from workix.web.cors import READ_HEADERS, SENT_HEADERS

WORKIX = environment.read()
BASE_DIR = environment.PROJECT

# Development makes its key when something is first signed, not when settings are imported.
SECRET_KEY, SECRET_KEY_FALLBACKS = LiveSecretKey(WORKIX.secret_key), LiveSecretKeys(WORKIX.secret_key_fallbacks)
DEBUG = WORKIX.debug
# Every host is answered by tenants.resolution, which knows all of them; an unknown one gets 404 there.
ALLOWED_HOSTS = ["*"]
WSGI_APPLICATION = "workix.wsgi.application"
ROOT_URLCONF = "workix.urls"
USE_X_FORWARDED_HOST = APPEND_SLASH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576

# Apps. `public` gets the shared ones, each organization's schema the others; some are in both.
SHARED_APPS = [
    "django.contrib.contenttypes",  # first: the database backend needs its models while ours are being made
    "tenants",
    "quotas",
    "accounts",
    "audit",
    "auditlog",  # its registry and abstract log entry; its own table is never made
    "workix.api",
    "accounts.django_axes.apps.AxesConfig",
    "workix.core.django_auth.AuthConfig",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    # Our two sites are in workix.admin.sites, which imports the admin.py of each app: they register on them.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "procrastinate.contrib.django",
]
# Feature apps: in every organization's schema, and with no table in `public`.
FEATURE_APPS: list[str] = [
    # A line each, as "pipelines", (docs/new-app.md).
]
TENANT_APPS = [
    "accounts",
    "audit",
    "workix.api",
    "django.contrib.sessions",
    "privacy",
    "webhooks",
    "agents",
    *FEATURE_APPS,
]
INSTALLED_APPS = [*SHARED_APPS, "privacy", "webhooks", "agents", "gateway", *FEATURE_APPS]
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Roles and permissions are in workix.core.permissions: no tables for groups and permissions.
MIGRATION_MODULES = {"auth": None, "auditlog": None, "axes": "accounts.django_axes.migrations"}

MIDDLEWARE = [
    "workix.observability.request_metrics.BeforeMiddleware",
    "workix.web.request.RequestMiddleware",
    "workix.web.security_headers.SecurityHeadersMiddleware",
    "workix.web.cors.CorsMiddleware",  # outside of what may refuse: pages of allowed origins read refusals, too
    "workix.web.problem_pages.ProblemPagesMiddleware",  # inside: its pages carry the policy, too
    "accounts.scim.middleware.ScimErrorsMiddleware",  # inside: its errors are read by no browser
    "tenants.middleware.KnownHostMiddleware",  # before whatever answers in the name of a host
    "workix.web.chunked_bodies.LengthRequiredMiddleware",
    "workix.web.well_formed.WellFormedMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "workix.web.static_files.StaticFilesMiddleware",
    "quotas.middleware.UseMiddleware",
    "tenants.middleware.OrganizationMiddleware",
    "quotas.middleware.RateLimitMiddleware",
    "workix.web.session.BrowserMiddleware",
    *("agents.middleware.AgentMiddleware", "agents.runs.middleware.ReasonMiddleware"),
    "agents.middleware.DryRunMiddleware",
    "workix.observability.request_metrics.AfterMiddleware",
]

# Django's own four are there, for browsers only (workix.web.session); its check looks for their names.
SILENCED_SYSTEM_CHECKS = [
    *("admin.E408", "admin.E409", "admin.E410", "security.W002", "security.W003"),
    *("axes.W002", "axes.W003"),  # its middleware and backend; our log-in asks its handler, and refuses by itself
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["workix.admin.addresses", "workix.admin.moments"],
        },
    }
]

# The database. Where it is, and as whom to log in, is decided for each connection by the backend.
DATABASES = {
    "default": {
        "ENGINE": "tenants.backend",
        "NAME": "workix",
        "CONN_MAX_AGE": None,
        "OPTIONS": {"server_side_binding": True},
        "DISABLE_SERVER_SIDE_CURSORS": WORKIX.pgbouncer is not None,
    }
}
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
TENANT_MODEL = "tenants.Organization"  # what get_tenant_model() of django-tenants answers
TENANT_DOMAIN_MODEL = "tenants.Domain"

# People.
PASSWORD_HASHERS = [
    "accounts.login.hashers.Argon2Hasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.BCryptSHA256PasswordHasher",
    "accounts.login.hashers.ImportedHasher",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": f"accounts.passwords.rules.{each}Validator"} for each in ("Length", "Guess")]
SESSION_COOKIE_NAME = "__Host-workix" if WORKIX.secure else "workix"
SESSION_COOKIE_SAMESITE, CSRF_COOKIE_SAMESITE = "Lax", "Strict"
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day
DEVICE_COOKIE_NAME = "__Host-workix-device" if WORKIX.secure else "workix-device"
CSRF_COOKIE_NAME = "__Host-workix-csrf" if WORKIX.secure else "workix-csrf"
CSRF_FAILURE_VIEW = "workix.web.problem_pages.csrf_failure"
# Not in a cookie: a neighbour under the same domain could plant one.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
AUTHENTICATION_BACKENDS = ["accounts.authentication.backends.PasswordBackend"]
LOGIN_URL = "/admin/login/"
# django-axes (decision 0016): the handler is ours, and the limits are those of WORKIX_LOCKOUT_*.
AXES_HANDLER = "accounts.django_axes.handler.AxesHandler"
AXES_USERNAME_CALLABLE = "accounts.django_axes.handler.username_for"
AXES_CLIENT_IP_CALLABLE = "accounts.django_axes.handler.network_for"
AXES_USERNAME_FORM_FIELD = "username"
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_FAILURE_LIMIT = WORKIX.lockout_failures
AXES_COOLOFF_TIME = timedelta(minutes=WORKIX.lockout_minutes)
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False  # the console has a page of its own

# The audit trail: what django-auditlog calls a log entry is ours, and what it would mask in half it does not show at all.
AUDITLOG_LOGENTRY_MODEL = "audit.LogEntry"
AUDITLOG_MASK_CALLABLE = "audit.registry.redacted"
AUDITLOG_USE_BASE_MANAGER = True
AUDITLOG_CHANGE_DISPLAY_TRUNCATE_LENGTH = -1  # whoever approves a change, or reads of one, sees all of it

# Hooks (dotted names): what the apps below ask of the accounts app.
WORKIX_ORGANIZATION_OF_CREDENTIAL = "accounts.authentication.bearer.organization_of_credential"
WORKIX_PERSON_OF_BROWSER = "accounts.login.browser_sessions.person_of"
WORKIX_ORIGINS_OF_HOST = "tenants.resolution.origins_of_host"
ACCESS_TOKEN_LIFETIME = timedelta(minutes=15)
REFRESH_TOKEN_LIFETIME = timedelta(days=14)
CONFIRMATION_LIFETIME = timedelta(hours=24)
PASSWORD_RESET_LIFETIME = timedelta(hours=1)
SIMPLE_JWT = {"TOKEN_TYPE_CLAIM": "typ"}

# The API.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.bearer.BearerAuthentication",
        "accounts.authentication.api_key.ApiKeyAuthentication",
        "agents.authentication.AgentAuthentication",
        "accounts.authentication.cookie.CookieAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["workix.core.permissions.RequirePermission"],
    "DEFAULT_RENDERER_CLASSES": ["workix.api.renderers.JSONRenderer", "workix.api.browsable.BrowsableRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "workix.api.renderers.Negotiation",
    "DEFAULT_PARSER_CLASSES": ["workix.api.renderers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "workix.api.pagination.Pages",
    "DEFAULT_FILTER_BACKENDS": [f"workix.api.filters.{each}" for each in ("Filters", "Search", "Ordering")],
    "DEFAULT_THROTTLE_CLASSES": ["quotas.api.throttle.RequestThrottle"],
    "DEFAULT_SCHEMA_CLASS": "workix.api.openapi.schema.Schema",
    "EXCEPTION_HANDLER": "workix.api.problems.handle",
    "UNAUTHENTICATED_USER": "workix.core.permissions.AnonymousUser",
    "DATETIME_FORMAT": "%Y-%m-%dT%H:%M:%S.%fZ",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = document_settings(WORKIX.public_url)

# Mails: the operator's server, or files.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = WORKIX.var / "mail"
if WORKIX.email_url is not None:
    EMAIL_BACKEND = "workix.web.email_backend.EmailBackend"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = WORKIX.mail_from

# What only a developer's machine has beside the product: `manage.py run`, and one file a mail.
if not WORKIX.production and find_spec("devserver"):
    INSTALLED_APPS.append("devserver")
    if WORKIX.email_url is None:
        EMAIL_BACKEND = "devserver.mail_files.EmailBackend"

# Language, time, files.
LANGUAGE_CODE, TIME_ZONE = "en", "UTC"
FORMAT_MODULE_PATH = "workix.web.formats"
USE_I18N, USE_TZ = False, True
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"  # beside the code, as it is part of a release
STATICFILES_DIRS = [BASE_DIR / "static"]
# Production serves what collectstatic gathered, under names that change with the content, for good. Elsewhere files are
# served from where they are written.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": f"workix.web.static_storage.{'Hashed' if WORKIX.production else 'Plain'}Storage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not WORKIX.production
WHITENOISE_MAX_AGE = 0
WHITENOISE_ALLOW_ALL_ORIGINS = False

# What a page of ours may load and do: nothing but what we serve ourselves; no style or script inside a page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **{each: ["'none'"] for each in ("default-src", "frame-ancestors", "base-uri")},
        **{each: ["'self'"] for each in ("script-src", "style-src", "font-src", "connect-src", "form-action")},
        "img-src": ["'self'", "data:"],
    }
}

# Calls of a browser from another origin (django-cors-headers). Which origins, workix.web.cors says.
CORS_ALLOW_CREDENTIALS = True
CORS_ALLOW_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PATCH", "DELETE")
CORS_ALLOW_HEADERS, CORS_EXPOSE_HEADERS = SENT_HEADERS, READ_HEADERS
CORS_PREFLIGHT_MAX_AGE = 600  # an origin that is taken from the list: no browser asks for longer without asking again

# Transport.
SECURE_SSL_REDIRECT = WORKIX.secure
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked by the machine itself, over http
SECURE_HSTS_SECONDS = 31_536_000 if WORKIX.secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = WORKIX.secure
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = WORKIX.secure
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

READINESS_CHECKS = ["workix.observability.disk", "accounts.tokens.health", "tenants.health"]  # modules with CHECKS

# Seeing what happens. Web server and job worker count into one folder; tests and commands share nothing.
METRICS: dict[str, Any] = {"folder": environment.metrics_folder(), "version": __version__}
PROMETHEUS_LATENCY_BUCKETS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)  # each is a series for each view and method
if WORKIX.otlp_endpoint is not None:
    MIDDLEWARE.insert(0, "workix.observability.tracing.middleware.TracingMiddleware")
if WORKIX.sentry_dsn is not None:
    from workix.observability.error_reporting import report_errors  # takes its time, so only where it is wanted

    report_errors(WORKIX.sentry_dsn.reveal(), release=f"workix@{__version__}", environment=WORKIX.environment)
LOGGING = logging_configuration(WORKIX.log_level, serves=METRICS["folder"] is not None)
