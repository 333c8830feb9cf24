"""python3 -m emulator --port 0: starts the emulator, prints {"url": ...} when it is ready, ends with its parent."""
from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import threading


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="emulator", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 picks a free one")
    parser.add_argument("--state-delay", type=float, default=0.3, metavar="SECONDS",
                        help="how long clusters, profiles and add-ons stay in a transitional state")
    return parser.parse_args()


def _end_with_parent() -> None:
    """A parent that died closes our stdin, and nobody is left to stop us."""

    def watch() -> None:
        while os.read(0, 4096):
            pass
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def main() -> None:
    arguments = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    _end_with_parent()
    # moto reads these when it is imported, hence the imports below.
    os.environ.setdefault("MOTO_ACCOUNT_ID", "111122223333")
    os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
    from werkzeug.serving import make_server

    from .app import Emulator
    from .connection import Connection

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    application = Emulator(os.environ["MOTO_ACCOUNT_ID"], arguments.state_delay)
    server = make_server("127.0.0.1", arguments.port, application, threaded=True, request_handler=Connection)
    print(json.dumps({"url": f"http://127.0.0.1:{server.server_port}"}), flush=True)
    sys.stdout = sys.stderr  # moto prints; stdout is for the line above alone
    server.serve_forever()


if __name__ == "__main__":
    main()
