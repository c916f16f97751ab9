"""Write the generated reference: commands, settings, indicators. `make docs`; a test compares them with the files."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"


def commands() -> str:
    """The reference of the command line, from its one table."""
    from sct.cli.commands import COMMANDS

    lines = ["# Lệnh `sct` · the commands", "", "Made from `src/sct/cli/commands.py` by `make docs`.", ""]
    for command in COMMANDS:
        lines += [f"## `sct {command.name}`", "", command.help + ".", ""]
        if command.arguments:
            lines += ["| đối số | ý nghĩa |", "| --- | --- |"]
            for argument in command.arguments:
                lines.append(f"| `{', '.join(argument.names)}` | {argument.help} |")
            lines.append("")
    return "\n".join(lines)


def settings() -> str:
    """The environment variables, from their one table."""
    from sct.office.environment import VARIABLES

    lines = ["# Biến môi trường · settings", "", "Made from `src/sct/office/environment.py` by `make docs`.", ""]
    lines += ["| biến | mặc định | ý nghĩa |", "| --- | --- | --- |"]
    for variable in VARIABLES:
        lines.append(f"| `{variable.name}` | {variable.default!s} | {variable.help} |")
    return "\n".join([*lines, ""])


def indicators() -> str:
    """The catalogue as a page."""
    from sct.catalogue import reference

    return reference()


def checks() -> str:
    """The checks of proofing with their sentences."""
    from sct.proofing.reference import reference

    return reference()


PAGES = {"checks.md": checks, "commands.md": commands, "settings.md": settings, "indicators.md": indicators}


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES.items():
        (FOLDER / name).write_text(make(), "utf-8")
        print(f"docs/reference/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
