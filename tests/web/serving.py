"""An application behind a real server, for as long as a test needs it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from web.cli import address, listen


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The address at which the application answers."""
    server = listen(app, "127.0.0.1", 0, 4)
    running = threading.Thread(target=server.run)
    running.start()
    try:
        yield address(server)
    finally:
        server.trigger.pull_trigger(lambda: server.asyncore.close_all(server._map))
        running.join(10)
        server.task_dispatcher.shutdown()
