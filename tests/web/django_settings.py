"""Django's settings for the tests: the real ones, in a folder of their own that goes when the tests are done."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="fotfeste-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
_before = {
    name: os.environ.get(name) for name in ("FOTFESTE_DATA_DIR", "FOTFESTE_LANGUAGE", "FOTFESTE_SETTINGS")
}
os.environ["FOTFESTE_DATA_DIR"] = _folder
for _name in ("FOTFESTE_LANGUAGE", "FOTFESTE_SETTINGS"):
    os.environ.pop(_name, None)

from fotfeste.web.project.settings import *  # noqa: E402, F403
from fotfeste.web.project.settings import DATABASES, MIDDLEWARE, STORAGES  # noqa: E402

for _name, _value in _before.items():
    if _value is not None:
        os.environ[_name] = _value
    else:
        os.environ.pop(_name, None)

# `fotfeste serve` collects static files under hashed names before it starts; the tests take them as they stand.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MIDDLEWARE = [one for one in MIDDLEWARE if "whitenoise" not in one]
# A thread of the live server that keeps its connection would keep the database of the tests from being dropped.
for _one in DATABASES.values():
    _one["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
