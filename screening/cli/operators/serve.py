"""`screening serve`: the pages, on a production server."""

from __future__ import annotations

import os
import socket
import sys
from resource import RLIMIT_CORE, setrlimit
from threading import Event, Thread
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config
from gunicorn.glogging import Logger

from screening.app import create_app, judge_once, warm_up
from screening.cli.input import english, fail
from screening.cli.operators.store import REASONS
from screening.config.meanings import SETTINGS
from screening.config.reading import read_settings
from screening.config.settings import Settings, SettingsError
from screening.desk.demonstration.accounts import DEMONSTRATION, prepare_accounts
from screening.desk.demonstration.made_up_submissions import make_up_submissions
from screening.documents.libraries import require_libraries
from screening.documents.signing import SigningError
from screening.notifications.delivery import run_delivery
from screening.rulefiles.loading.loader import RuleFileError
from screening.runtime import EXTENSION
from screening.storage.upkeep.log_cutting import cut_log_regularly
from screening.wording.authors.mistakes.problems import located_problem


@click.command(
    epilog="Settings are read from the environment:\n\n" + "\n\n".join(f"{k}: {v}" for k, v in SETTINGS.items())
)
@click.option("--workers", type=click.IntRange(1, 64), help="Processes. Default: as many as this machine has cores.")
def serve(workers: int | None) -> None:
    """Serve the questionnaire until it is stopped (Ctrl-C)."""
    setrlimit(RLIMIT_CORE, (0, 0))  # keys, answers and the names that staff search by: none of it into a core dump
    try:
        settings = read_settings(os.environ)
        require_libraries()
        cores = os.cpu_count() or 1
        processes = workers or cores
        _check_address(settings)
        _begin_metrics(settings)
        application = create_app(settings, pdf_workers=max(1, cores // processes))
    except SettingsError as error:
        fail("\n".join(error.problems))
    except RuleFileError as error:
        fail("\n".join(located_problem(problem, english()) for problem in error.problems))
    except (*REASONS, SigningError) as error:
        fail(str(error))
    store = application.extensions[EXTENSION].store
    if settings.demonstration and store:
        prepare_accounts(store)
        make_up_submissions(application.extensions[EXTENSION], store, english())
    judge_once(application)
    Server(application, settings, processes).run()


def _check_address(settings: Settings) -> None:
    """Raise `SettingsError` where nothing can listen there, in words: of a library's the log keeps the place alone."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        socket.create_server((settings.host, settings.port), family=family).close()
    except OSError as error:
        where = f"SCREENING_HOST is {settings.host}, SCREENING_PORT is {settings.port}"
        raise SettingsError([f"{where}. Nothing can listen there: {error.strerror}."]) from None


def _begin_metrics(settings: Settings) -> None:
    """Name the folder in which the processes of this host count together, and clear it up.

    Before the application is made: with that the library is imported, which looks for the folder once. Not a temporary
    folder that is removed at the end, since a web process that ends would remove it for the others.
    """
    if settings.metrics_token is None:
        return
    folder = (settings.instance / "metrics").absolute()
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in folder.glob("*.db"):
            path.unlink()
    except OSError as error:
        raise SettingsError([f"{folder} cannot be used for metrics: {error.strerror}."]) from None


def _end_metrics(settings: Settings, process: int) -> None:
    """Forget what a web process that ended was in the midst of; what it counted stays."""
    if settings.metrics_token is not None:
        from screening.monitoring.prometheus import end_counting  # noqa: PLC0415 - see `app.metrics`

        end_counting(process)


class _ServerLog(Logger):  # type: ignore[misc]
    """Sends what gunicorn notes the way of all records. It keeps no list of who asked for what."""

    def setup(self, cfg: Config) -> None:
        self.cfg = cfg
        self.error_log.propagate = True
        self.error_log.setLevel(cfg.loglevel.upper())
        for name in ("critical", "error", "warning", "info", "debug", "exception"):
            setattr(self, name, getattr(self.error_log, name))  # so that the place is that of the caller

    def access(self, *_about: object) -> None:
        pass


THREADS = 16
"""Of a web process. As many callers as may be served and wait at both pools of workers leave some of them for pages."""
SWITCH = 0.0005
"""Seconds that a thread may compute before another one of its process gets a turn; Python's own is 0.005. A transaction
lets go at each of its twenty statements, and would wait for so long to go on at each, holding SQLite's one lock."""
STANDSTILL = 900
"""Seconds by the clock without a sign of life after which a web process is replaced, with all that its threads are
doing. The loop that gives the signs does no work itself: where they stay away for less, the machine is busy."""
STOPPING = 75
"""Seconds that pages have to be finished when the service is stopped; systemd kills what still runs after 90."""


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with this application and these settings."""

    def __init__(self, application: Flask, settings: Settings, workers: int) -> None:
        self.application = application
        self.settings = settings
        self.workers = workers
        super().__init__()

    def load_config(self) -> None:
        """What gunicorn asks for its settings."""
        settings = self.settings

        def ready(_arbiter: Any) -> None:
            click.echo(f"http://{settings.host}:{settings.port}")
            if settings.demonstration:
                click.echo(english().gettext("A demonstration on this machine alone: test, not for anybody's health."))
                click.echo(_desk_hint(settings))

        options = {
            "bind": f"{settings.host}:{settings.port}",
            "workers": self.workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "preload_app": True,
            "timeout": STANDSTILL,
            "graceful_timeout": STOPPING,
            "accesslog": None,
            "logger_class": _ServerLog,
            "control_socket_disable": True,  # a way in that nobody uses; services of one account would share it
            "loglevel": "warning",
            "proc_name": "screening",
            "when_ready": ready,
            "post_fork": lambda _server, _worker: _own_connections(self.application),
            "child_exit": lambda _server, worker: _end_metrics(settings, worker.pid),
            "post_worker_init": lambda _worker: _begin(self.application, settings),
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """What gunicorn asks for the application."""
        return self.application


def _desk_hint(settings: Settings) -> str:
    return english().gettext(
        "The desk: http://%(host)s:%(port)s/desk/ (sign in as %(names)s, each with the password %(password)s)",
        host=settings.host,
        port=settings.port,
        names=DEMONSTRATION.names,
        password=DEMONSTRATION.password,
    )


def _begin(application: Flask, settings: Settings) -> None:
    """What a worker does beside serving: it warms up, and sends notices where it is the one of this host that does."""
    sys.setswitchinterval(SWITCH)
    Thread(target=warm_up, args=(application,), daemon=True).start()
    store = application.extensions[EXTENSION].store
    if store:
        Thread(target=cut_log_regularly, args=(store.database, Event()), daemon=True).start()
    if store and settings.notifications.channels:
        lock = settings.instance / "notices.lock"
        Thread(target=run_delivery, args=(store, settings.notifications, lock, Event()), daemon=True).start()


def _own_connections(application: Flask) -> None:
    """Let a forked process open connections of its own: two may never speak through one."""
    store = application.extensions[EXTENSION].store
    if store:
        store.database.dispose()
