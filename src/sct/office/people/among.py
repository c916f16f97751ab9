"""`column__among=[…]`: any of many texts, given to the database as one value, so that thousands cost one statement."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Lookup


class Among(Lookup):
    """`IN` over a list that is one parameter: an array on PostgreSQL, a JSON text on SQLite."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        left, given = self.process_lhs(compiler, connection)
        return f"{left} IN (SELECT value FROM json_each(%s))", [*given, json.dumps(list(self.rhs))]  # noqa: S608

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        left, given = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", [*given, list(self.rhs)]
