"""What holds for every address of the API, also for those that are not there."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

METHODS = ("GET", "HEAD")
READ_ONLY = "The API only reads: it answers GET and HEAD."


class ReadFromAnywhere:
    """Answers GET and HEAD alone, and lets pages of any site read the answers.

    There is nothing here but what is public, and who is logged in makes no difference.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/api/"):
            return self.get_response(request)
        method = request.method
        if method in METHODS:
            request.method = "GET"
            response = self.get_response(request)
            request.method = method  # by which the server leaves out the body of an answer to HEAD
        else:
            response = JsonResponse({"detail": READ_ONLY}, status=405, headers={"Allow": ", ".join(METHODS)})
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "Retry-After"
        return response
