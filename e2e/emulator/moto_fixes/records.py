"""Zones of Route 53, into which moto does not let a record come back that was deleted."""
from __future__ import annotations

from typing import Any

from moto.route53.models import FakeZone


def apply() -> None:
    """Patches moto's classes; to be called once."""
    _forget_what_is_deleted()


def _forget_what_is_deleted() -> None:
    """What was written once may be written again when it is gone; moto finds it in its journal, and takes the next
    record of the zone for it.

    https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
    """
    delete = FakeZone.delete_rrset

    def delete_rrset(self: Any, rrset: dict[str, Any]) -> None:
        delete(self, rrset)
        self.rr_changes[:] = [change for change in self.rr_changes if _key(change["ResourceRecordSet"]) != _key(rrset)]

    FakeZone.delete_rrset = delete_rrset  # type: ignore[method-assign]


def _key(rrset: dict[str, Any]) -> tuple[str, Any]:
    return rrset["Name"].strip("."), rrset.get("Type")
