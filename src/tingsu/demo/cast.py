"""The people of the demo, invented from lists. No Django, no real person, no number in service."""

from dataclasses import dataclass
from random import Random

from tingsu.demo.stories import Story, common


@dataclass(frozen=True)
class Person:
    """A complainant. ``call``: how staff address them; ``ta``: the pronoun."""

    name: str
    call: str
    ta: str
    sex: str
    phone: str
    email: str
    address: str
    kind: str
    needs: str
    preferred_channel: str
    preferred_time: str


class Cast:
    """Invents people; now and then somebody comes back, as customers do."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.known: dict[str, list[Person]] = {}
        self.phones: set[str] = set()

    def person(self, house: str, story: Story, *, new: bool = False) -> Person:
        """Somebody for the story; one in seven has been here before."""
        fitting = [
            one
            for one in self.known.get(house, ())
            if one.kind == "person" and story.sex in ("", _sex(one))
        ]
        if fitting and story.tone != "business" and not new and self.rng.random() < 1 / 7:
            return self.rng.choice(fitting)
        person = self._invent(story)
        self.known.setdefault(house, []).append(person)
        return person

    def _invent(self, story: Story) -> Person:
        rng, lists = self.rng, common()
        woman = story.sex == "woman" or (story.sex != "man" and rng.random() < 0.52)
        surname = rng.choice(lists["surnames"])
        name = surname + rng.choice(lists["women" if woman else "men"])
        company = story.tone == "business" and rng.random() < 0.4
        phone = self._phone()
        mail = rng.random() < (0.9 if company or story.tone == "business" else 0.3)
        return Person(
            name=rng.choice(lists["companies"]) if company else name,
            call=f"{surname}{'女士' if woman else '先生'}",
            ta="她" if woman else "他",
            sex="" if company else ("female" if woman else "male"),
            phone=phone,
            email=f"u{phone[-6:]}@{rng.choice(lists['mail_hosts'])}" if mail else "",
            address=self._address(),
            kind="company" if company else "person",
            needs=rng.choice(lists["needs"]) if story.tone == "elderly" else "",
            preferred_channel="phone" if story.tone == "elderly" else "",
            preferred_time=rng.choice(lists["preferred"]) if rng.random() < 0.2 else "",
        )

    def _phone(self) -> str:
        while True:
            phone = f"{self.rng.choice(common()['phones'])}{self.rng.randrange(10_000):04d}"
            if phone not in self.phones:
                self.phones.add(phone)
                return phone

    def _address(self) -> str:
        rng, lists = self.rng, common()
        street = f"明州市{rng.choice(lists['districts'])}{rng.choice(lists['streets'])}"
        return (
            f"{street} {rng.randint(1, 299)} 号 {rng.randint(1, 18)} 幢 {rng.randint(101, 2604)} 室"
        )


def _sex(person: Person) -> str:
    return "woman" if person.sex == "female" else "man"
