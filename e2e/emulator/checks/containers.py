"""Checks of what moto does not do, or not as AWS does, for containers without Kubernetes."""
from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from .world import World, trust


def everything(world: World) -> None:
    _services(world)
    _scaling(world)
    _workflows(world)
    _beanstalk(world)


def _refused(call: Callable[[], Any]) -> Callable[[], bool]:
    def refused() -> bool:
        try:
            call()
        except ClientError:
            return True
        return False

    return refused


def _services(world: World) -> None:
    ecs = world.client("ecs")
    ecs.create_cluster(clusterName="c", capacityProviders=["FARGATE"])
    ecs.register_task_definition(family="t", containerDefinitions=[{"name": "a", "image": "nginx:1", "memory": 128}])
    strategy = [{"capacityProvider": "FARGATE", "weight": 1, "base": 0}]
    service = ecs.create_service(cluster="c", serviceName="s", taskDefinition="t", desiredCount=1,
                                 capacityProviderStrategy=strategy, enableExecuteCommand=True)["service"]
    world.holds("a service keeps its capacity and has no launch type",
                lambda: (service.get("capacityProviderStrategy"), service.get("launchType")) == (strategy, None))
    world.holds("a service keeps whether people may open a shell", lambda: service["enableExecuteCommand"] is True)
    ecs.delete_service(cluster="c", service="s", force=True)
    ecs.delete_cluster(cluster="c")
    external = ecs.register_task_definition(
        family="x", networkMode="host", requiresCompatibilities=["EXTERNAL"],
        containerDefinitions=[{"name": "a", "image": "nginx:1", "memory": 128}])["taskDefinition"]
    world.holds("a task definition for external instances keeps its network",
                lambda: (external["networkMode"], external["compatibilities"]) == ("host", ["EXTERNAL"]))


def _scaling(world: World) -> None:
    ecs, scaling = world.client("ecs"), world.client("application-autoscaling")
    ecs.create_cluster(clusterName="d")
    ecs.create_service(cluster="d", serviceName="s", taskDefinition="t", desiredCount=1)
    target = {"ServiceNamespace": "ecs", "ResourceId": "service/d/s", "ScalableDimension": "ecs:service:DesiredCount"}
    arn = scaling.register_scalable_target(**target, MinCapacity=1, MaxCapacity=2, Tags={"a": "b"})["ScalableTargetARN"]
    world.holds("a scalable target keeps its tags",
                lambda: scaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"a": "b"})
    scaling.deregister_scalable_target(**target)
    ecs.delete_service(cluster="d", service="s", force=True)
    ecs.delete_cluster(cluster="d")


def _workflows(world: World) -> None:
    states = world.client("stepfunctions")

    def result(machine: Any) -> Any:
        return states.validate_state_machine_definition(definition=json.dumps(machine))["result"]

    end, lost = {"Type": "Pass", "End": True}, {"Type": "Pass", "Next": "C"}
    world.holds("a sound state machine is told so", lambda: result({"StartAt": "A", "States": {"A": end}}) == "OK")
    world.holds("a state machine that begins nowhere is told so",
                lambda: result({"StartAt": "B", "States": {"A": end}}) == "FAIL")
    world.holds("a state that goes on to nowhere is told so",
                lambda: result({"StartAt": "A", "States": {"A": lost}}) == "FAIL")
    world.holds("a state that nothing leads to is told so",
                lambda: result({"StartAt": "A", "States": {"A": end, "B": end}}) == "FAIL")


def _beanstalk(world: World) -> None:
    beanstalk, s3 = world.client("elasticbeanstalk"), world.client("s3")
    s3.create_bucket(Bucket="bundles", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    beanstalk.create_application(ApplicationName="app")
    version = {"ApplicationName": "app", "VersionLabel": "v1", "SourceBundle": {"S3Bucket": "bundles", "S3Key": "v1"}}
    world.holds("a version without its bundle is refused",
                _refused(lambda: beanstalk.create_application_version(**version)))
    s3.put_object(Bucket="bundles", Key="v1", Body=b"{}")
    beanstalk.create_application_version(**version)
    stack = next(name for name in beanstalk.list_available_solution_stacks()["SolutionStacks"] if "running ECS" in name)
    world.role("beanstalk", trust("elasticbeanstalk.amazonaws.com"))
    world.iam.create_instance_profile(InstanceProfileName="beanstalk")
    options = [("aws:autoscaling:launchconfiguration", "IamInstanceProfile", "beanstalk"),
               ("aws:elasticbeanstalk:environment", "ServiceRole", "beanstalk")]
    settings = [dict(zip(("Namespace", "OptionName", "Value"), each)) for each in options]
    environment = {"ApplicationName": "app", "EnvironmentName": "app-env", "SolutionStackName": stack,
                   "VersionLabel": "v1"}
    world.holds("an environment without an instance profile is refused", _refused(
        lambda: beanstalk.create_environment(**environment, OptionSettings=settings[1:])))
    beanstalk.create_environment(**environment, OptionSettings=settings)
    found = beanstalk.describe_configuration_settings(ApplicationName="app", EnvironmentName="app-env")
    world.holds("an environment keeps what it is told",
                lambda: found["ConfigurationSettings"][0]["OptionSettings"] == settings)
    world.holds("an application that runs is not deleted",
                _refused(lambda: beanstalk.delete_application(ApplicationName="app")))
    beanstalk.terminate_environment(EnvironmentName="app-env")
    beanstalk.delete_application_version(ApplicationName="app", VersionLabel="v1")
    beanstalk.delete_application(ApplicationName="app")
    world.iam.delete_instance_profile(InstanceProfileName="beanstalk")
    world.iam.delete_role(RoleName="beanstalk")
    s3.delete_object(Bucket="bundles", Key="v1")
    s3.delete_bucket(Bucket="bundles")
