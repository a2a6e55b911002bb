"""What each web process loads: the application, tied to the life of its parent."""

from tingsu.serve import die_with_parent

die_with_parent()

from tingsu.web.wsgi import application  # noqa: E402 -- the tie comes first

__all__ = ["application"]
