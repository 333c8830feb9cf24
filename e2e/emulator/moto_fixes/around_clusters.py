"""What stands in AWS around clusters: networks, names, certificates, files and web ACLs."""
from __future__ import annotations

import json
from typing import Any

from moto.acm.models import CertBundle
from moto.acm.responses import AWSCertificateManagerResponse
from moto.ec2.models.launch_templates import LaunchTemplateBackend
from moto.ec2.models.nat_gateways import NatGatewayBackend
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ec2.models.vpcs import VPCBackend
from moto.efs.models import FileSystem
from moto.efs.responses import EFSResponse
from moto.route53.models import route53_backends
from moto.route53.responses import Route53
from moto.wafv2.models import FakeWebACL
from moto.wafv2.responses import WAFV2Response


def apply() -> None:
    """Patches moto's classes; to be called once."""
    _delete_network_interface_of_nat_gateway()
    _route_modified_gateway_endpoint()
    _describe_rules_with_a_group()
    _make_zones_with_a_vpc_private()
    _issue_certificates_by_their_records()
    _keep_key_algorithms_of_certificates()
    _change_policies_of_file_systems()
    _keep_data_protection_of_web_acls()
    _keep_tags_of_launch_template_apart()


def _delete_network_interface_of_nat_gateway() -> None:
    """A NAT gateway's network interface goes with it, and its addresses are free again; moto leaves it for ever.

    https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html
    """
    delete = NatGatewayBackend.delete_nat_gateway

    def delete_nat_gateway(self: Any, nat_gateway_id: str) -> Any:
        gateway = delete(self, nat_gateway_id)
        self.enis.pop(gateway._eni.id, None)
        return gateway

    NatGatewayBackend.delete_nat_gateway = delete_nat_gateway  # type: ignore[method-assign]


def _route_modified_gateway_endpoint() -> None:
    """A gateway endpoint's route is in each of its route tables; moto adds it when the endpoint is created only.

    Without it, moto refuses to delete the endpoint from a table that it was added to.
    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpoint.html
    """
    modify = VPCBackend.modify_vpc_endpoint

    def modify_vpc_endpoint(self: Any, vpc_id: str, *args: Any, **kwargs: Any) -> None:
        endpoint = self.describe_vpc_endpoints(vpc_end_point_ids=[vpc_id])[0]
        before = set(endpoint.route_table_ids)
        modify(self, vpc_id, *args, **kwargs)
        after, prefix_list = set(endpoint.route_table_ids), endpoint.destination_prefix_list_id
        if prefix_list is None:
            return
        for added in after - before:
            self.create_route(added, None, gateway_id=endpoint.id, destination_prefix_list_id=prefix_list)
        for removed in before - after:
            self.delete_route(removed, prefix_list)

    VPCBackend.modify_vpc_endpoint = modify_vpc_endpoint  # type: ignore[method-assign]


def _keep_tags_of_launch_template_apart() -> None:
    """The tags of a launch template are its own, and not among those that it gives to what is launched from it.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html
    """
    create = LaunchTemplateBackend.create_launch_template

    def create_launch_template(self: Any, name: str, description: str, template_data: dict[str, Any],
                               tag_spec: dict[str, Any]) -> Any:
        given = template_data.get("TagSpecifications", [])
        launched = [each for each in given if each["ResourceType"] != "launch-template"]
        data = {**template_data, "TagSpecifications": launched} if launched else {
            key: value for key, value in template_data.items() if key != "TagSpecifications"}
        return create(self, name, description, data, tag_spec)

    LaunchTemplateBackend.create_launch_template = create_launch_template  # type: ignore[method-assign]


def _describe_rules_with_a_group() -> None:
    """A rule's description is told whatever its peer is; moto tells it of networks only.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html
    """
    SecurityGroupRule.description = property(  # type: ignore[assignment, misc]
        lambda self: self.ip_range.get("Description") or self.source_group.get("Description"))


def _make_zones_with_a_vpc_private() -> None:
    """A hosted zone that is created with a VPC is private; moto wants to be told that as well.

    https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html
    """
    create = Route53.create_hosted_zone

    def create_hosted_zone(self: Any) -> Any:
        private = self._get_param("VPC.VPCId") is not None
        self._get_bool_param = lambda *_: private
        return create(self)

    Route53.create_hosted_zone = create_hosted_zone  # type: ignore[method-assign]


def _issue_certificates_by_their_records() -> None:
    """ACM issues a certificate once the records of all of its names are there; moto issues it after a minute.

    https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
    """

    def check(self: Any) -> None:
        if self.status != "PENDING_VALIDATION":
            return
        account = self.arn.split(":")[4]
        found = {(record.name.rstrip("."), record.type) for backend in route53_backends[account].values()
                 for zone in backend.zones.values() if not zone.private_zone for record in zone.rrsets}
        records = [option["ResourceRecord"]
                   for option in self.describe()["Certificate"].get("DomainValidationOptions", [])]
        wanted = {(record["Name"].rstrip("."), record["Type"]) for record in records}
        if wanted <= found:
            self.status = "ISSUED"

    CertBundle.check = check  # type: ignore[method-assign]


def _keep_key_algorithms_of_certificates() -> None:
    """A certificate has the kind of key that was asked for; moto makes all with RSA.

    https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
    """
    request, describe = AWSCertificateManagerResponse.request_certificate, CertBundle.describe

    def request_certificate(self: Any) -> Any:
        answered = request(self)
        if isinstance(answered, str):  # else it was refused
            certificate = self.acm_backend._certificates[json.loads(answered)["CertificateArn"]]
            certificate.key_algorithm = self._get_param("KeyAlgorithm")
        return answered

    def described(self: Any) -> Any:
        answer = describe(self)
        answer["Certificate"]["KeyAlgorithm"] = (getattr(self, "key_algorithm", None)
                                                 or answer["Certificate"]["KeyAlgorithm"])
        return answer

    AWSCertificateManagerResponse.request_certificate = request_certificate  # type: ignore[method-assign]
    CertBundle.describe = described  # type: ignore[method-assign]


def _change_policies_of_file_systems() -> None:
    """moto tells whether a file system is backed up and cannot change it, and cannot delete its policy.

    https://docs.aws.amazon.com/efs/latest/ug/API_PutBackupPolicy.html
    https://docs.aws.amazon.com/efs/latest/ug/API_DeleteFileSystemPolicy.html
    """
    told = FileSystem.backup_policy

    def file_system_of(response: Any) -> Any:
        return response.efs_backend.file_systems_by_id[response._get_param("FileSystemId")]

    def put_backup_policy(self: Any) -> Any:
        file_system_of(self)._put_backup_policy = policy = self._get_param("BackupPolicy")
        return json.dumps({"BackupPolicy": policy}), {"Content-Type": "application/json"}

    def delete_file_system_policy(self: Any) -> Any:
        file_system_of(self).file_system_policy = None
        return "{}", {"Content-Type": "application/json"}

    EFSResponse.put_backup_policy = put_backup_policy  # type: ignore[attr-defined]
    EFSResponse.delete_file_system_policy = delete_file_system_policy  # type: ignore[attr-defined]
    FileSystem.backup_policy = property(  # type: ignore[assignment, method-assign]
        lambda self: getattr(self, "_put_backup_policy", None) or told.fget(self))  # type: ignore[attr-defined]


def _keep_data_protection_of_web_acls() -> None:
    """moto forgets what a web ACL protects in its samples and logs.

    https://docs.aws.amazon.com/waf/latest/APIReference/API_DataProtectionConfig.html
    """
    to_dict = FakeWebACL.to_dict

    def remember(answer: Any) -> Any:
        def handler(self: Any) -> Any:
            answered = answer(self)
            body = json.loads(self.body)
            for web_acl in self.wafv2_backend.wacls.values():
                if web_acl.name == body["Name"]:
                    web_acl.data_protection = body.get("DataProtectionConfig")
            return answered

        return handler

    WAFV2Response.create_web_acl = remember(WAFV2Response.create_web_acl)  # type: ignore[method-assign]
    WAFV2Response.update_web_acl = remember(WAFV2Response.update_web_acl)  # type: ignore[method-assign]
    FakeWebACL.to_dict = lambda self: {  # type: ignore[method-assign]
        **to_dict(self), "DataProtectionConfig": getattr(self, "data_protection", None)}
