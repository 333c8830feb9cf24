import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { checkTargets } from "../../model/balanced-targets";
import { deploymentOf } from "../../model/deployment";
import { nameProblem, names } from "../../model/names";
import { problemAt, quote } from "../../model/problem";
import type { RequestCounter } from "../../model/scaling-metrics";
import { hostOfService } from "../../model/service-host";
import type { LoadBalancerKind, ResolvedTarget, TargetOptions } from "../../model/target-group";
import { AwsEnvironment } from "../aws-environment";
import { ifKnown, isKnown, refuse } from "../errors";
import { policyJson } from "../iam/policy-document";
import type { IVpc } from "../network/ivpc";
import { Vpc } from "../network/vpc";
import { ApplicationLoadBalancer, type ApplicationLoadBalancerOptions } from "./application-load-balancer";
import { Ec2Service, type Ec2ServiceOptions } from "./ec2-service";
import { FargateService, type FargateServiceOptions } from "./fargate-service";
import type { IEcsCluster } from "./iecs-cluster";
import type { BlueGreenTarget, IEcsService, ServiceTarget } from "./iecs-service";
import type { ITaskDefinition } from "./itask-definition";
import { type CreatedListener, createPortListener, createRule, type TargetGroupPair } from "./listener-rule";
import { openPorts, spokenOn } from "./load-balancer-openings";
import { NetworkLoadBalancer, type NetworkLoadBalancerOptions } from "./network-load-balancer";
import { TargetGroup } from "./target-group";
import { trustEcs } from "./trust-ecs";

/** A load balancer that services share. */
export type LoadBalancer = ApplicationLoadBalancer | NetworkLoadBalancer;

/** A load balancer for one service alone. */
export type OwnLoadBalancer = (
  | ({ readonly type?: "application" } & ApplicationLoadBalancerOptions)
  | ({ readonly type: "network" } & NetworkLoadBalancerOptions)
) & {
  /** At most 32 letters, digits and "-". @default - the name of the service */
  readonly name?: string;
};

/** What the service may be told beside its load balancer: as tasks on Fargate, or on instances. */
export interface LoadBalancedServiceOptions extends FargateServiceOptions, Ec2ServiceOptions {}

/** What a `LoadBalancedService` is told. */
export interface LoadBalancedServiceProps extends LoadBalancedServiceOptions {
  /** The cluster in which it runs. */
  readonly cluster: IEcsCluster;
  /** What its tasks are; it decides between Fargate and instances. */
  readonly taskDefinition: ITaskDefinition;
  /** A load balancer that is there, which other services may use too, or one for this service alone. */
  readonly loadBalancer: LoadBalancer | OwnLoadBalancer;
  /** What takes the requests, by a name of your choice; five at most. */
  readonly targets: Readonly<Record<string, TargetOptions>>;
}

/**
 * A service with a load balancer in front: an Application Load Balancer with a rule for each target, or a Network Load
 * Balancer with a port for each. The tasks let the load balancer in and nobody else, and ECS takes a task for ready when
 * its health checks say so.
 *
 * With a `deployment` other than `ROLLING` each target has two target groups, between which ECS moves the requests.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html
 * @example
 * new LoadBalancedService(this, "shop", {
 *   cluster,
 *   taskDefinition,
 *   loadBalancer: { scheme: "internet-facing", certificateArn, domainNames: { "shop.example.com": zone } },
 *   targets: { api: { container: "api", conditions: { paths: ["/api/*"] } }, web: { container: "web" } },
 * });
 */
export class LoadBalancedService extends Construct implements IEcsService {
  /** The load balancer in front, its own or a shared one. */
  readonly loadBalancer: LoadBalancer;
  /** The service itself. */
  readonly service: FargateService | Ec2Service;
  readonly cluster: IEcsCluster;
  readonly taskDefinition: ITaskDefinition;
  readonly serviceName: string;
  /**
   * Where clients find it: at the name that the target asks for which takes what no other takes, else at the first name of
   * the load balancer that no other target has for itself.
   */
  readonly url: string;
  private readonly blueGreenRole: { readonly arn: string; readonly ready: ITerraformDependable } | undefined;

  constructor(scope: Construct, id: string, props: LoadBalancedServiceProps) {
    super(scope, id);
    const { cluster, taskDefinition, loadBalancer, targets: given, ...options } = props;
    this.cluster = cluster;
    this.taskDefinition = taskDefinition;
    this.serviceName = options.serviceName ?? names.ecsService(cluster.clusterName, id);
    const blueGreen = deploymentOf(options.deployment ?? {}).strategy !== "ROLLING";
    const { targets, problems } = checkTargets(
      { ...kindOf(loadBalancer), blueGreen },
      given,
      taskDefinition.containers,
    );
    refuse(this, [...problems, ...this.placeProblems(props), ...this.roleProblems(blueGreen)]);
    this.loadBalancer = isShared(loadBalancer) ? loadBalancer : this.createLoadBalancer(loadBalancer);
    this.blueGreenRole = blueGreen ? this.createRole() : undefined;
    const counted = targets.find(({ options: { conditions } }) => conditions === undefined) ?? targets[0];
    const serviceProps = {
      ...options,
      cluster,
      taskDefinition,
      serviceName: this.serviceName,
      targets: targets.map((target) => this.createTarget(target, target === counted)),
    };
    this.service =
      taskDefinition.launch === "FARGATE"
        ? new FargateService(this, "service", serviceProps)
        : new Ec2Service(this, "service", serviceProps);
    openPorts(this, { loadBalancer: this.loadBalancer, service: this.service, targets });
    this.url = urlOf(this.loadBalancer, targets);
  }

  get securityGroupId(): string | undefined {
    return this.service.securityGroupId;
  }

  /** Nothing behind a Network Load Balancer, and nothing where ECS moves requests: they are counted for one target group. */
  get requestCounter(): RequestCounter | undefined {
    return this.service.requestCounter;
  }

  get ready(): readonly ITerraformDependable[] {
    return this.service.ready;
  }

  leaveDesiredCount(scaler: Construct): void {
    this.service.leaveDesiredCount(scaler);
  }

  private placeProblems(props: LoadBalancedServiceProps) {
    const { loadBalancer, cluster, taskDefinition } = props;
    const there = isShared(loadBalancer) ? loadBalancer.vpc.vpcId : cluster.vpc.vpcId;
    const strange = STRANGE_OPTIONS[taskDefinition.launch === "FARGATE" ? "EC2" : "FARGATE"];
    return [
      ...problemAt(
        ["loadBalancer"],
        isKnown(there) && isKnown(cluster.vpc.vpcId) && there !== cluster.vpc.vpcId
          ? `'loadBalancer' must lie in the VPC of the cluster, ${quote(cluster.vpc.vpcId)}, got one in ${quote(there)}`
          : isShared(loadBalancer) && areTwo(loadBalancer.vpc, cluster.vpc)
            ? `'loadBalancer' must lie in the VPC of the cluster, [${pathOf(cluster.vpc)}], got one in [${pathOf(loadBalancer.vpc)}]; make one there`
            : undefined,
      ),
      ...strange.flatMap((property) =>
        problemAt(
          [property],
          props[property] === undefined
            ? undefined
            : `'${property}' is not for tasks of launch type ${quote(taskDefinition.launch)}; leave it out`,
        ),
      ),
    ];
  }

  private roleProblems(blueGreen: boolean) {
    return blueGreen
      ? [
          ifKnown(this.serviceName, (name) =>
            nameProblem("role", names.loadBalancerRole(name), "give a shorter 'serviceName'"),
          ),
        ]
      : [];
  }

  private createLoadBalancer(own: OwnLoadBalancer): LoadBalancer {
    const common = { name: own.name ?? names.loadBalancer(this.serviceName), vpc: this.cluster.vpc };
    if (own.type === "network") {
      const { type: _, ...options } = own;
      return new NetworkLoadBalancer(this, "load-balancer", { ...options, ...common });
    }
    const { type: _, ...options } = own;
    return new ApplicationLoadBalancer(this, "load-balancer", { ...options, ...common });
  }

  private createTarget(target: ResolvedTarget, counted: boolean): ServiceTarget {
    const { key, container, port } = target;
    const { loadBalancer } = this;
    const groups = this.createGroups(target);
    const role = this.blueGreenRole;
    const [production, test] =
      loadBalancer.kind === "application"
        ? this.createRules(loadBalancer, target, groups)
        : this.createPorts(loadBalancer, target, groups);
    return {
      key,
      containerName: container.name,
      containerPort: port,
      targetGroupArn: groups.primary.targetGroupArn,
      // Ports are opened below, once for all targets with the same one.
      loadBalancerSecurityGroupId: undefined,
      ...(groups.alternate === undefined || role === undefined
        ? {}
        : { blueGreen: blueGreenOf(groups.alternate, production, test, role.arn) }),
      ...(counted && loadBalancer.kind === "application" && groups.alternate === undefined
        ? {
            requestCounter: {
              loadBalancerArnSuffix: loadBalancer.loadBalancerArnSuffix,
              targetGroupArnSuffix: groups.primary.targetGroupArnSuffix,
            },
          }
        : {}),
      ready: [...production.ready, ...(test?.ready ?? []), ...(role === undefined ? [] : [role.ready])],
    };
  }

  private createGroups(target: ResolvedTarget): TargetGroupPair {
    const common = {
      kind: this.loadBalancer.kind,
      target,
      serviceName: this.serviceName,
      vpcId: this.cluster.vpc.vpcId,
      targetType: this.taskDefinition.ownNetworkInterface ? ("ip" as const) : ("instance" as const),
    };
    return {
      primary: new TargetGroup(this, `target-${target.key}`, common),
      alternate:
        this.blueGreenRole === undefined
          ? undefined
          : new TargetGroup(this, `target-${target.key}-alternate`, { ...common, alternate: true }),
    };
  }

  private createRules(
    loadBalancer: ApplicationLoadBalancer,
    { key, options }: ResolvedTarget,
    groups: TargetGroupPair,
  ): [CreatedListener, CreatedListener | undefined] {
    const { conditions = {}, priority: wanted } = options;
    const owner = isKnown(this.serviceName) ? this.serviceName : this.node.id;
    const priority = loadBalancer.enterRule(this, {
      name: `${owner}/${key}`,
      conditions,
      ...(wanted === undefined ? {} : { priority: wanted }),
    });
    const rule = { priority, conditions, groups };
    return [
      createRule(this, `rule-${key}`, { ...rule, listenerArn: loadBalancer.listenerArn }),
      loadBalancer.testListenerArn === undefined || groups.alternate === undefined
        ? undefined
        : createRule(this, `test-rule-${key}`, { ...rule, listenerArn: loadBalancer.testListenerArn }),
    ];
  }

  private createPorts(
    loadBalancer: NetworkLoadBalancer,
    { key, options, port: containerPort, protocol }: ResolvedTarget,
    groups: TargetGroupPair,
  ): [CreatedListener, CreatedListener | undefined] {
    const listen = (id: string, port: number): CreatedListener => {
      loadBalancer.enterPort(this, `${this.serviceName}/${key}`, port);
      for (const spoken of spokenOn(protocol)) {
        loadBalancer.securityGroup.allowFrom(port, spoken);
      }
      return createPortListener(this, id, loadBalancer, { port, protocol, groups });
    };
    return [
      listen(`listener-${key}`, options.listenerPort ?? containerPort),
      options.testListenerPort === undefined ? undefined : listen(`test-listener-${key}`, options.testListenerPort),
    ];
  }

  /** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html */
  private createRole() {
    const role = new IamRole(this, "role", {
      name: names.loadBalancerRole(this.serviceName),
      description: `Amazon ECS moves requests of ${this.serviceName} to new tasks`,
      assumeRolePolicy: policyJson([trustEcs(this)]),
    });
    const ready = new IamRolePolicyAttachment(this, "role-policy", {
      role: role.name,
      policyArn: AwsEnvironment.of(this).managedPolicyArn("AmazonECSInfrastructureRolePolicyForLoadBalancers"),
    });
    return { arn: role.arn, ready };
  }
}

/** Options of one of the two kinds of services. */
const STRANGE_OPTIONS = {
  FARGATE: ["platformVersion", "assignPublicIp"],
  EC2: ["scheduling", "placementStrategies", "memberOf", "distinctInstances"],
} as const satisfies Record<string, readonly (keyof LoadBalancedServiceOptions)[]>;

/** Whether two VPCs are made by the app, whose ids only Terraform knows. */
function areTwo(one: IVpc, other: IVpc): boolean {
  return one instanceof Vpc && other instanceof Vpc && one !== other;
}

function pathOf(vpc: IVpc): string {
  return vpc instanceof Vpc ? vpc.node.path : "";
}

function isShared(loadBalancer: LoadBalancedServiceProps["loadBalancer"]): loadBalancer is LoadBalancer {
  return loadBalancer instanceof ApplicationLoadBalancer || loadBalancer instanceof NetworkLoadBalancer;
}

function kindOf(loadBalancer: LoadBalancedServiceProps["loadBalancer"]): {
  readonly kind: LoadBalancerKind;
  readonly tls: boolean;
  readonly dualStack: boolean;
} {
  if (isShared(loadBalancer)) {
    return { kind: loadBalancer.kind, tls: loadBalancer.tls, dualStack: loadBalancer.dualStack };
  }
  const { dualStack = false } = loadBalancer;
  return loadBalancer.type === "network"
    ? { kind: "network", tls: loadBalancer.certificateArn !== undefined, dualStack }
    : { kind: "application", tls: loadBalancer.plainHttp !== true, dualStack };
}

function blueGreenOf(
  alternate: TargetGroup,
  production: CreatedListener,
  test: CreatedListener | undefined,
  roleArn: string,
): BlueGreenTarget {
  return {
    alternateTargetGroupArn: alternate.targetGroupArn,
    productionListenerArn: production.arn,
    ...(test === undefined ? {} : { testListenerArn: test.arn }),
    roleArn,
  };
}

function urlOf(loadBalancer: LoadBalancer, targets: readonly ResolvedTarget[]): string {
  if (loadBalancer.kind === "application") {
    return loadBalancer.urlAt(hostOfService(loadBalancer.hostNames, targets));
  }
  const [first] = targets;
  if (first === undefined) {
    return loadBalancer.host;
  }
  const { protocol, options, port } = first;
  const scheme = protocol === "TCP_UDP" ? "tcp" : protocol.toLowerCase();
  return `${scheme}://${loadBalancer.host}:${options.listenerPort ?? port}`;
}
