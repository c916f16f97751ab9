"""Văn bản."""

from django.http import Http404


def documents(request, **k):
    raise Http404


document = original = statement = decide = documents
