"""Words of the party pages. Touches nothing."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIELDS: Mapping[str, Promise] = {
    "phone": _("电话"),
    "email": _("邮箱"),
    "address": _("地址"),
}
