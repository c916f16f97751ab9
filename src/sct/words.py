"""The language of what people see: Vietnamese is written in the code, English comes from locale/en.

One gettext catalogue serves the kit and the site. The kit takes the language from a context variable,
so two requests in two languages do not disturb each other.
"""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

LANGUAGES = ("vi", "en")
LOCALE = Path(__file__).parent / "locale"

_language: ContextVar[str] = ContextVar("sct_language", default="vi")


def use_language(code: str) -> None:
    """Set the language (`vi` or `en`) of messages for this context; anything else counts as Vietnamese."""
    _language.set(code if code in LANGUAGES else "vi")


def language() -> str:
    """The language of this context."""
    return _language.get()


@cache
def _catalogue(code: str) -> NullTranslations:
    return translation("django", LOCALE, languages=[code], fallback=True)


def _(text: str) -> str:
    """The text in the language of this context; the Vietnamese text itself is the key."""
    code = _language.get()
    return text if code == "vi" else _catalogue(code).gettext(text)
