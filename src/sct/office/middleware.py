"""Two small middlewares: the content security policy, and the language of pages and of the kit's messages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from sct.words import use_language

Answer = Callable[[HttpRequest], HttpResponseBase]


class ContentSecurityPolicy:
    """Adds `settings.CONTENT_SECURITY_POLICY` to every answer that has not set its own."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.policy = "; ".join(f"{name} {value}" for name, value in settings.CONTENT_SECURITY_POLICY.items())

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


class Language(LocaleMiddleware):
    """Vietnamese (or `SCT_LANGUAGE`) unless the person switched; what the browser prefers does not decide.

    The kit's messages (`sct.words`) follow the same language.
    """

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        use_language(language)
        request.LANGUAGE_CODE = language
