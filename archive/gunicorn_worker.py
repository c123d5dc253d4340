"""The web server's worker: gunicorn's with threads, which leaves a connection to whichever worker has a thread free."""

from gunicorn.workers.gthread import ThreadWorker


class EvenWorker(ThreadWorker):
    """Accepts no connection while all its threads are at work. Gunicorn's own goes on accepting, so that one worker may
    have a dozen requests waiting while another has nothing to do."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.at_work = 0

    def enqueue_req(self, conn):
        self.at_work += 1
        super().enqueue_req(conn)
        if self.at_work >= self.cfg.threads:
            self.set_accept_enabled(False)  # until a thread is free, which the worker's loop finds out

    def finish_request(self, conn, fs):
        self.at_work -= 1
        super().finish_request(conn, fs)

    def set_accept_enabled(self, enabled):
        super().set_accept_enabled(enabled and self.at_work < self.cfg.threads)
