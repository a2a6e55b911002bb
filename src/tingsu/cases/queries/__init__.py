"""The doors to cases: who reaches which, and reading them for the faces. Writes nothing."""

from tingsu.cases.queries.access import access_case, access_party, reached

__all__ = ["access_case", "access_party", "reached"]
