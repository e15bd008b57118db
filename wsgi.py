"""What gunicorn serves: `gunicorn -c config/gunicorn.conf.py wsgi:app`."""

import os

from selfservice.app import create_app
from selfservice.installation import open_installation
from selfservice.settings import load_settings

app = create_app(open_installation(load_settings(os.environ)))
