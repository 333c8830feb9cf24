import { ecrRepositoryOf } from "../../src/model/ecr-image";

test.each([
  ["111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1.2.3", "aws", "eu-west-1", "web"],
  ["111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/web@sha256:abc", "aws", "eu-west-1", "team/web"],
  ["111122223333.dkr.ecr-fips.us-east-1.amazonaws.com/web", "aws", "us-east-1", "web"],
  ["111122223333.dkr-ecr.us-west-2.on.aws/web:1", "aws", "us-west-2", "web"],
  ["111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/web:1", "aws-cn", "cn-north-1", "web"],
  ["111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/web:1", "aws-us-gov", "us-gov-west-1", "web"],
])("%s is in ECR", (image, partition, region, repository) => {
  expect(ecrRepositoryOf(image)).toEqual({ partition, account: "111122223333", region, repository });
});

test.each([
  "nginx:1.29",
  "public.ecr.aws/nginx/nginx:1.29",
  "registry.example.com/dkr.ecr/web:1",
  "1.dkr.ecr.a.amazonaws.com/b",
])("%s is elsewhere", (image) => {
  expect(ecrRepositoryOf(image)).toBeUndefined();
});
