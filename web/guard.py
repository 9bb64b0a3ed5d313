"""What stands before and behind every page: headers that forbid what no page needs, limits, and error pages."""

from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException, RequestURITooLarge
from werkzeug.wrappers import Response as AnyResponse

from search.article import canonical_json
from search.errors import DatelineError, NoGeneration

LONGEST_ADDRESS = 8000  # bytes, of path and query string
PROBLEM = "application/problem+json"

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
                               "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # an outlet does not learn what was searched
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

ADVICE = {
    400: "The server could not make sense of this request.",
    404: "There is nothing at this address. It may have been mistyped, or the article may have left the archive.",
    405: "This page can be read, but nothing can be sent to it.",
    414: "This address is too long. Take out some of the words or choices.",
    500: "Something went wrong here, and the log says what. Nothing was lost; try again or try another search.",
    503: "The archive cannot be read just now. Try again in a minute; the log says what is wrong.",
}


def guard(app: Flask) -> None:
    """Puts the limits, headers and error pages on an application."""
    app.before_request(_refuse_long)
    app.after_request(_finish)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(DatelineError, _unavailable)


def _refuse_long() -> None:
    if len(request.environ.get("QUERY_STRING", "")) + len(request.path) > LONGEST_ADDRESS:
        raise RequestURITooLarge


def _finish(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-cache"
    if response.status_code == HTTPStatus.OK and not response.is_streamed and not response.direct_passthrough:
        response.add_etag()
        response.make_conditional(request)
    return response


def _http_error(error: HTTPException) -> AnyResponse:
    status = error.code or 500
    answer = error.get_response(request.environ)
    if status >= 400:
        problem = _problem(status, ADVICE.get(status) or error.description or "")
        answer.set_data(problem.get_data())
        answer.content_type = problem.content_type
    return answer


def _unavailable(error: DatelineError) -> AnyResponse:
    if not isinstance(error, NoGeneration):
        current_app.logger.error("cannot answer: %s", error)
    empty = isinstance(error, NoGeneration)
    answer = _problem(503, "Nothing has been indexed yet." if empty else ADVICE[503], empty=empty)
    answer.headers["Retry-After"] = "60"
    return answer


def _problem(status: int, detail: str, **context: Any) -> Response:
    """An error as problem details (RFC 9457) for programs, as a page for readers."""
    title = HTTPStatus(status).phrase
    if request.path.startswith("/api/"):
        body = canonical_json({"type": "about:blank", "title": title, "status": status, "detail": detail})
        return Response(body, status, content_type=PROBLEM)
    page = render_template("error.html", status=status, title=title, detail=detail, **context)
    return Response(page, status, content_type="text/html; charset=utf-8")
