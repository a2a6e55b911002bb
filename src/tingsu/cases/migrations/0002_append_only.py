"""The timeline and the look records become append-only, on both databases (CL-4, PL-2)."""

from django.db import migrations

SQLITE = [
    """
    CREATE TRIGGER event_no_delete BEFORE DELETE ON cases_event
    BEGIN SELECT RAISE(ABORT, 'the timeline is append-only'); END
    """,
    # INSERT OR REPLACE deletes without firing the delete trigger.
    """
    CREATE TRIGGER event_no_replace BEFORE INSERT ON cases_event
    WHEN EXISTS (SELECT 1 FROM cases_event WHERE id = NEW.id)
      OR EXISTS (SELECT 1 FROM cases_event WHERE case_id = NEW.case_id AND seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'the timeline is append-only'); END
    """,
    # Erasing a text (PL-2) is the one change there is.
    """
    CREATE TRIGGER event_no_update BEFORE UPDATE ON cases_event
    WHEN NEW.id IS NOT OLD.id OR NEW.case_id IS NOT OLD.case_id OR NEW.seq IS NOT OLD.seq
      OR NEW.at IS NOT OLD.at OR NEW.kind IS NOT OLD.kind OR NEW.actor IS NOT OLD.actor
      OR NEW.member_id IS NOT OLD.member_id OR NEW.public IS NOT OLD.public
      OR NEW.data IS NOT OLD.data OR NEW.text_hash IS NOT OLD.text_hash
      OR NEW.previous_hash IS NOT OLD.previous_hash OR NEW.hash IS NOT OLD.hash
      OR NEW.key IS NOT OLD.key OR NEW.text != '' OR length(NEW.text_salt) != 0
    BEGIN SELECT RAISE(ABORT, 'the timeline is append-only'); END
    """,
    """
    CREATE TRIGGER look_no_delete BEFORE DELETE ON cases_look
    BEGIN SELECT RAISE(ABORT, 'look records are append-only'); END
    """,
    """
    CREATE TRIGGER look_no_update BEFORE UPDATE ON cases_look
    BEGIN SELECT RAISE(ABORT, 'look records are append-only'); END
    """,
]

POSTGRESQL = [
    """
    CREATE FUNCTION event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' AND NEW.text = '' AND length(NEW.text_salt) = 0
        AND (NEW.id, NEW.case_id, NEW.seq, NEW.at, NEW.kind, NEW.actor, NEW.public,
             NEW.data, NEW.text_hash, NEW.previous_hash, NEW.hash)
          = (OLD.id, OLD.case_id, OLD.seq, OLD.at, OLD.kind, OLD.actor, OLD.public,
             OLD.data, OLD.text_hash, OLD.previous_hash, OLD.hash)
        AND NEW.member_id IS NOT DISTINCT FROM OLD.member_id
        AND NEW.key IS NOT DISTINCT FROM OLD.key
      THEN RETURN NEW; END IF;
      RAISE EXCEPTION 'the timeline is append-only';
    END $$
    """,
    """
    CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON cases_event
    FOR EACH ROW EXECUTE FUNCTION event_append_only()
    """,
    """
    CREATE FUNCTION look_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'look records are append-only'; END $$
    """,
    """
    CREATE TRIGGER look_append_only BEFORE UPDATE OR DELETE ON cases_look
    FOR EACH ROW EXECUTE FUNCTION look_append_only()
    """,
    """
    CREATE FUNCTION append_only_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
    """,
    """
    CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON cases_event
    FOR EACH STATEMENT EXECUTE FUNCTION append_only_truncate()
    """,
]


def guard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_cases")]
    operations = [migrations.RunPython(guard)]
