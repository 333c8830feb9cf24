"""Elastic Beanstalk: moto knows neither versions of applications nor what an environment is told, so this is our own.

https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_Operations.html
"""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.elasticbeanstalk.exceptions import InvalidParameterValueError, ResourceNotFoundException
from moto.elasticbeanstalk.models import EBBackend
from moto.elasticbeanstalk.responses import SOLUTION_STACK_DETAILS, EBResponse
from moto.iam.models import iam_backends
from moto.moto_api._internal import mock_random
from moto.s3.models import s3_backends
from moto.utilities.utils import get_partition

_ECS_PLATFORM = "64bit Amazon Linux 2023 v4.7.7 running ECS"
_PROFILE = ("aws:autoscaling:launchconfiguration", "IamInstanceProfile")
_SERVICE_ROLE = ("aws:elasticbeanstalk:environment", "ServiceRole")


def apply() -> None:
    """Patches moto's classes; to be called once."""
    SOLUTION_STACK_DETAILS.insert(0, {"SolutionStackName": _ECS_PLATFORM, "PermittedFileTypes": ["zip", "json"]})
    for action in (_create_application, _describe_applications, _update_application, _delete_application,
                   _update_application_resource_lifecycle, _create_application_version,
                   _describe_application_versions, _update_application_version, _delete_application_version,
                   _create_environment, _describe_environments, _update_environment, _terminate_environment,
                   _describe_configuration_settings, _describe_environment_resources, _describe_events,
                   _list_tags_for_resource, _update_tags_for_resource):
        setattr(EBResponse, action.__name__[1:], action)


class _Store:
    """Applications by name, versions by application and label, environments by id, tags by ARN: as AWS tells them."""

    def __init__(self, backend: EBBackend) -> None:
        self.region, self.account = backend.region_name, backend.account_id
        self.applications: dict[str, dict[str, Any]] = {}
        self.versions: dict[tuple[str, str], dict[str, Any]] = {}
        self.environments: dict[str, dict[str, Any]] = {}
        self.settings: dict[str, dict[tuple[str, str, str], str]] = {}
        self.tags: dict[str, dict[str, str]] = {}

    def arn(self, path: str) -> str:
        return f"arn:{get_partition(self.region)}:elasticbeanstalk:{self.region}:{self.account}:{path}"

    def environment(self, response: Any) -> dict[str, Any]:
        wanted = response._get_param("EnvironmentId"), response._get_param("EnvironmentName")
        found = [each for each in self.environments.values() if each["Status"] != "Terminated"
                 and (each["EnvironmentId"] == wanted[0] or each["EnvironmentName"] == wanted[1])]
        if not found:
            raise InvalidParameterValueError(f"No Environment found for {wanted[0] or wanted[1]}.")
        return found[0]


def store_of(backend: EBBackend) -> _Store:
    """What exists in a region, for leftovers too."""
    if not hasattr(backend, "store"):
        backend.store = _Store(backend)  # type: ignore[attr-defined]
    return backend.store  # type: ignore[attr-defined, no-any-return]


def _store(response: Any) -> _Store:
    return store_of(response.elasticbeanstalk_backend)


def _remember_tags(response: Any, arn: str) -> None:
    _store(response).tags[arn] = {tag["Key"]: tag["Value"] for tag in response._get_param("Tags") or []}


def _create_application(self: Any) -> ActionResult:
    store, name = _store(self), self._get_param("ApplicationName")
    if name in store.applications:
        raise InvalidParameterValueError(f"Application {name} already exists.")
    arn = store.arn(f"application/{name}")
    store.applications[name] = {
        "ApplicationArn": arn, "ApplicationName": name, "Description": self._get_param("Description"),
        "DateCreated": utcnow(), "DateUpdated": utcnow(),
        "ResourceLifecycleConfig": self._get_param("ResourceLifecycleConfig") or {}}
    _remember_tags(self, arn)
    return ActionResult({"Application": store.applications[name]})


def _application(response: Any) -> dict[str, Any]:
    name = response._get_param("ApplicationName")
    application = _store(response).applications.get(name)
    if application is None:
        raise InvalidParameterValueError(f"No Application named '{name}' found.")
    return application


def _describe_applications(self: Any) -> ActionResult:
    names = self._get_param("ApplicationNames") or []
    return ActionResult({"Applications": [each for name, each in _store(self).applications.items()
                                          if not names or name in names]})


def _update_application(self: Any) -> ActionResult:
    application = _application(self)
    application["Description"] = self._get_param("Description")
    return ActionResult({"Application": application})


def _update_application_resource_lifecycle(self: Any) -> ActionResult:
    application = _application(self)
    config = self._get_param("ResourceLifecycleConfig") or {}
    # The role stays when it is not given again.
    application["ResourceLifecycleConfig"] = {**application["ResourceLifecycleConfig"], **config}
    return ActionResult({"ApplicationName": application["ApplicationName"],
                         "ResourceLifecycleConfig": application["ResourceLifecycleConfig"]})


def _delete_application(self: Any) -> ActionResult:
    store, name = _store(self), self._get_param("ApplicationName")
    if any(each["ApplicationName"] == name and each["Status"] != "Terminated" for each in store.environments.values()):
        raise InvalidParameterValueError("Unable to delete application because it has running environments.")
    store.applications.pop(name, None)
    return EmptyResult()


def _create_application_version(self: Any) -> ActionResult:
    store, application, label = _store(self), _application(self), self._get_param("VersionLabel")
    bundle = self._get_param("SourceBundle") or {}
    bucket = s3_backends[store.account][get_partition(store.region)].buckets.get(bundle.get("S3Bucket"))
    if bucket is None or bundle.get("S3Key") not in bucket.keys:
        raise InvalidParameterValueError(f"No S3 object found at {bundle.get('S3Bucket')}/{bundle.get('S3Key')}.")
    name = application["ApplicationName"]
    arn = store.arn(f"applicationversion/{name}/{label}")
    store.versions[name, label] = version = {
        "ApplicationVersionArn": arn, "ApplicationName": name, "VersionLabel": label, "Status": "PROCESSED",
        "Description": self._get_param("Description"), "SourceBundle": bundle, "DateCreated": utcnow(),
        "DateUpdated": utcnow()}
    _remember_tags(self, arn)
    return ActionResult({"ApplicationVersion": version})


def _describe_application_versions(self: Any) -> ActionResult:
    name, labels = self._get_param("ApplicationName"), self._get_param("VersionLabels") or []
    return ActionResult({"ApplicationVersions": [
        version for (application, label), version in _store(self).versions.items()
        if name in (None, application) and (not labels or label in labels)]})


def _update_application_version(self: Any) -> ActionResult:
    version = _store(self).versions[self._get_param("ApplicationName"), self._get_param("VersionLabel")]
    version["Description"] = self._get_param("Description")
    return ActionResult({"ApplicationVersion": version})


def _delete_application_version(self: Any) -> ActionResult:
    store, key = _store(self), (self._get_param("ApplicationName"), self._get_param("VersionLabel"))
    if any((each["ApplicationName"], each["VersionLabel"]) == key and each["Status"] != "Terminated"
           for each in store.environments.values()):
        raise InvalidParameterValueError(f"Unable to delete version {key[1]}: an environment runs it.")
    store.versions.pop(key, None)
    return EmptyResult()


def _options(response: Any) -> dict[tuple[str, str, str], str]:
    return {(each["Namespace"], each.get("ResourceName") or "", each["OptionName"]): str(each.get("Value", ""))
            for each in response._get_param("OptionSettings") or []}


def _check(store: _Store, application: str, label: str | None, options: dict[tuple[str, str, str], str]) -> None:
    """What would make an environment fail on AWS: no such version, no such instance profile or service role."""
    if label and (application, label) not in store.versions:
        raise InvalidParameterValueError(f"No Application Version named '{label}' found.")
    iam = iam_backends[store.account][get_partition(store.region)]
    named = {(namespace, option): value for (namespace, _, option), value in options.items()}
    profile, role = named.get(_PROFILE), named.get(_SERVICE_ROLE)
    known: list[tuple[str | None, Callable[[], set[str]], str]] = [
        (profile, lambda: {name for each in iam.instance_profiles.values() for name in (each.name, each.arn)},
         "IamInstanceProfile"),
        (role, lambda: {name for each in iam.get_roles() for name in (each.name, each.arn)}, "ServiceRole")]
    for value, names, option in known:
        if value is None or value not in names():
            raise InvalidParameterValueError(f"The {option} {value} does not exist.")


def _create_environment(self: Any) -> ActionResult:
    store, application, options = _store(self), _application(self)["ApplicationName"], _options(self)
    stack, label, name = (self._get_param(key) for key in ("SolutionStackName", "VersionLabel", "EnvironmentName"))
    if stack not in [each["SolutionStackName"] for each in SOLUTION_STACK_DETAILS]:
        raise InvalidParameterValueError(f"No Solution Stack named '{stack}' found.")
    _check(store, application, label, options)
    identifier = f"e-{mock_random.get_random_string(10, lower_case=True)}"
    arn = store.arn(f"environment/{application}/{name}")
    prefix = self._get_param("CNAMEPrefix") or name
    store.environments[identifier] = environment = {
        "EnvironmentId": identifier, "EnvironmentName": name, "EnvironmentArn": arn, "ApplicationName": application,
        "VersionLabel": label, "SolutionStackName": stack, "Description": self._get_param("Description"),
        "PlatformArn": f"arn:aws:elasticbeanstalk:{store.region}::platform/ECS running on {stack}",
        "CNAME": f"{prefix}.{store.region}.elasticbeanstalk.com", "EndpointURL": f"awseb-{identifier}.elb.amazonaws.com",
        "Tier": self._get_param("Tier") or {"Name": "WebServer", "Type": "Standard", "Version": "1.0"},
        "Status": "Ready", "Health": "Green", "HealthStatus": "Ok", "AbortableOperationInProgress": False,
        "DateCreated": utcnow(), "DateUpdated": utcnow()}
    store.settings[identifier] = options
    _remember_tags(self, arn)
    return ActionResult(environment)


def _describe_environments(self: Any) -> ActionResult:
    ids, names = self._get_param("EnvironmentIds") or [], self._get_param("EnvironmentNames") or []
    application, deleted = self._get_param("ApplicationName"), self._get_param("IncludeDeleted")
    return ActionResult({"Environments": [
        each for each in _store(self).environments.values()
        if (not ids or each["EnvironmentId"] in ids) and (not names or each["EnvironmentName"] in names)
        and application in (None, each["ApplicationName"])
        and (deleted in (True, "true") or each["Status"] != "Terminated")]})


def _update_environment(self: Any) -> ActionResult:
    store = _store(self)
    environment = store.environment(self)
    settings = store.settings[environment["EnvironmentId"]]
    for removed in self._get_param("OptionsToRemove") or []:
        settings.pop((removed["Namespace"], removed.get("ResourceName") or "", removed["OptionName"]), None)
    settings.update(_options(self))
    for key in ("VersionLabel", "SolutionStackName", "Description"):
        environment[key] = self._get_param(key) or environment[key]
    _check(store, environment["ApplicationName"], environment["VersionLabel"], settings)
    environment["DateUpdated"] = utcnow()
    return ActionResult(environment)


def _terminate_environment(self: Any) -> ActionResult:
    environment = _store(self).environment(self)
    environment["Status"] = "Terminated"
    return ActionResult(environment)


def _describe_configuration_settings(self: Any) -> ActionResult:
    store = _store(self)
    environment = store.environment(self)
    options = [{"Namespace": namespace, "OptionName": option, "Value": value,
                **({"ResourceName": resource} if resource else {})}
               for (namespace, resource, option), value in store.settings[environment["EnvironmentId"]].items()]
    return ActionResult({"ConfigurationSettings": [{
        "ApplicationName": environment["ApplicationName"], "EnvironmentName": environment["EnvironmentName"],
        "SolutionStackName": environment["SolutionStackName"], "PlatformArn": environment["PlatformArn"],
        "DeploymentStatus": "deployed", "OptionSettings": options}]})


def _describe_environment_resources(self: Any) -> ActionResult:
    name = _store(self).environment(self)["EnvironmentName"]
    return ActionResult({"EnvironmentResources": {
        "EnvironmentName": name, "AutoScalingGroups": [], "Instances": [], "LaunchConfigurations": [],
        "LaunchTemplates": [], "LoadBalancers": [], "Queues": [], "Triggers": []}})


def _describe_events(self: Any) -> ActionResult:
    return ActionResult({"Events": []})


def _list_tags_for_resource(self: Any) -> ActionResult:
    arn = self._get_param("ResourceArn")
    tags = _store(self).tags.get(arn)
    if tags is None:
        raise ResourceNotFoundException(f"Resource not found for ARN '{arn}'.")
    return ActionResult({"ResourceArn": arn,
                         "ResourceTags": [{"Key": key, "Value": value} for key, value in tags.items()]})


def _update_tags_for_resource(self: Any) -> ActionResult:
    tags = _store(self).tags.setdefault(self._get_param("ResourceArn"), {})
    tags.update({tag["Key"]: tag["Value"] for tag in self._get_param("TagsToAdd") or []})
    for key in self._get_param("TagsToRemove") or []:
        tags.pop(key, None)
    return EmptyResult()
