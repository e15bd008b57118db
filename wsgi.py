"""What gunicorn serves: `gunicorn -c config/gunicorn.conf.py wsgi:app`."""

import os

from selfservice.app import create_app, warm
from selfservice.installation import open_installation
from selfservice.settings import load_settings
from selfservice.web import logging

settings = load_settings(os.environ)
logging.configure(settings.log_level)
app = create_app(open_installation(settings))
warm(app)
