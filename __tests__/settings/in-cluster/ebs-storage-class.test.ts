import { MINIMAL, problems } from "../refusal";

const NODES = "nodeGroups: { groups: { general: { instanceTypes: [m6i.large], minSize: 1, maxSize: 2 } } }\n";

test("a class of EBS volumes without nodes is refused", () => {
  expect(problems(`${MINIMAL}ebsCsiDriver: {}\ninCluster:\n  ebsStorageClass: {}\n`)).toContain(
    "line 17, inCluster.ebsStorageClass: an EBS storage class serves pods on nodes only, and the cluster has none; add a node group, or use EFS for pods on Fargate",
  );
});

test("a class of EBS volumes without the add-on that makes them is refused", () => {
  expect(problems(`${MINIMAL}${NODES}inCluster:\n  ebsStorageClass: {}\n`)).toEqual([
    "line 17, inCluster.ebsStorageClass: 'ebsStorageClass' needs the add-on that makes volumes, and there is none; add 'ebsCsiDriver: {}' beside 'inCluster'",
  ]);
});

test("a class of EBS volumes is refused with a name that Kubernetes refuses and with what is no key", () => {
  const yaml = "  ebsStorageClass:\n    name: GP3\n    kmsKeyArn: alias/ebs\n";
  expect(problems(`${MINIMAL}${NODES}ebsCsiDriver: {}\ninCluster:\n${yaml}`)).toEqual([
    expect.stringMatching(/^line 19, inCluster\.ebsStorageClass\.name: 'name' must be .*got "GP3"/),
    `line 20, inCluster.ebsStorageClass.kmsKeyArn: 'kmsKeyArn' must be the ARN of a KMS key, not of an alias, like "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", got "alias/ebs"`,
  ]);
});
