"""HTTP over connections that stay open.

werkzeug's own server closes the connection after every answer. Under load about one answer in a thousand then never
reached the AWS provider, which sent the request again: and what it was to create existed already.
"""
from __future__ import annotations

import io

from werkzeug.serving import WSGIRequestHandler
from werkzeug.test import run_wsgi_app


class Connection(WSGIRequestHandler):
    """Reads a request whole, and sends its answer in one piece."""

    wbufsize = -1
    disable_nagle_algorithm = True

    def run_wsgi(self) -> None:
        if self.headers.get("Expect", "").lower().strip() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.wfile.flush()
        # Attributes that the methods of the base class look at.
        self.environ = environ = self.make_environ()
        chunked = environ.get("wsgi.input_terminated", False)
        body = environ["wsgi.input"].read(-1 if chunked else int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(body), str(len(body))
        chunks, status, headers = run_wsgi_app(self.server.app, environ, buffered=True)
        self._send(status, headers.to_wsgi_list(), b"".join(chunks))

    def _send(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers:
            self.send_header(name, value)
        if not any(name.lower() == "content-length" for name, _ in headers) and int(code) not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(b"" if self.command == "HEAD" else body)
        self.wfile.flush()

    def log(self, type: str, message: str, *args: object) -> None:  # the name of the base class
        """Errors only: no line for each request."""
        if type == "error":
            super().log(type, message, *args)
