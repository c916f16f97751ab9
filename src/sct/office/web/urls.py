"""The addresses of the pages, in the words of the office."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import URLPattern, URLResolver, path
from django.views.i18n import set_language

from sct.office.web.views import documents, figures, home, indicators, reports, search

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("chua-thong-nhat/", home.conflicts, name="conflicts"),
    path("chi-tieu/", indicators.indicators, name="indicators"),
    path("chi-tieu/<slug:code>/", indicators.indicator, name="indicator"),
    path("so-lieu/<int:number>/", figures.figure, name="figure"),
    path("so-lieu/tinh/<slug:indicator>/<str:area>/<str:period>/<slug:how>/", figures.computed, name="computed"),
    path("van-ban/", documents.documents, name="documents"),
    path("van-ban/<int:number>/", documents.document, name="document"),
    path("van-ban/<int:number>/tep/", documents.original, name="original"),
    path("van-ban/<int:number>/nhan-het/", documents.accept_all, name="accept-all"),
    path("van-ban/<int:number>/soat-lai/", documents.reproof, name="reproof"),
    path("van-ban/<int:number>/phat-bieu/<int:statement>/", documents.statement, name="statement"),
    path("van-ban/<int:number>/phat-bieu/<int:statement>/<slug:decision>/", documents.decide, name="decide"),
    path("bao-cao/", reports.reports, name="reports"),
    path("bao-cao/<int:year>.docx", reports.word, name="report-word"),
    path("tim/", search.search, name="search"),
    path(
        "dang-nhap/", LoginView.as_view(template_name="web/login.html", redirect_authenticated_user=True), name="login"
    ),
    path("dang-xuat/", LogoutView.as_view(), name="logout"),
    path("ngon-ngu/", login_not_required(set_language), name="set_language"),
]
