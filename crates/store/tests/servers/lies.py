"""moto, an S3 service for tests, as it is or made to lie: lies.py PORT [LIE...]

overwrite        takes no notice that an object is to be created only
overwrite-later  the same, once it was asked for that twice
overwrite-large  the same, of objects that are put in parts
flip             keeps other bytes than it was sent, where they are evidence
"""

import io
import itertools
import sys

from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import run_simple

port, lies = int(sys.argv[1]), set(sys.argv[2:])
moto = DomainDispatcherApplication(create_backend_app)
asked = itertools.count(1)


def lying(environ, start_response):
    method = environ["REQUEST_METHOD"]
    if "overwrite-later" in lies and "HTTP_IF_NONE_MATCH" in environ and next(asked) > 2:
        environ.pop("HTTP_IF_NONE_MATCH")
    if "overwrite" in lies or ("overwrite-large" in lies and method == "POST"):
        environ.pop("HTTP_IF_NONE_MATCH", None)
    if "flip" in lies and method == "PUT" and "/sha256/" in environ["PATH_INFO"]:
        sent = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        environ["wsgi.input"] = io.BytesIO(sent[:-1] + bytes([sent[-1] ^ 1]))
    return moto(environ, start_response)


run_simple("127.0.0.1", port, lying, threaded=True, request_handler=MotoRequestHandler)
