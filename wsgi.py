"""What gunicorn serves: `gunicorn -c config/gunicorn.conf.py wsgi:app`."""

import os
import sys

from flask import Flask

from selfservice.app import create_app, warm
from selfservice.installation import open_installation
from selfservice.settings import Misconfigured, load_settings
from selfservice.web import logging


def _opened() -> Flask:
    """The application; mistakes in the configuration are printed one a line, and end the start."""
    try:
        settings = load_settings(os.environ)
        logging.configure(settings.log_level)
        return create_app(open_installation(settings))
    except Misconfigured as wrong:
        sys.stderr.writelines(f"{mistake}\n" for mistake in wrong.mistakes)
        raise SystemExit(2) from None


app = _opened()
warm(app)
