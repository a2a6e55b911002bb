"""The worker's part: one look for imports that wait. Writes import jobs through ``running``."""

import logging
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.db.models import Q
from django.utils.translation import gettext as _

from tingsu.channels.file import jobs, running
from tingsu.channels.file.table import TableError
from tingsu.channels.models import ImportJob

log = logging.getLogger(__name__)
BATCHES = 4  # in one look, so that letters and clocks are not kept waiting
PURGED_EVERY = timedelta(hours=1)


class Sweeper:
    """Keeps the file of the job at hand open from look to look: skipping to the position again
    each time would read a long file a thousand times over."""

    def __init__(self) -> None:
        self.run: running.Run | None = None
        self.purged: datetime | None = None

    def __call__(self, at: datetime) -> bool:
        """Bring in some batches of the oldest waiting import; whether there was one."""
        job = _claim(at)
        if job is None:
            self._rest(at)
            return False
        try:
            self._work(job, at)
        except running.Lost:
            self._close()
        except TableError as problem:
            running.fail(job, at, problem.words)
        except OSError:
            running.fail(job, at, _("找不到上传的文件了，请重新上传；已导入的不会重复。"))
        except DatabaseError:
            self._close()
            raise  # the database is in trouble, the import is not: the lease runs out, we go on
        except Exception as problem:  # noqa: BLE001 - one bad file must not stop the worker
            log.error("import %s: %s", job.id, type(problem).__name__)
            running.fail(job, at, _("导入中断了。已导入的都在，请联系管理员后再试。"))
        _release(job)
        return True

    def _work(self, job: ImportJob, at: datetime) -> None:
        run = self._run_of(job)
        for _batch in range(BATCHES):
            if not run.step(at):
                self._close()
                return

    def _run_of(self, job: ImportJob) -> running.Run:
        run = self.run
        if run is None or run.job.id != job.id or run.job.position != job.position:
            self._close()
            run = self.run = running.Run(job)
        return run

    def _close(self) -> None:
        if self.run:
            self.run.close()
        self.run = None

    def _rest(self, at: datetime) -> None:
        self._close()
        if self.purged is None or at - self.purged >= PURGED_EVERY:
            jobs.purge(at)
            self.purged = at


def _claim(at: datetime) -> ImportJob | None:
    """Take the oldest import that nobody works on; a killed worker's claim runs out."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=at)
    rows = ImportJob.objects.filter(free, state="ready").select_related("organisation", "member")
    job = rows.order_by("id").first()
    if job is None:
        return None
    mine = ImportJob.objects.filter(free, id=job.id, state="ready")
    return job if mine.update(claimed_until=at + running.LEASE) else None


def _release(job: ImportJob) -> None:
    ImportJob.objects.filter(id=job.id).update(claimed_until=None)


sweep = Sweeper()
