"""The search index: FTS5 on SQLite, tsvector and GIN on PostgreSQL (docs/rules/search.md).

One row a message (long ones: several), newest first per organisation.
"""

from django.db import migrations

SQLITE = (
    # The id carries organisation and time, so that the index itself walks newest first.
    """
    CREATE TABLE cases_search (
        id INTEGER PRIMARY KEY,
        org_id CHAR(32) NOT NULL,
        case_id CHAR(32) NOT NULL,
        event_id CHAR(32) NOT NULL,
        at INTEGER NOT NULL,
        words TEXT NOT NULL,
        names TEXT NOT NULL
    )
    """,
    "CREATE INDEX cases_search_case ON cases_search (case_id, id)",
    "CREATE INDEX cases_search_event ON cases_search (event_id)",
    # The tokenizer `ascii` splits at spaces alone as far as our tokens go, in every script and
    # every Unicode version; prefix='1' makes a query of one character as fast as any other.
    """
    CREATE VIRTUAL TABLE cases_search_fts USING fts5(
        tokens, content='', columnsize=0, prefix='1', tokenize='ascii'
    )
    """,
)

POSTGRESQL = (
    """
    CREATE TABLE cases_search (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        org_id uuid NOT NULL,
        case_id uuid NOT NULL,
        event_id uuid NOT NULL,
        at timestamptz NOT NULL,
        tokens tsvector NOT NULL
    ) WITH (toast_tuple_target = 8160)
    """,
    # Kept beside the row and not packed: reading it back is most of the work of a search.
    "ALTER TABLE cases_search ALTER COLUMN tokens SET STORAGE MAIN",
    # How common a word is decides between the two ways to search: know it well.
    "ALTER TABLE cases_search ALTER COLUMN tokens SET STATISTICS 1000",
    # A short pending list: nobody who registers a complaint waits long for the tidying of it.
    """
    CREATE INDEX cases_search_tokens ON cases_search
        USING gin (tokens) WITH (gin_pending_list_limit = 1024)
    """,
    "CREATE INDEX cases_search_newest ON cases_search (org_id, at DESC, id DESC)",
    "CREATE INDEX cases_search_case ON cases_search (case_id, at DESC, id DESC)",
    "CREATE INDEX cases_search_event ON cases_search (event_id)",
)


def create(apps, schema_editor):
    for text in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(" ".join(text.split()), params=None)


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_append_only")]
    operations = [migrations.RunPython(create)]
