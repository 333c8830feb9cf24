"""python3 -m emulator.selfcheck: proves each rule of the emulated EKS with boto3, against an emulator of its own.

Prints one line for each rule, and exits non-zero when one does not hold.
"""
from __future__ import annotations

import sys

from .checks import clusters, containers, edge, identity, instances, network, nodes, services, workloads
from .checks.world import World


def main() -> int:
    world = World()
    try:
        network.gateway_endpoints(world)
        edge.everything(world)
        containers.everything(world)
        services.everything(world)
        instances.everything(world)
        clusters.refusals(world)
        clusters.lifecycle(world)
        workloads.profiles(world)
        workloads.addons(world)
        nodes.groups(world)
        identity.entries(world)
        identity.tags_and_identity(world)
        identity.control_api(world)
        workloads.deletion(world)
    finally:
        world.report("the emulator ends when its stdin is closed", world.stop())
    return 1 if world.failed else 0


if __name__ == "__main__":
    sys.exit(main())
