"""Checks of what moto does not do, or not as AWS does: CBOR, certificates, web ACLs, file systems, rules, zones."""
from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

from .. import cbor
from .world import World


def everything(world: World) -> None:
    _alarms(world)
    _certificates(world)
    _web_acls(world)
    _file_systems(world)
    _groups(world)
    _zones(world)


def _ask_in_cbor(world: World, operation: str, params: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """As Terraform's AWS provider asks CloudWatch; boto3 prefers JSON."""
    request = urllib.request.Request(
        f"{world.url}/service/GraniteServiceVersion20100801/operation/{operation}", data=cbor.encode(params),
        headers={"Content-Type": "application/cbor", "Authorization": "AWS4-HMAC-SHA256 "
                 "Credential=test/20260101/eu-west-1/monitoring/aws4_request, SignedHeaders=host, Signature=test"})
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, cbor.decode(response.read())
    except urllib.error.HTTPError as error:
        return error.code, cbor.decode(error.read())


def _alarms(world: World) -> None:
    alarm = {"AlarmName": "busy", "Namespace": "AWS/EKS", "MetricName": "x", "Statistic": "Sum", "Period": 300,
             "EvaluationPeriods": 3, "Threshold": 0.5, "ComparisonOperator": "GreaterThanThreshold",
             "Dimensions": [{"Name": "ClusterName", "Value": "e2e"}]}
    world.holds("CloudWatch takes CBOR", lambda: _ask_in_cbor(world, "PutMetricAlarm", alarm) == (200, {}))
    found = _ask_in_cbor(world, "DescribeAlarms", {"AlarmNames": ["busy"]})[1]["MetricAlarms"][0]
    world.holds("an alarm is as it was put", lambda: {key: found[key] for key in alarm} == alarm)
    status, error = _ask_in_cbor(world, "GetDashboard", {"DashboardName": "none"})
    world.holds("CloudWatch refuses in CBOR", lambda: (status, error["__type"]) == (404, "ResourceNotFound"))
    values = [0, 23, 24, 255, 256, 65536, 1 << 32, -1, -500, 1.5, True, False, None, "ä", [], {}, [{"a": ["b"]}]]
    world.holds("CBOR is read as it is written", lambda: cbor.decode(cbor.encode(values)) == values)
    world.holds("CBOR without lengths is read",
                lambda: cbor.decode(b"\xbf\x61a\x9f\x01\xf9\x3c\x00\xff\xff") == {"a": [1, 1.0]})
    world.holds("times have their tag", lambda: cbor.encode({"StateUpdatedTimestamp": 1})[-10:-9] == b"\xc1")
    _ask_in_cbor(world, "DeleteAlarms", {"AlarmNames": ["busy"]})


def _certificates(world: World) -> None:
    acm, route53 = world.client("acm"), world.client("route53")
    arn = acm.request_certificate(DomainName="example.com", SubjectAlternativeNames=["*.example.com"],
                                  ValidationMethod="DNS", KeyAlgorithm="EC_prime256v1")["CertificateArn"]

    def certificate() -> dict[str, object]:
        return dict(acm.describe_certificate(CertificateArn=arn)["Certificate"])

    world.holds("a certificate has the key that was asked for", lambda: certificate()["KeyAlgorithm"] == "EC_prime256v1")
    world.holds("a certificate waits for its records", lambda: certificate()["Status"] == "PENDING_VALIDATION")
    record = acm.describe_certificate(CertificateArn=arn)["Certificate"]["DomainValidationOptions"][0]["ResourceRecord"]
    zone = route53.create_hosted_zone(Name="example.com", CallerReference="1")["HostedZone"]["Id"]

    def change(action: str) -> None:
        route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": [
            {"Action": action, "ResourceRecordSet": {"Name": record["Name"], "Type": "CNAME", "TTL": 60,
                                                     "ResourceRecords": [{"Value": record["Value"]}]}}]})

    change("CREATE")
    world.holds("a certificate is issued once its records are there", lambda: certificate()["Status"] == "ISSUED")
    change("DELETE")
    route53.delete_hosted_zone(Id=zone)
    acm.delete_certificate(CertificateArn=arn)


def _web_acls(world: World) -> None:
    wafv2 = world.client("wafv2")
    visible = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "acl"}
    protection = {"DataProtections": [{"Field": {"FieldType": "SINGLE_COOKIE"}, "Action": "SUBSTITUTION"}]}
    acl = wafv2.create_web_acl(Name="acl", Scope="REGIONAL", DefaultAction={"Allow": {}}, VisibilityConfig=visible,
                               DataProtectionConfig=protection)["Summary"]
    found = wafv2.get_web_acl(Name="acl", Scope="REGIONAL", Id=acl["Id"])
    world.holds("a web ACL keeps its data protection",
                lambda: found["WebACL"]["DataProtectionConfig"] == protection)
    wafv2.delete_web_acl(Name="acl", Scope="REGIONAL", Id=acl["Id"], LockToken=found["LockToken"])


def _file_systems(world: World) -> None:
    efs = world.client("efs")
    file_system = efs.create_file_system(CreationToken="1")["FileSystemId"]
    for status in ("ENABLED", "DISABLED"):
        efs.put_backup_policy(FileSystemId=file_system, BackupPolicy={"Status": status})
        told = efs.describe_backup_policy(FileSystemId=file_system)["BackupPolicy"]["Status"]
        world.holds(f"a backup policy is {status} once it is put", lambda told=told, status=status: told == status)
    efs.put_file_system_policy(FileSystemId=file_system, Policy=json.dumps({"Version": "2012-10-17", "Statement": []}))
    efs.delete_file_system_policy(FileSystemId=file_system)
    world.refused("DescribeFileSystemPolicy: deleted", "PolicyNotFound", "", efs.describe_file_system_policy,
                  FileSystemId=file_system)
    efs.delete_file_system(FileSystemId=file_system)


def _groups(world: World) -> None:
    vpc = world.vpc("10.9.0.0/16")
    group = world.ec2.create_security_group(GroupName="pods", Description="pods", VpcId=vpc)["GroupId"]
    world.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[
        {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80,
         "UserIdGroupPairs": [{"GroupId": group, "Description": "own"}]}])
    rules = world.ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])
    world.holds("a rule with a group keeps its description", lambda: "own" in [
        rule.get("Description") for rule in rules["SecurityGroupRules"]])


def _zones(world: World) -> None:
    route53, vpc = world.client("route53"), world.vpc("10.8.0.0/16")
    zone = route53.create_hosted_zone(Name="inner.example.com", CallerReference="2",
                                      VPC={"VPCId": vpc, "VPCRegion": "eu-west-1"})["HostedZone"]["Id"]
    found = route53.get_hosted_zone(Id=zone)
    world.holds("a zone with a VPC is private to it", lambda: (
        found["HostedZone"]["Config"]["PrivateZone"], found["VPCs"][0]["VPCId"]) == (True, vpc))
    route53.delete_hosted_zone(Id=zone)
