"""The report while it is written: served on this machine, built anew when a file is saved, reloaded in the browser.

Pages are served as they lie in the output folder; only on their way they get a script that asks whether there is a
newer build. A build that fails leaves the site as it was: the terminal and a line on every page say what is wrong.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watchfiles import watch

from zonebook.errors import ParameterError, ZonebookError
from zonebook.pipeline import build_report
from zonebook.request import BuildReport, BuildRequest

HOST = "127.0.0.1"
STATE = "/zonebook-state.json"
_OF_PROJECT = ("notebooks", "book", "parameters.yml", "_config.yml", "_toc.yml")
# Asks once a second; says what is wrong in a line of its own, which screen readers read out.
_SCRIPT = """<script>
(() => {
  let known = null;
  const line = document.createElement("p");
  line.setAttribute("role", "alert");
  line.style.cssText = "position:fixed;inset:auto 0 0 0;margin:0;padding:.75em 1em;background:#8c1d18;color:#fff;" +
    "white-space:pre-wrap;z-index:9999;font:14px/1.4 sans-serif;max-height:50vh;overflow:auto";
  const ask = async () => {
    try {
      const state = await (await fetch("STATE", { cache: "no-store" })).json();
      if (known !== null && state.build !== known) return location.reload();
      known = state.build;
      line.textContent = state.error;
      if (state.error) document.body.append(line); else line.remove();
    } catch { /* the server has ended */ }
    setTimeout(ask, 1000);
  };
  ask();
})();
</script>
""".replace("STATE", STATE)


@dataclass
class Served:
    """What is served: the site's folder, how many builds it has seen, and what is wrong with the last one."""

    folder: Path
    build: int = 0
    error: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def note(self, *, is_new: bool, error: str = "") -> None:
        """Note the end of a build."""
        with self.lock:
            self.build += is_new
            self.error = error

    def to_json(self) -> bytes:
        """Return the state as pages ask for it."""
        with self.lock:
            return json.dumps({"build": self.build, "error": self.error}, ensure_ascii=False).encode()


class PageHandler(SimpleHTTPRequestHandler):
    """Serves files of the site; HTML with the script that reloads it."""

    def __init__(self, *args: object, served: Served, **options: object) -> None:
        self._served = served
        super().__init__(*args, directory=str(served.folder), **options)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer a request."""
        if self.path == STATE:
            self._send(self._served.to_json(), "application/json; charset=utf-8")
            return
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        if path.suffix == ".html" and path.is_file():
            self._send(add_script(path.read_text(encoding="utf-8")).encode(), "text/html; charset=utf-8")
        elif self.path == "/" and not path.is_file():
            self._send(_make_waiting_page(self._served.error).encode(), "text/html; charset=utf-8")
        else:
            super().do_GET()

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing of single requests."""


def add_script(page: str) -> str:
    """Return a page with the script in front of its end.

    Examples
    --------
    >>> add_script("<body><p>x</p></body>").startswith("<body><p>x</p><script>")
    True
    """
    head, end, tail = page.rpartition("</body>")
    return f"{head}{_SCRIPT}{end}{tail}" if end else page + _SCRIPT


def _make_waiting_page(error: str) -> str:
    said = escape(error) if error else "The report is being built."
    body = f'<pre style="white-space:pre-wrap">{said}</pre>{_SCRIPT}'
    return f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Zonebook</title><body>{body}</body></html>'


@contextmanager
def serve_site(served: Served, port: int) -> Iterator[str]:
    """Serve a site on this machine; give its address.

    Raises
    ------
    ParameterError
        Where the port is taken.
    """
    try:
        server = ThreadingHTTPServer((HOST, port), partial(PageHandler, served=served))
    except OSError as error:
        raise ParameterError(f"port {port} cannot be had: {error.strerror}.", remedy="Give another --port.") from error
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def list_watched(request: BuildRequest) -> tuple[Path, ...]:
    """Return the files and folders that the report is made of."""
    parameters = request.parameters
    own = [name for name in (*parameters.own_metrics, parameters.logo, parameters.font) if name]
    paths = [request.data, *(request.project / name for name in (*_OF_PROJECT, *own))]
    return tuple(path for path in paths if path.exists())


def rebuild(make_request: Callable[[], BuildRequest], served: Served) -> BuildReport | ZonebookError:
    """Build the report again from what is there now; what goes wrong is returned and shown, not raised."""
    try:
        report = build_report(make_request())
    except ZonebookError as error:
        served.note(is_new=False, error=str(error))
        return error
    served.note(is_new=True, error="\n".join(report.failures))
    return report


def serve_report(
    make_request: Callable[[], BuildRequest],
    port: int,
    say: Callable[[str], None],
    changes: Iterable[object] | None = None,
) -> None:
    """Build, serve, and build again whenever a file is saved, until interrupted.

    Parameters
    ----------
    make_request
        Returns the request of a build from the parameters as they are saved now.
    port
        Where to serve; 0 takes one that is free.
    say
        Takes what is told in the terminal.
    changes
        Something for each time files were saved; by default the files of the data set and the project are watched.

    Raises
    ------
    ParameterError
        Where the port is taken, or the parameters at the start are wrong.
    """
    request = make_request()
    served = Served(request.out / "html")
    with serve_site(served, port) as address:
        say(f"{address} (ends with Ctrl+C)")
        _say_built(rebuild(make_request, served), say)
        for _ in changes if changes is not None else watch(*list_watched(request), raise_interrupt=False):
            _say_built(rebuild(make_request, served), say)


def _say_built(built: BuildReport | ZonebookError, say: Callable[[str], None]) -> None:
    if isinstance(built, ZonebookError):
        say(f"Error: {built}")
        return
    for line in (*built.complaints, built.summary):
        say(line)
