"""Template filters of the member and account pages. Reads no tables."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# The first that is named wins: Edge also says Chrome, Chrome also says Safari.
_BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@register.filter
def device(user_agent: str) -> str:
    """Chrome · Windows, from what the browser says of itself."""
    found = [
        next((word for sign, word in table if sign in user_agent), "")
        for table in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(filter(None, found)) or _("说不清的设备")
