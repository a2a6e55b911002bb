"""By what a matter that is told twice is found (IN-8)."""

from django.db import models


class CaseMark(models.Model):
    """A telling word, an address or an order number of a case, as a number. Only a hint: no
    foreign key, so that a complaint gets its dozen in one cheap statement."""

    mark = models.BigIntegerField()
    day = models.IntegerField()  # of arrival, days since year one
    about = models.UUIDField()  # the case

    class Meta:
        indexes = [models.Index(fields=["mark", "day", "about"], name="case_by_mark")]
