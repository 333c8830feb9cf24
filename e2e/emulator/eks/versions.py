"""DescribeClusterVersions (https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeClusterVersions.html)."""
from __future__ import annotations

from datetime import UTC, date, datetime

from .data import DEFAULT_VERSION, VERSIONS, Version
from .state import Body, Context, Params, action, page


@action("DescribeClusterVersions")
def describe_cluster_versions(_: Context, params: Params) -> Body:
    """Unsupported versions are listed only when asked for (includeAll, versionStatus or by name)."""
    named, wanted = params.get("clusterVersions", []), params.get("versionStatus") or _old_status(params.get("status"))
    found = [version for version in VERSIONS.values()
             if (not named or version.name in named)
             and (version.status == wanted if wanted else
                  bool(named) or params.get("includeAll") or version.status != "UNSUPPORTED")
             and (not params.get("defaultOnly") or version.name == DEFAULT_VERSION)]
    return page([_info(version) for version in found], params, "clusterVersions")


def _old_status(status: str | None) -> str | None:
    return status.upper().replace("-", "_") if status else None


def _info(version: Version) -> Body:
    return {
        "clusterVersion": version.name, "clusterType": "eks", "defaultPlatformVersion": "eks.1",
        "defaultVersion": version.name == DEFAULT_VERSION, "releaseDate": _epoch(version.released),
        "endOfStandardSupportDate": _epoch(version.end_standard),
        "endOfExtendedSupportDate": _epoch(version.end_extended), "versionStatus": version.status,
        "status": version.status.lower().replace("_", "-"), "kubernetesPatchVersion": f"{version.name}.1",
    }


def _epoch(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
