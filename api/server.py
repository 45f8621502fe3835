"""Run the application with uvicorn: one process, one index, threads for the work."""

import socket
import sys

import uvicorn
from fastapi import FastAPI

from figures.errors import UsageError


def serve(app: FastAPI, *, host: str, port: int) -> None:
    """Listen until interrupted. Uvicorn's access log is off: who asked is nobody's business."""
    listener = open_socket(host, port)
    shown = f"[{host}]" if ":" in host else host
    sys.stderr.write(f"Kommunesvar: http://{shown}:{listener.getsockname()[1]} (Ctrl-C stops it)\n")
    make_server(app).run(sockets=[listener])


def make_server(app: FastAPI) -> uvicorn.Server:
    """A server that is not running yet."""
    config = uvicorn.Config(
        app, access_log=False, log_level="warning", server_header=False, timeout_keep_alive=30
    )
    return uvicorn.Server(config)


def open_socket(host: str, port: int) -> socket.socket:
    """A bound socket, or one clear line about why not."""
    try:
        family, kind, proto, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, OverflowError, UnicodeError):
        raise UsageError(
            f"cannot listen on {host!r}, port {port}: give an address of this machine and a port "
            "from 1 to 65535"
        ) from None
    listener = socket.socket(family, kind, proto)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        reason = error.strerror if isinstance(error, OSError) else error
        raise UsageError(
            f"cannot listen on {host} port {port}: {reason}; "
            f"choose another, for example --port {port + 1}"
        ) from None
    return listener
