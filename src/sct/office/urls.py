"""All addresses of the site; the pages stand in `office.web`."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("sct.office.web.urls")),
]
