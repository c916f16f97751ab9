"""The addresses of the site: every module of `views` brings its own, in the words of the office, in a list `paths`.

A new room is one more module there, and its first page's name in `navigation.ROOMS`.
"""

from importlib import import_module
from pkgutil import iter_modules

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import URLPattern, URLResolver, path
from django.views.i18n import set_language

from sct.office.web import views


def _of_rooms() -> list[URLPattern | URLResolver]:
    modules = (import_module(f"{views.__name__}.{module.name}") for module in iter_modules(views.__path__))
    return [pattern for module in modules for pattern in getattr(module, "paths", ())]


urlpatterns: list[URLPattern | URLResolver] = [
    *_of_rooms(),
    path(
        "dang-nhap/", LoginView.as_view(template_name="web/login.html", redirect_authenticated_user=True), name="login"
    ),
    path("dang-xuat/", LogoutView.as_view(), name="logout"),
    path("ngon-ngu/", login_not_required(set_language), name="set_language"),
]
