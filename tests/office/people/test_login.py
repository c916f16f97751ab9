"""Signing in is slowed down after wrong passwords, and cookies and headers are those of a careful site."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone, translation

from sct import words
from sct.office.middleware import ContentSecurityPolicy, Language
from sct.office.people.models import LoginFailure

RIGHT = "mật khẩu thử"


def sign_in(password, username="chuyen.vien", address="10.0.0.1"):
    request = RequestFactory().post("/", REMOTE_ADDR=address)
    return authenticate(request, username=username, password=password)


def test_the_right_password_signs_in(chuyen_vien):
    assert sign_in(RIGHT) == chuyen_vien
    assert sign_in("sai") is None


def test_after_too_many_wrong_passwords_the_right_one_must_wait(chuyen_vien):
    for _try in range(settings.LOGIN_TRIES):
        assert sign_in("sai") is None
    assert sign_in(RIGHT) is None
    assert sign_in(RIGHT, address="10.0.0.2") == chuyen_vien  # others are not locked out with them


def test_the_wait_ends(chuyen_vien):
    for _try in range(settings.LOGIN_TRIES):
        sign_in("sai")
    long_ago = timezone.now() - timedelta(minutes=settings.LOGIN_WAIT_MINUTES + 1)
    LoginFailure.objects.update(at=long_ago)
    assert sign_in(RIGHT) == chuyen_vien
    assert not LoginFailure.objects.exists()


def test_a_success_forgets_the_slips_before_it(chuyen_vien):
    for _try in range(settings.LOGIN_TRIES - 1):
        sign_in("sai")
    assert sign_in(RIGHT) == chuyen_vien
    assert sign_in("sai") is None
    assert sign_in(RIGHT) == chuyen_vien


def test_the_table_of_failures_names_nobody(chuyen_vien):
    sign_in("sai")
    assert "chuyen.vien" not in LoginFailure.objects.get().key


@pytest.mark.parametrize("password", ["12345678901", "matkhau", "password123", "1234567890"])
def test_weak_passwords_are_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


def answer(_request):
    return HttpResponse("ok")


def test_every_answer_forbids_inline_and_foreign_scripts():
    policy = ContentSecurityPolicy(answer)(RequestFactory().get("/")).headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_cookies_are_out_of_reach_of_scripts_and_other_sites():
    assert settings.SESSION_COOKIE_HTTPONLY and settings.CSRF_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"
    assert settings.X_FRAME_OPTIONS == "DENY" and settings.SECURE_CONTENT_TYPE_NOSNIFF


@pytest.mark.parametrize(
    ("cookie", "browser", "language"),
    [("", "en-GB", "vi"), ("en", "vi-VN", "en"), ("xx", "en", "vi"), ("vi", "en", "vi")],
)
def test_the_language_is_vietnamese_until_somebody_switches(cookie, browser, language):
    request = RequestFactory().get("/", HTTP_ACCEPT_LANGUAGE=browser)
    if cookie:
        request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = cookie
    seen = []
    try:
        Language(lambda request: seen.append((request.LANGUAGE_CODE, words._language.get())) or HttpResponse())(request)
    finally:
        translation.activate("vi")
        words.use_language("vi")
    assert seen == [(language, language)]
