import type { BeanstalkOptions } from "../../src/model/beanstalk";
import { beanstalkProblems } from "../../src/model/beanstalk-rules";
import { beanstalkSettings } from "../../src/model/beanstalk-settings";
import type { ContainerSpec } from "../../src/model/container-spec";

export const WEB: ContainerSpec = {
  name: "web",
  image: "public.ecr.aws/nginx/nginx:1.29",
  cpu: "250m",
  memory: "512Mi",
  ports: { http: 8080 },
};
export const WORKER: ContainerSpec = { name: "worker", image: "worker:1", cpu: "1", memory: "1Gi" };
export const CERTIFICATE = "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012";
export const secretArn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:web/password-AbCdEf";
export const MINIMAL: BeanstalkOptions = { containers: [WEB], certificateArn: CERTIFICATE };

export const problems = (options: Partial<BeanstalkOptions>) => beanstalkProblems({ ...MINIMAL, ...options });
export const messages = (options: Partial<BeanstalkOptions>) => problems(options).map(({ message }) => message);

export const PLACE = {
  vpcId: "vpc-1",
  instanceSubnetIds: ["subnet-a", "subnet-b"],
  loadBalancerSubnetIds: ["subnet-c", "subnet-d"],
  instanceProfile: "profile",
  serviceRole: "role",
};

/** Values by namespace and name. */
export function settings(options: Partial<BeanstalkOptions> = {}): Record<string, Record<string, string>> {
  const all: Record<string, Record<string, string>> = {};
  for (const { namespace, name, value } of beanstalkSettings({ ...MINIMAL, ...options }, PLACE)) {
    all[namespace] = { ...all[namespace], [name]: value };
  }
  return all;
}
