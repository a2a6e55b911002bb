"""A small typed client, made from the OpenAPI document: a method for each operation, a class for
each shape. It knows nothing of the product but what the document says (PL-4)."""

import json
import types
from dataclasses import field, make_dataclass
from typing import Any

from django.test import Client

PLAIN: dict[str, Any] = {"string": str, "integer": int, "boolean": bool, "number": float}


class Wrong(Exception):
    """An answer other than 2xx, as the document describes it."""

    def __init__(self, status: int, problem: Any) -> None:
        self.status, self.problem = status, problem
        super().__init__(f"{status} {problem.code}: {problem.detail}")


class Api:
    """``api.talk_note(case_id=…, body={…})``; answers are objects of the declared shape."""

    def __init__(self, document: dict[str, Any], secret: str) -> None:
        self.document, self.secret, self.browser = document, secret, Client()
        self.shapes: dict[str, type] = {}
        self.operations = {
            one["operationId"]: (path, method, one)
            for path, methods in document["paths"].items()
            for method, one in methods.items()
        }

    def __getattr__(self, name: str) -> Any:
        path, method, told = self.operations[name]

        def call(body: Any = None, headers: dict[str, str] | None = None, **sent: Any) -> Any:
            where = (path, method, told)
            return self._call(where, body, headers or {}, sent)

        return call

    def _call(
        self, where: tuple[str, str, Any], body: Any, headers: dict[str, str], sent: Any
    ) -> Any:
        path, method, told = where
        named = {one["name"]: one for one in told.get("parameters", [])}
        unknown = (set(sent) | set(headers)) - set(named)
        missing = {
            name for name, one in named.items() if one["required"] and name not in {*sent, *headers}
        }
        assert not unknown, unknown
        assert not missing, missing
        query = {name: sent[name] for name in sent if named[name]["in"] == "query"}
        given = {"Authorization": f"Bearer {self.secret}"} if "security" in told else {}
        answer = getattr(self.browser, method)(
            path.format(**sent),
            query if method == "get" else json.dumps(body) if body is not None else "",
            **({} if method == "get" else {"content_type": "application/json"}),
            headers=given | headers,
        )
        declared = told["responses"][str(answer.status_code)]["content"]
        kind = answer["Content-Type"].partition(";")[0]
        read = self._typed(declared[kind]["schema"], json.loads(answer.content))
        if answer.status_code >= 400:
            raise Wrong(answer.status_code, read)
        return Answered(read, answer)

    def _typed(self, schema: dict[str, Any], value: Any) -> Any:
        """The value as its declared shape; an undeclared field or a wrong type fails."""
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            return self._object(name, self.document["components"]["schemas"][name], value)
        if "anyOf" in schema:
            other = [one for one in schema["anyOf"] if one.get("type") != "null"]
            return None if value is None else self._typed(other[0], value)
        if schema.get("type") == "array":
            return [self._typed(schema.get("items", {}), one) for one in value]
        if kind := PLAIN.get(schema.get("type", "")):
            assert isinstance(value, kind), (schema, value)
        return value

    def _object(self, name: str, schema: dict[str, Any], value: dict[str, Any]) -> Any:
        fields = schema["properties"]
        assert set(value) <= set(fields), (name, set(value) - set(fields))
        if name not in self.shapes:
            self.shapes[name] = make_dataclass(
                name, [(one, Any, field(default=None)) for one in fields], frozen=True
            )
        read = {one: self._typed(fields[one], told) for one, told in value.items()}
        return self.shapes[name](**read)


class Answered(types.SimpleNamespace):
    """The read body, and the ETag beside it."""

    def __init__(self, body: Any, answer: Any) -> None:
        super().__init__(body=body, etag=answer.headers.get("ETag", ""))
