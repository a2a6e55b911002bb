"""The face for programs (PL-4): parses, calls one action or query, answers. Never sees a model.

How an operation is added: docs/rules/api.md. In short:

1. a place is a module of this folder with a ``Place``; ``places.py`` lists them;
2. a read is ``@place.get(path, right, summary, Shape)``, a step on a case ``@place.step(...)``;
3. ``tingsu api --write`` renews docs/api/openapi.json, ``scripts/api_permissions.py`` prints the
   rows for tests/api/permissions.toml: read them, are they right?
"""
