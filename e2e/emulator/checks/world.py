"""The AWS account that the self-check works in: an emulator of its own, a network, roles, a key, and how to refuse."""
from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

REGION = "eu-west-1"
PARAMETER, REQUEST, IN_USE = "InvalidParameterException", "InvalidRequestException", "ResourceInUseException"
MISSING, LIMIT, ZONE = ("ResourceNotFoundException", "ResourceLimitExceededException",
                        "UnsupportedAvailabilityZoneException")


def trust(*services: str, condition: dict[str, Any] | None = None) -> str:
    statement: dict[str, Any] = {"Effect": "Allow", "Principal": {"Service": list(services)},
                                 "Action": ["sts:AssumeRole", "sts:TagSession"]}
    if condition:
        statement["Condition"] = condition
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


class World:
    """Clients for one emulator, things for requests to refer to, and the count of failed checks."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
        self.process = subprocess.Popen([sys.executable, "-m", "emulator", "--state-delay", "0.1"], text=True,
                                        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.process.stdout
        self.url = json.loads(self.process.stdout.readline())["url"]
        self.failed = 0
        self.eks = self.client("eks")
        self.ec2, self.iam, self.kms, self.logs = map(self.client, ("ec2", "iam", "kms", "logs"))
        self._network()
        self.cluster_role = self.role("cluster", trust("eks.amazonaws.com"))
        self.pod_role = self.role("pod", trust("eks-fargate-pods.amazonaws.com"))
        self.key = self.kms.create_key()["KeyMetadata"]["Arn"]

    def client(self, service: str, region: str = REGION, key: str = "test") -> Any:
        """Without botocore's own checks of parameters: the emulator shall refuse them."""
        return boto3.client(service, endpoint_url=self.url, region_name=region, aws_access_key_id=key,
                            aws_secret_access_key="test",
                            config=Config(parameter_validation=service != "eks", retries={"max_attempts": 1}))

    def role(self, name: str, document: str, path: str = "/") -> str:
        return str(self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=document, Path=path)["Role"]["Arn"])

    def vpc(self, cidr: str = "10.0.0.0/16", hostnames: bool = True) -> str:
        vpc_id = str(self.ec2.create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"])
        self.ec2.modify_vpc_attribute(VpcId=vpc_id, EnableDnsHostnames={"Value": hostnames})
        return vpc_id

    def subnet(self, vpc_id: str, cidr: str, zone: str, region: str = REGION) -> str:
        client = self.ec2 if region == REGION else self.client("ec2", region)
        made = client.create_subnet(VpcId=vpc_id, CidrBlock=cidr, AvailabilityZone=region + zone)
        return str(made["Subnet"]["SubnetId"])

    def _network(self) -> None:
        self.vpc_id = self.vpc()
        self.private = [self.subnet(self.vpc_id, f"10.0.{number}.0/24", zone) for number, zone in enumerate("ab")]
        self.public = self.subnet(self.vpc_id, "10.0.9.0/24", "a")
        gateway = self.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        self.ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=self.vpc_id)
        table = self.ec2.create_route_table(VpcId=self.vpc_id)["RouteTable"]["RouteTableId"]
        self.ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
        self.ec2.associate_route_table(RouteTableId=table, SubnetId=self.public)

    def control(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        request = urllib.request.Request(f"{self.url}/_emulator/{path}", method=method,
                                         data=json.dumps(body).encode() if body is not None else None)
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.load(response)

    def active(self, name: str) -> bool:
        return self.until(lambda: self.eks.describe_cluster(name=name)["cluster"]["status"] == "ACTIVE")

    def request(self, name: str, vpc: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        """A CreateCluster request in order, but for what is given."""
        return {"name": name, "roleArn": self.cluster_role, **more,
                "resourcesVpcConfig": {"subnetIds": self.private, **(vpc or {})}}

    def cluster(self, name: str, **more: Any) -> dict[str, Any]:
        """A new cluster, once it is active."""
        self.eks.create_cluster(**self.request(name, **more))
        self.active(name)
        return dict(self.eks.describe_cluster(name=name)["cluster"])

    def report(self, rule: str, held: bool, detail: str = "") -> None:
        self.failed += not held
        print(f"{'ok    ' if held else 'FAILED'} {rule}{'' if held else ': ' + detail}", flush=True)

    def refused(self, rule: str, code: str, text: str, call: Callable[..., Any], **params: Any) -> None:
        """The call must be refused with this code and a message that contains the text."""
        try:
            call(**params)
        except ClientError as error:
            found = error.response["Error"]
            self.report(rule, found["Code"] == code and text in found["Message"], str(error))
        else:
            self.report(rule, False, "it was not refused")

    def holds(self, rule: str, held: Callable[[], bool]) -> None:
        """The condition must hold, and not raise."""
        try:
            self.report(rule, held(), "it does not hold")
        except ClientError as error:
            self.report(rule, False, str(error))

    def until(self, held: Callable[[], bool]) -> bool:
        """Whether the condition comes to hold within some seconds; what is gone counts as held."""
        for _ in range(100):
            try:
                if held():
                    return True
            except ClientError as error:
                return error.response["Error"]["Code"] == "ResourceNotFoundException"
            time.sleep(0.05)
        return False

    def stop(self) -> bool:
        """Closes the emulator's stdin, which must end it."""
        assert self.process.stdin
        self.process.stdin.close()
        return self.process.wait(timeout=5) == 0
