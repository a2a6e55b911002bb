"""The search index: FTS5 on SQLite, tsvector and GIN on PostgreSQL (docs/rules/search.md)."""

from django.db import migrations

from tingsu.cases._search_schema import create_sql


def create(apps, schema_editor):
    for statement in create_sql(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_append_only")]
    operations = [migrations.RunPython(create)]
