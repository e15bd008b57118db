"""Builds the web application from an open installation."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from selfservice.installation import Installation
from selfservice.settings import Settings
from selfservice.web import (
    account,
    callbacks,
    copies,
    desk,
    errors,
    going_on,
    guarding,
    handing_over,
    health,
    home,
    journey,
    logging,
    lookups,
    pages,
    photos,
    progress,
    progress_messages,
    returning,
    saving,
    security,
    staff,
    standing,
    styleguide,
    supervise,
    timing,
)
from selfservice.web.templating import QuickEnvironment

WEB = Path(__file__).resolve().parent / "web"
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
HASHED = r"^.+[.-][0-9a-f]{8,64}\.[A-Za-z0-9.]+$"


class Application(Flask):
    """Flask with our environment for templates."""

    jinja_environment = QuickEnvironment


def create_app(installation: Installation) -> Flask:
    """The WSGI application for one installation; nothing is read from the environment here."""
    app = Application("selfservice.web", static_folder=None, template_folder=str(WEB / "templates"))
    app.config.update(_config(installation.settings))
    app.extensions["selfservice"] = installation
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.auto_reload = False
    logging.install(app)  # first, so that it sees every request and every failure
    guarding.install(app)
    standing.install(app)
    errors.install(app)
    pages.install(app)
    _furnish(app)
    _wrap(app, installation.settings)
    return app


def _furnish(app: Flask) -> None:
    """Put every page in its place."""
    app.register_blueprint(lookups.lookups)
    for room in (
        home,
        progress,
        progress_messages,
        callbacks,
        photos,
        copies,
        saving,
        returning,
        handing_over,
        going_on,
        timing,
        health,
        styleguide,
        journey,
    ):
        app.register_blueprint(room.blueprint)
    for rooms in (account, staff, desk, supervise):
        for blueprint in rooms.blueprints:
            app.register_blueprint(blueprint)


def warm(app: Flask) -> None:
    """Compile the templates and load the places before the first visitor, and before processes are forked."""
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)
    assert app.extensions["selfservice"].places


def _config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SECRET_KEY_FALLBACKS": list(settings.secret_keys_old),
        "TRUSTED_HOSTS": _hosts(settings),
        "SESSION_COOKIE_NAME": "__Host-selfservice" if settings.secure else "selfservice",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure,
        "PERMANENT_SESSION_LIFETIME": timedelta(days=30),
        # A cookie is set when something in it changes or something is posted (web/session.py), not with each page.
        "SESSION_REFRESH_EACH_REQUEST": False,
        "MAX_FORM_PARTS": 200,
        "MAX_FORM_MEMORY_SIZE": security.MEGABYTE,
        "WTF_CSRF_TIME_LIMIT": timing.FORM_SECONDS,
        "METRICS_TOKEN": settings.metrics_token,
    }


def _hosts(settings: Settings) -> list[str]:
    """The names we answer to; on a developer's machine every name of the machine itself."""
    own = urlsplit(settings.base_url).hostname
    return [*settings.trusted_hosts, *(LOOPBACK_NAMES if own in ("127.0.0.1", "localhost") else ())]


def _wrap(app: Flask, settings: Settings) -> None:
    """Serve static files before Flask is asked, and believe as many proxies as there are."""
    static = WhiteNoise(
        app.wsgi_app,
        root=str(WEB / "static"),
        prefix="static/",
        immutable_file_test=HASHED,
        allow_all_origins=False,
        add_headers_function=security.add_static_headers(settings.secure),
    )
    proxies = settings.proxies
    app.wsgi_app = ProxyFix(static, x_for=proxies, x_proto=proxies, x_host=0) if proxies else static  # type: ignore[method-assign]
