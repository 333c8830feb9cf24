import { succeeded } from "../support/emulator";
import { setStage } from "../support/story";
import { Terraform } from "../support/terraform";

const FILE_SYSTEM = "efs_file-system";

describe("names, certificate, web ACL, files, pod security groups and alarms around a cluster", () => {
  const stage = setStage();
  let terraform: Terraform;

  test("apply, after which a second plan has no changes", async () => {
    terraform = new Terraform(await stage.workspace.synthesizeProgram("edge"), stage.emulator);
    await terraform.init();
    await terraform.apply();
    expect(await terraform.plan()).toEqual([]);
  });

  test("let log delivery write before AWS WAF writes, which then needs no policy of its own", async () => {
    const changes = [...(await stage.emulator.calls("logs")), ...(await stage.emulator.calls("wafv2"))]
      .filter(succeeded)
      .map(({ action }) => action);
    expect(changes.filter((action) => action === "PutResourcePolicy")).toHaveLength(1);
    expect(changes).toContain("PutLoggingConfiguration");
  });

  test("have one record for a domain and its wildcard, by which ACM issues the certificate", async () => {
    const records = (await stage.emulator.calls("route53")).filter(
      ({ action, status }) => /^POST .*\/rrset/.test(action) && status === 200,
    );
    expect(records).toHaveLength(2);
  });

  test("change only what is named when more is named in the middle", async () => {
    await stage.workspace.synthesizeProgram("edge", { EDGE_LATER: "1" });
    const changes = await terraform.plan();
    expect(Object.fromEntries(changes.map(({ address, actions }) => [address, actions.join()]))).toEqual({
      // ACM cannot change the names of a certificate.
      "aws_acm_certificate.certificate": "create,delete",
      "aws_acm_certificate_validation.certificate_validation": "delete,create",
      "aws_route53_record.certificate_record-api_example_com": "create",
      "aws_efs_access_point.efs_access-point-reports": "create",
      "aws_wafv2_web_acl.web-acl": "update",
      "aws_wafv2_ip_set.web-acl_block-ipv4": "delete",
    });
    await terraform.apply();
    expect(await terraform.plan()).toEqual([]);
  });

  test("keep the file system while it is protected", async () => {
    terraform.override({
      resource: { aws_efs_file_system: { [FILE_SYSTEM]: { lifecycle: { prevent_destroy: true } } } },
    });
    expect(await terraform.failToDestroy()).toContain("Instance cannot be destroyed");
    terraform.override({});
  });

  test("are destroyed with nothing left", async () => {
    await terraform.destroy();
    expect(await stage.emulator.leftovers()).toEqual({});
  });
});
