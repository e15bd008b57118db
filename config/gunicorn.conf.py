"""How gunicorn serves the web: `gunicorn -c config/gunicorn.conf.py wsgi:app`."""

import multiprocessing

bind = "127.0.0.1:8000"
# Loaded once and then forked: the processes share places and templates, and a mistake stops the start.
preload_app = True
workers = max(2, min(multiprocessing.cpu_count(), 8))
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 30
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
limit_request_line = 4094
limit_request_fields = 60
# The web writes a line of its own for each request, without addresses that hold anything personal.
accesslog = None
errorlog = "-"
loglevel = "warning"


def post_fork(server: object, worker: object) -> None:  # noqa: ARG001 - gunicorn names the arguments
    """Give each process connections of its own."""
    from wsgi import app

    app.extensions["selfservice"].database.close(forked=True)
