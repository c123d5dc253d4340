"""How gunicorn serves the archive, on a laptop and for real; its own flags and GUNICORN_CMD_ARGS go before this."""

wsgi_app = "archive.wsgi:application"
worker_class = "archive.gunicorn_worker.EvenWorker"
workers = 2
threads = 4
control_socket_disable = True  # nobody here controls it but by signals
