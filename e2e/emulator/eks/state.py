"""What the emulated EKS holds, and the request context its actions get."""
from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .errors import EksError, invalid_parameter, not_found
from .waiting import Waiting

Params = dict[str, Any]
Body = dict[str, Any]


@dataclass
class AccessEntry:
    """An access entry and the access policies associated with it, by policy ARN."""

    body: Body
    policies: dict[str, Body] = field(default_factory=dict)


@dataclass
class Cluster:
    """A cluster and all that belongs to it; each body is what the Describe action answers."""

    region: str
    body: Body
    security_group_id: str = ""
    # Whether EKS put VPC CNI, kube-proxy and CoreDNS on it as it was created.
    self_managed_addons: bool = True
    updates: dict[str, Body] = field(default_factory=dict)
    profiles: dict[str, Body] = field(default_factory=dict)
    nodegroups: dict[str, Body] = field(default_factory=dict)
    addons: dict[str, Body] = field(default_factory=dict)
    access: dict[str, AccessEntry] = field(default_factory=dict)
    associations: dict[str, Body] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.body["name"]

    @property
    def authentication_mode(self) -> str:
        return self.body["accessConfig"]["authenticationMode"]

    def tagged_bodies(self) -> list[tuple[str, Body]]:
        """Every (ARN, body with tags) of the cluster."""
        named = [("arn", self.body)]
        named += [("fargateProfileArn", body) for body in self.profiles.values()]
        named += [("nodegroupArn", body) for body in self.nodegroups.values()]
        named += [("addonArn", body) for body in self.addons.values()]
        named += [("accessEntryArn", entry.body) for entry in self.access.values()]
        named += [("associationArn", body) for body in self.associations.values()]
        return [(body[key], body) for key, body in named]


class EksState:
    """All clusters of one emulator; the lock is held while an action runs."""

    def __init__(self, account: str, delay: float) -> None:
        self.account = account
        self.waiting = Waiting(delay)
        self.clusters: dict[tuple[str, str], Cluster] = {}
        # Parameters and answer of the requests that had a clientRequestToken, by action and token.
        self.answers: dict[tuple[str, str | None], tuple[Params, Body]] = {}
        # Endpoint and certificate authority (base64) that a test has for all clusters; else each gets its own.
        self.endpoint: tuple[str, str] | None = None
        self.lock = threading.RLock()

    def settle(self) -> None:
        with self.lock:
            self.waiting.settle()


@dataclass
class Context:
    """What an action knows about its request."""

    state: EksState
    region: str
    partition: str
    dns_suffix: str
    caller_arn: str

    @property
    def account(self) -> str:
        return self.state.account

    def arn(self, resource: str) -> str:
        return f"arn:{self.partition}:eks:{self.region}:{self.account}:{resource}"

    def cluster(self, name: str) -> Cluster:
        cluster = self.state.clusters.get((self.region, name))
        if cluster is None:
            raise not_found(f"No cluster found for name: {name}.", clusterName=name)
        return cluster

    def active_cluster(self, name: str, code: str = "InvalidRequestException") -> Cluster:
        cluster = self.cluster(name)
        if cluster.body["status"] != "ACTIVE":
            raise EksError(code, f"Cluster '{name}' is not in ACTIVE status", clusterName=name)
        return cluster


Handler = Callable[[Context, Params], Body]
ACTIONS: dict[str, Handler] = {}


def action(name: str) -> Callable[[Handler], Handler]:
    """Registers the function that answers an action of the API."""

    def register(handler: Handler) -> Handler:
        ACTIONS[name] = handler
        return handler

    return register


def now() -> float:
    return round(time.time(), 3)


def new_id() -> str:
    return str(uuid.uuid4())


def page(items: list[Any], params: Params, key: str) -> Body:
    """One page of a list action (maxResults, nextToken)."""
    token = params.get("nextToken") or "0"
    if not token.isdigit():
        raise invalid_parameter("nextToken is not valid")
    start, size = int(token), params.get("maxResults") or 100
    body: Body = {key: items[start:start + size]}
    if start + size < len(items):
        body["nextToken"] = str(start + size)
    return body
