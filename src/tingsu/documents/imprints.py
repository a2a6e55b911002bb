"""Which signature and which seal a paper bears: asked for by a person, allowed or refused (HA-18).

Reads queries. Whether they are still in force is asked once more in the transaction that issues.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.imprints import png
from tingsu.cases.models import Case, Imprint
from tingsu.cases.queries import imprints as queries
from tingsu.documents.picture import svg_of
from tingsu.packs.documents import DocumentKind
from tingsu.people.actor import Actor


@dataclass(frozen=True)
class Wish:
    """What whoever issues asks for. keeper: who asked for the seal, where another one signs;
    willing: the signature too is taken where there is one, and not insisted on."""

    signature: bool = False
    seal: UUID | None = None
    keeper: UUID | None = None
    willing: bool = False

    @classmethod
    def carried(cls, told: Mapping[str, Any]) -> "Wish":
        """Of a paper that somebody else asked for and the signer now issues."""
        seal, keeper = told.get("seal"), told.get("keeper")
        if not seal or not keeper:
            return cls(willing=True)
        return cls(seal=UUID(seal), keeper=UUID(keeper), willing=True)


NOTHING = Wish()


@dataclass(frozen=True)
class Used:
    """What the paper bears."""

    signature: Imprint | None = None
    seal: Imprint | None = None

    @property
    def ids(self) -> list[UUID]:
        return [one.id for one in (self.signature, self.seal) if one]

    @property
    def told(self) -> dict[str, str]:
        """For the entry: whose signature, which seal."""
        found: dict[str, str] = {}
        if self.signature:
            found |= {"signature": str(self.signature.id), "signature_of": self.signature.name}
        if self.seal:
            found |= {"seal": str(self.seal.id), "seal_name": self.seal.name}
        return found

    def asked(self, by: Actor) -> dict[str, str]:
        """For the request to sign: the seal, and who may set it."""
        return {"seal": str(self.seal.id), "keeper": str(by.member_id)} if self.seal else {}

    @property
    def hand(self) -> str:
        return svg_of(png(self.signature)) if self.signature else ""

    @property
    def stamp(self) -> str:
        return svg_of(png(self.seal)) if self.seal else ""


def chosen(case: Case, by: Actor, kind: DocumentKind | None, signatory: str, wish: Wish) -> Used:
    """What was asked for, where it may be used. Raises Refusal, or Invalid for a name that is not
    the one of the signature."""
    if kind is None or wish == NOTHING:
        return NONE
    return Used(_signature(by, signatory, wish), _seal(case, by, kind, wish))


def _signature(by: Actor, signatory: str, wish: Wish) -> Imprint | None:
    """The own one alone, and under the own name alone."""
    if not (wish.signature or wish.willing) or by.member_id is None:
        return None
    found = queries.signature_of(by.member_id)
    if wish.signature and found is None:
        raise Refusal(_("您还没有签名图，请先在「我的签名」里上传。"), "signature", "missing")
    if found and by.name not in signatory:
        raise Invalid({"signatory": _("用签名图时，署名里要有您自己的名字。")})
    return found


def _seal(case: Case, by: Actor, kind: DocumentKind, wish: Wish) -> Imprint | None:
    keeper = wish.keeper or by.member_id
    if wish.seal is None or keeper is None:
        return None
    offered = {one.id: one for one in queries.seals_for(case, kind, keeper)}
    if wish.seal not in offered:
        words = _("这枚印章不能由您盖在这种文书上，或已经停用。")
        raise Refusal(words, "seal", "not_yours")
    return offered[wish.seal]


NONE = Used()
