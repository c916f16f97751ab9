"""`sct`: the command line. One table of commands; each imports what it needs when it runs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from sct import __version__
from sct.cli.commands import COMMANDS, Command
from sct.errors import UserError
from sct.words import _, use_language


def parser() -> argparse.ArgumentParser:
    """The whole command line; the reference page of the commands is printed from it."""
    root = argparse.ArgumentParser(
        prog="sct",
        description=_("Sổ Công Thương: sổ số liệu của Sở Công Thương"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    root.add_argument("--version", action="version", version=f"sct {__version__}")
    root.add_argument("--english", action="store_true", help=_("thông báo bằng tiếng Anh"))
    groups = root.add_subparsers(dest="command", metavar=_("LỆNH"))
    nested: dict[str, argparse._SubParsersAction[argparse.ArgumentParser]] = {}
    for command in COMMANDS:
        _add(command, groups, nested)
    return root


def _add(
    command: Command,
    groups: argparse._SubParsersAction[argparse.ArgumentParser],
    nested: dict[str, argparse._SubParsersAction[argparse.ArgumentParser]],
) -> None:
    first, _space, second = command.name.partition(" ")
    if second:
        if first not in nested:
            outer = groups.add_parser(first, help=_(command.help))
            nested[first] = outer.add_subparsers(dest="subcommand", metavar=_("LỆNH"), required=True)
        made = nested[first].add_parser(second, help=_(command.help), description=_(command.help))
    else:
        made = groups.add_parser(first, help=_(command.help), description=_(command.help))
    for argument in command.arguments:
        made.add_argument(*argument.names, **{**argument.options, "help": _(argument.help)})
    made.set_defaults(run=command.run)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; 0 when done, 1 when a check found something wrong, 2 for input that cannot be used."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    use_language("en" if "--english" in arguments or os.environ.get("SCT_LANGUAGE") == "en" else "vi")
    root = parser()
    given = root.parse_args(arguments)
    if not given.command:
        root.print_help()
        return 0
    module, function = given.run.split(":")
    try:
        return int(getattr(import_module(f"sct.cli.{module}"), function)(given) or 0)
    except UserError as error:
        print(f"sct: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(_("Đã dừng theo yêu cầu."), file=sys.stderr)
        return 130
    except BrokenPipeError:  # `sct … | head` is no fault
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
