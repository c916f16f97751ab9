"""Letters handed to the mail server (`SCT_EMAIL`); what went wrong is told without anybody's address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from smtplib import SMTPException, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from sct.errors import UserError
from sct.words import _


def hand_over(letters: Iterable[tuple[str, str, tuple[str, ...]]], way_out: str) -> None:
    """Send (subject, text, addresses), all in one connection; raises `UserError("mail-failed")`.

    The words of a mail server repeat addresses and must not come into a log: only the kind of error is told.
    """
    sender = settings.DEFAULT_FROM_EMAIL
    try:
        get_connection().send_messages([EmailMessage(subject, text, sender, to) for subject, text, to in letters])
    except OSError as error:
        raise UserError("mail-failed", _("Không gửi được thư"), value=_kind(error), way_out=way_out) from None


Letter = tuple[str, str, tuple[str, ...]]  # subject, text, addresses


@contextmanager
def postbox(way_out: str) -> Iterator[Callable[[Letter], None]]:
    """One connection that letters are given to one by one; each raises `UserError("mail-failed")` by itself.

    For who notes each letter that went: nothing of the database is held while the server is waited for.
    """
    sender, connection = settings.DEFAULT_FROM_EMAIL, get_connection()

    def send(letter: Letter) -> None:
        subject, text, to = letter
        try:
            connection.send_messages([EmailMessage(subject, text, sender, to)])
        except OSError as error:
            with suppress(OSError):
                connection.close()  # the next letter gets a connection of its own
            raise UserError("mail-failed", _("Không gửi được thư"), value=_kind(error), way_out=way_out) from None

    try:
        with suppress(OSError):  # where it cannot be opened each letter says so
            connection.open()
        yield send
    finally:
        with suppress(OSError):
            connection.close()


def _kind(error: OSError) -> str:
    if isinstance(error, SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"
    return type(error).__name__ if isinstance(error, SMTPException) else error.strerror or type(error).__name__
