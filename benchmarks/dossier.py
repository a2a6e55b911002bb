"""How long a dossier takes: a case of two hundred entries and twenty photographs (CL-2: within ten
seconds). In a home: ``python -m benchmarks.dossier``."""

import io
import time

import django

django.setup()

from django.utils.timezone import now  # noqa: E402
from PIL import Image  # noqa: E402

from tingsu.cases.actions import attach, note  # noqa: E402
from tingsu.cases.models import Case  # noqa: E402
from tingsu.followup.actions import dossier  # noqa: E402
from tingsu.people.actor import Actor  # noqa: E402
from tingsu.people.models import Member  # noqa: E402

ENTRIES, PHOTOS = 200, 20


def main() -> None:
    """Fill the newest open case, make its dossier, say how long it took."""
    case = Case.objects.filter(open=True, owner__isnull=False).latest("id")
    member = Member.objects.get(id=case.owner_id)
    by, at = Actor("member", member.id, member.name), now()
    for number in range(PHOTOS):
        photo = io.BytesIO()
        Image.effect_noise((1600, 1200), 40 + number).save(photo, "JPEG")
        given = attach.Given(f"现场{number}.jpg", photo.tell(), photo)
        attach.attach(case, by, at, files=[given])
    for number in range(ENTRIES - case.version):
        note.note(case, by, at, text=f"第{number}条：电梯又停了一次，已请维保来看。")
    row = dossier.ask(case, by, at, masked=False, language="zh-hans")
    began = time.perf_counter()
    made = dossier.make(row, at)
    seconds = time.perf_counter() - began
    print(f"{case.version} entries, {PHOTOS} photographs, {made.pages} pages: {seconds:.1f} s")


if __name__ == "__main__":
    main()
