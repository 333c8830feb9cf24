import type { ContainerSpec, Known } from "../container-spec";
import { type Problem, quote } from "../problem";
import { HOME_FEATURES, type HomeFeature, type HomeFeatureName } from "./home-features";

/** Where a container can run. */
export const HOME_NAMES = ["eks-fargate", "ecs-fargate", "app-runner", "lightsail", "beanstalk"] as const;

/** A home of containers, by name. */
export type HomeName = (typeof HOME_NAMES)[number];

/** What else tells the homes apart, beside what a container may ask for: an answer in a word or a few. */
export interface HomePlatform {
  /** Containers that run side by side. */
  readonly containersTogether: string;
  readonly largestSize: string;
  readonly arm: string;
  readonly windows: string;
  readonly gpu: string;
  readonly spot: string;
  /** Whether nothing runs, and nothing is paid for running, while nobody asks. */
  readonly scaleToZero: string;
  readonly scalesBy: string;
  readonly vpc: string;
  readonly https: string;
  readonly shell: string;
}

/** A container that looks after secrets too. Any `ContainerSpec` is one. */
export interface HomeContainer extends ContainerSpec {
  /** Names of variables in `environment` that look like secrets and are none. @default - none */
  readonly plainText?: readonly string[];
}

/** Where a container can run, and what it cannot do there. */
export interface Home {
  /** As sentences call it. */
  readonly title: string;
  /** What makes it in this library. */
  readonly construct: string;
  /** What a container cannot have there, each with the reason; everything else it can. */
  readonly cannot: Readonly<Partial<Record<HomeFeatureName, string>>>;
  /** What tells it apart beside its containers. */
  readonly platform: HomePlatform;
}

/**
 * The homes of a container, and what each cannot do.
 *
 * As of 2026-11-21. Sources: API models of ECS, App Runner and Lightsail (2026-11-17), AWS Fargate pages of the EKS User
 * Guide and the ECS Developer Guide, the App Runner Developer Guide, the Lightsail User Guide and the Elastic Beanstalk
 * Developer Guide.
 */
export const HOMES: Readonly<Record<HomeName, Home>> = {
  "eks-fargate": {
    title: "EKS on Fargate",
    construct: "Deployment",
    cannot: {
      secretsManager: "Fargate runs no driver that reads other stores than Kubernetes' own",
      parameterStore: "Fargate runs no driver that reads other stores than Kubernetes' own",
    },
    platform: {
      containersTogether: "any number",
      largestSize: "16 vCPU, 120 GB",
      arm: "no",
      windows: "no",
      gpu: "no",
      spot: "no",
      scaleToZero: "with KEDA",
      scalesBy: "HorizontalPodAutoscaler, with any metric",
      vpc: "its own, private subnets",
      https: "with an Ingress (ALB)",
      shell: "kubectl exec",
    },
  },
  "ecs-fargate": {
    title: "ECS on Fargate",
    construct: "FargateService",
    cannot: {
      kubernetesSecrets: "ECS has no Kubernetes",
      podFields: "ECS has no pods",
      variableReferences: "ECS hands values on as they stand",
      livenessHttp: "ECS asks by a command in the container, and the load balancer by HTTP",
      livenessTcp: "ECS asks by a command in the container",
      readinessCommand: "the load balancer asks from outside",
      preStop: "ECS runs no command before the end",
    },
    platform: {
      containersTogether: "10",
      largestSize: "32 vCPU, 244 GB",
      arm: "yes",
      windows: "yes",
      gpu: "no",
      spot: "yes",
      scaleToZero: "queue workers",
      scalesBy: "CPU, memory, requests, any metric, steps, schedules",
      vpc: "its own, private subnets",
      https: "with a load balancer (ALB)",
      shell: "ECS Exec",
    },
  },
  "app-runner": {
    title: "App Runner",
    construct: "AppRunnerService",
    cannot: {
      anyRegistry: "App Runner pulls from Amazon ECR and ECR Public alone",
      entryPoint: "the start command of App Runner takes the place of the image's CMD",
      workingDir: "App Runner starts it where the image says",
      user: "App Runner runs it as the user whom the image names",
      readOnlyRootFilesystem: "files can always be written to on App Runner",
      capabilities: "App Runner gives none",
      kubernetesSecrets: "App Runner has no Kubernetes",
      podFields: "App Runner has no pods",
      variableReferences: "App Runner hands values on as they stand",
      noPort: "App Runner runs what answers HTTP on a port",
      severalPorts: "App Runner sends requests to one",
      udpPorts: "App Runner sends HTTP alone",
      livenessCommand: "App Runner asks by HTTP or TCP from outside",
      readinessCommand: "App Runner asks by HTTP or TCP from outside",
      twoProbes: "App Runner has one health check",
      startupProbe: "App Runner has one health check",
      initialDelay: "App Runner asks from the start",
      preStop: "App Runner runs no command before the end",
      volumes: "App Runner has no volumes",
      ephemeralStorage: "the disk of App Runner has one size",
    },
    platform: {
      containersTogether: "1",
      largestSize: "4 vCPU, 12 GB",
      arm: "no",
      windows: "no",
      gpu: "no",
      spot: "no",
      scaleToZero: "no, idle memory is paid for",
      scalesBy: "requests at once",
      vpc: "outgoing by a connector, incoming by an endpoint",
      https: "included",
      shell: "no",
    },
  },
  lightsail: {
    title: "Lightsail",
    construct: "LightsailContainerService",
    cannot: {
      entryPoint: "the launch command of Lightsail takes the place of the image's CMD",
      workingDir: "Lightsail starts it where the image says",
      user: "Lightsail runs it as the user whom the image names",
      readOnlyRootFilesystem: "files can always be written to on Lightsail",
      capabilities: "Lightsail gives none",
      kubernetesSecrets: "Lightsail has variables in plain text alone",
      secretsManager: "Lightsail has variables in plain text alone",
      parameterStore: "Lightsail has variables in plain text alone",
      podFields: "Lightsail has no pods",
      variableReferences: "Lightsail hands values on as they stand",
      livenessTcp: "Lightsail asks by HTTP alone",
      livenessCommand: "Lightsail asks by HTTP alone",
      readinessTcp: "Lightsail asks by HTTP alone",
      readinessCommand: "Lightsail asks by HTTP alone",
      twoProbes: "Lightsail has one health check",
      startupProbe: "Lightsail has one health check",
      initialDelay: "Lightsail asks from the start",
      preStop: "Lightsail runs no command before the end",
      volumes: "Lightsail has no volumes for containers",
      ephemeralStorage: "the disk of Lightsail has one size",
    },
    platform: {
      containersTogether: "10",
      largestSize: "4 vCPU, 8 GB",
      arm: "no",
      windows: "no",
      gpu: "no",
      spot: "no",
      scaleToZero: "no, only switched off",
      scalesBy: "by hand",
      vpc: "no",
      https: "included",
      shell: "no",
    },
  },
  beanstalk: {
    title: "Elastic Beanstalk",
    construct: "BeanstalkContainerApp",
    cannot: {
      kubernetesSecrets: "Elastic Beanstalk has no Kubernetes",
      podFields: "Elastic Beanstalk has no pods",
      variableReferences: "Elastic Beanstalk hands values on as they stand",
      livenessHttp: "the agent of ECS on the instance asks by a command alone",
      livenessTcp: "the agent of ECS on the instance asks by a command alone",
      readinessTcp: "the load balancer of Elastic Beanstalk asks by HTTP alone",
      readinessCommand: "the load balancer of Elastic Beanstalk asks by HTTP alone",
      preStop: "ECS runs no command before the end",
      ephemeralStorage: "containers share the disk of the instance, which has 'rootVolumeInGib'",
    },
    platform: {
      containersTogether: "10",
      largestSize: "the instance's",
      arm: "yes",
      windows: "no",
      gpu: "no",
      spot: "no",
      scaleToZero: "no",
      scalesBy: "CPU",
      vpc: "its own, private subnets",
      https: "with a load balancer (ALB)",
      shell: "Session Manager, on the instance",
    },
  },
};

/** The homes that can do it, in the order of the tables. */
function homesWith(feature: HomeFeatureName): HomeName[] {
  return HOME_NAMES.filter((home) => HOMES[home].cannot[feature] === undefined);
}

/** What a container asks for and the home cannot do: each in one sentence, with the reason and the homes that can. */
export function missingFeatures(home: HomeName, container: ContainerSpec, known: Known = () => true): Problem[] {
  const called = `container ${quote(container.name)}`;
  return (Object.keys(HOME_FEATURES) as HomeFeatureName[]).flatMap((name) => {
    const reason = HOMES[home].cannot[name];
    const feature: HomeFeature = HOME_FEATURES[name];
    return reason === undefined
      ? []
      : feature.places(container, known).map((at) => ({
          at,
          message: `${called} asks for ${feature.asked(String(at.at(-1)))}, and ${reason}; ${feature.instead}${others(name)}`,
        }));
  });
}

function others(feature: HomeFeatureName): string {
  const titles = homesWith(feature).map((home) => HOMES[home].title);
  const last = titles.at(-1);
  return last === undefined
    ? ""
    : `, or run it on ${titles.length === 1 ? last : `${titles.slice(0, -1).join(", ")} or ${last}`}`;
}
