"""All addresses of the site; the pages stand in `office.web`."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("sct.office.web.urls")),
]

handler403 = "sct.office.web.errors.forbidden"
handler404 = "sct.office.web.errors.not_found"
handler500 = "sct.office.web.errors.server_error"
