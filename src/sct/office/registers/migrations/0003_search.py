"""Search without diacritics as you type: an index of words on each database, kept by the database itself."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# SQLite: an FTS5 table over the open spans, fed by triggers; prefixes of two and three letters have indexes of their own.
_SQLITE = [
    "CREATE VIRTUAL TABLE registers_words USING fts5(register, search, prefix='2 3', tokenize='unicode61')",
    "CREATE TRIGGER registers_span_word_in AFTER INSERT ON registers_span WHEN NEW.open"
    " BEGIN INSERT INTO registers_words(rowid, register, search) VALUES (NEW.id, NEW.register, NEW.search); END",
    "CREATE TRIGGER registers_span_word_out AFTER DELETE ON registers_span WHEN OLD.open"
    " BEGIN DELETE FROM registers_words WHERE rowid = OLD.id; END",
]
_POSTGRESQL = [
    "CREATE INDEX registers_span_words ON registers_span USING gin (to_tsvector('simple', search)) WHERE open",
    "CREATE INDEX registers_span_begins ON registers_span (left(search, 60) text_pattern_ops) WHERE open",
]


def forwards(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _SQLITE if editor.connection.vendor == "sqlite" else _POSTGRESQL:
        editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("registers", "0002_append_only")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
