"""Collect the strings of the screen, the commands and the errors into locale/en, and compile them.

Vietnamese stands in the code; English in `src/sct/locale/en/LC_MESSAGES/django.po`. Run it after adding a string
(`make messages`), translate what it lists, run it again. No system gettext is needed.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "sct"
PO = SRC / "locale" / "en" / "LC_MESSAGES" / "django.po"
CALLS = {"_", "N_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "gettext_noop"}
TEMPLATE_CALL = re.compile(r"""gettext\(u?(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")


def in_code(path: Path) -> Iterator[tuple[str, int]]:
    """Literal first arguments of gettext calls, and the help texts of the command table."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        literals = [a for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if name in CALLS and literals and literals[0] is node.args[0]:
            yield str(literals[0].value), node.lineno
        if path.name == "commands.py" and name == "Command" and len(literals) > 1:
            yield str(literals[1].value), node.lineno
        if path.name in {"commands.py", "environment.py"}:
            for keyword in node.keywords:
                if keyword.arg == "help" and isinstance(keyword.value, ast.Constant):
                    yield str(keyword.value.value), node.lineno


def in_template(path: Path) -> Iterator[tuple[str, int]]:
    """Strings of translate and blocktranslate tags, as Django itself extracts them."""
    from django.utils.translation.template import templatize

    for number, line in enumerate(templatize(path.read_text("utf-8"), origin=str(path)).splitlines(), 1):
        for found in TEMPLATE_CALL.finditer(line):
            yield ast.literal_eval(found["text"]), number


def collect() -> dict[str, list[tuple[str, int]]]:
    """Message → where it stands (file relative to the package, line)."""
    found: dict[str, list[tuple[str, int]]] = {}
    for path in sorted(SRC.rglob("*")):
        if path.suffix == ".py":
            messages = in_code(path)
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            messages = in_template(path)
        else:
            continue
        for text, _line in messages:
            if text:
                found.setdefault(text, []).append((str(path.relative_to(SRC)), 0))
    return found


def merge(found: dict[str, list[tuple[str, int]]]) -> polib.POFile:
    """The new catalogue: old translations kept, strings that are gone dropped."""
    old = {e.msgid: e for e in polib.pofile(str(PO))} if PO.exists() else {}
    new = polib.POFile(wrapwidth=118)
    new.metadata = {"Content-Type": "text/plain; charset=utf-8", "Language": "en", "Project-Id-Version": "sct"}
    for text in sorted(found):
        kept = old.get(text)
        flags = ["python-brace-format"] if re.search(r"\{\w+\}", text) else []
        places = sorted({(file, "") for file, _line in found[text]})
        new.append(polib.POEntry(msgid=text, msgstr=kept.msgstr if kept else "", occurrences=places, flags=flags))
    return new


def main() -> int:
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    new = merge(collect())
    PO.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(PO))
    new.save_as_mofile(str(PO.with_suffix(".mo")))
    missing = [entry.msgid for entry in new if not entry.msgstr]
    for text in missing:
        print(repr(text))
    print(f"{len(new)} messages, {len(missing)} without English")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
