"""How a command learns that it should stop."""


class StopRequested(BaseException):
    """Somebody asked this process to stop, by Ctrl-C or by a signal."""
