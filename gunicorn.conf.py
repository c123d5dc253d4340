"""How gunicorn serves the archive, on a laptop and for real; its own flags and GUNICORN_CMD_ARGS go before this."""

import gc

wsgi_app = "archive.wsgi:application"
worker_class = "archive.gunicorn_worker.EvenWorker"
workers = 2
threads = 4
control_socket_disable = True  # nobody here controls it but by signals


def post_worker_init(worker):
    """Looks for cycles seldom: what is loaded once stays, and to go over it again and again took 7 % of a page."""
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)
