"""The site as a WSGI application (`sct.office.wsgi:application`)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sct.office.settings")
application = get_wsgi_application()
