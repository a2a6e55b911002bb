"""Settings of what lies outside the processes: the mail relay, files, virus scanner, figures.
`settings` takes them in. Reads the environment, imports nothing of ours."""

import os
from typing import Any

_backends = "django.core.mail.backends"
EMAIL_BACKEND = os.environ.get("TINGSU_EMAIL_BACKEND", f"{_backends}.filebased.EmailBackend")
EMAIL_HOST = os.environ.get("TINGSU_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("TINGSU_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("TINGSU_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("TINGSU_SMTP_PASSWORD", "")
_secured = os.environ.get("TINGSU_SMTP_SECURITY")
EMAIL_USE_SSL, EMAIL_USE_TLS = _secured == "tls", _secured == "starttls"
EMAIL_TIMEOUT = 30  # seconds; the worker has other things to do
DEFAULT_FROM_EMAIL = os.environ.get("TINGSU_MAIL_FROM", "tingsu@localhost")

# Mails of these domains are signed (DKIM): "example.com:selector", several with commas between;
# the file with the private key.
DKIM = os.environ.get("TINGSU_DKIM", "")
DKIM_KEY = os.environ.get("TINGSU_DKIM_KEY", "")

# Figures for Prometheus: with this token from anywhere, without one from this machine alone.
METRICS_TOKEN = os.environ.get("TINGSU_METRICS_TOKEN", "")

# A path, or host:port. Empty: files are not looked at by a scanner.
CLAMD = os.environ.get("TINGSU_CLAMD", "")

S3_BUCKET = os.environ.get("TINGSU_S3_BUCKET", "")


def _storages() -> dict[str, dict[str, Any]]:
    """Where files lie: the data folder, or a bucket."""
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    folder = {"BACKEND": "tingsu.cases.folder.Folder"}
    return {"default": _bucket() if S3_BUCKET else folder, "staticfiles": static}


def _bucket() -> dict[str, Any]:
    given = {
        "bucket_name": S3_BUCKET,
        "endpoint_url": os.environ.get("TINGSU_S3_ENDPOINT") or None,
        "region_name": os.environ.get("TINGSU_S3_REGION") or None,
        "access_key": os.environ.get("TINGSU_S3_KEY") or None,
        "secret_key": os.environ.get("TINGSU_S3_SECRET") or None,
        "addressing_style": os.environ.get("TINGSU_S3_ADDRESSING") or None,
    }
    fixed = {"default_acl": None, "querystring_auth": True, "file_overwrite": True}
    return {"BACKEND": "tingsu.cases.bucket.Bucket", "OPTIONS": given | fixed}


STORAGES = _storages()
