"""Nothing about a document can be changed or deleted, by SQL either."""

from django.db import migrations

from sct.office.people.append_only import guard


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("people", "0002_append_only")]

    operations = [
        guard("documents_document", ("id", "identity")),
        guard("documents_statement"),
        guard("documents_decision", ("id", "undoes_id")),
        guard("documents_proofing"),
        guard("documents_finding"),
        guard("documents_operand"),
    ]
