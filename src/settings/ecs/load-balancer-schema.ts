import * as v from "valibot";
import { SCHEMES } from "../../model/load-balancing";
import { ALGORITHMS, HEALTH_CHECK_PROTOCOLS, PROTOCOL_VERSIONS, TARGET_PROTOCOLS } from "../../model/target-group";
import { described, names, text } from "../pieces";

const conditions = v.strictObject({
  hosts: v.exactOptional(described(names, "Host names, such as api.example.com or *.example.com.")),
  paths: v.exactOptional(described(names, "Paths, such as /api/*.")),
  methods: v.exactOptional(described(names, "HTTP methods, such as GET.")),
  headers: v.exactOptional(described(v.record(text, names), "Values by the name of the header.")),
  queryStrings: v.exactOptional(described(v.record(text, names), "Values by the key in the query string.")),
  sourceIps: v.exactOptional(described(names, "Networks of the clients.")),
});

const healthCheck = v.strictObject({
  path: v.exactOptional(described(text, "Default: that of the container's readiness.http, or /.")),
  port: v.exactOptional(described(v.union([v.number(), text]), "Default: the port of the target.")),
  protocol: v.exactOptional(described(v.picklist(HEALTH_CHECK_PROTOCOLS), "Default: that of the target.")),
  codes: v.exactOptional(described(text, 'Statuses of health, such as "200,204" or "200-299", in quotes.')),
  intervalInSeconds: v.exactOptional(described(v.number(), "5 to 300. Default: 15.")),
  timeoutInSeconds: v.exactOptional(described(v.number(), "2 to 120, below the interval. Default: 5.")),
  healthyThreshold: v.exactOptional(described(v.number(), "2 to 10. Default: 2.")),
  unhealthyThreshold: v.exactOptional(described(v.number(), "2 to 10. Default: 3.")),
});

const target = v.strictObject({
  container: v.exactOptional(described(text, "Default: the only container with ports.")),
  port: v.exactOptional(
    described(v.union([v.number(), text]), "Port of the container, by name or number. Default: its only one."),
  ),
  protocol: v.exactOptional(
    described(
      v.picklist(TARGET_PROTOCOLS),
      "application: HTTP or HTTPS, spoken with the container; network: TCP, TLS, UDP or TCP_UDP, spoken with clients. Default: HTTP, TCP.",
    ),
  ),
  protocolVersion: v.exactOptional(described(v.picklist(PROTOCOL_VERSIONS), "Default: HTTP1.")),
  conditions: v.exactOptional(described(conditions, "Which requests it takes. Default: all that no other takes.")),
  priority: v.exactOptional(
    described(
      v.number(),
      "Place of its rule, 1 to 50000; the lowest is asked first. Default: the narrower, the earlier.",
    ),
  ),
  listenerPort: v.exactOptional(
    described(v.number(), "network: port of the load balancer. Default: that of the container."),
  ),
  testListenerPort: v.exactOptional(
    described(
      v.number(),
      "network: port on which requests reach the new tasks first, when deployments are blue/green.",
    ),
  ),
  tlsToContainer: v.exactOptional(
    described(v.boolean(), "network: whether TLS is spoken with the container too. Default: false."),
  ),
  preserveClientIp: v.exactOptional(
    described(v.boolean(), "network: whether the container sees the client's address. Default: for UDP alone."),
  ),
  proxyProtocol: v.exactOptional(
    described(v.boolean(), "network: whether connections begin with a header of proxy protocol 2. Default: false."),
  ),
  healthCheck: v.exactOptional(healthCheck),
  deregistrationDelayInSeconds: v.exactOptional(
    described(v.number(), "How long a task that stops may finish its requests, 0 to 3600. Default: 60."),
  ),
  slowStartInSeconds: v.exactOptional(
    described(v.number(), "application: how long a new task gets fewer requests, 30 to 900. Default: not at all."),
  ),
  stickiness: v.exactOptional(
    described(
      v.strictObject({
        cookieName: v.exactOptional(described(text, "The application's cookie. Default: one of the load balancer's.")),
        durationInSeconds: v.exactOptional(described(v.number(), "1 to 604800. Default: 86400.")),
      }),
      "Whether a client stays with its task: {} for a day.",
    ),
  ),
  algorithm: v.exactOptional(described(v.picklist(ALGORITHMS), "application. Default: round_robin.")),
});

/** What load balancers of their own and shared ones may have. */
const loadBalancerEntries = {
  type: v.exactOptional(described(v.picklist(["application", "network"]), "Default: application.")),
  name: v.exactOptional(described(text, "At most 32 characters. Default: the name of the service.")),
  scheme: v.exactOptional(described(v.picklist(SCHEMES), "Default: internal.")),
  dualStack: v.exactOptional(described(v.boolean(), "Whether it has IPv6 addresses too. Default: false.")),
  certificate: v.exactOptional(described(text, "Key of 'certificates', for clients that name no host.")),
  certificateArn: v.exactOptional(described(text, "A certificate of somebody else's in its place.")),
  furtherCertificates: v.exactOptional(described(names, "Keys of 'certificates' for further names.")),
  furtherCertificateArns: v.exactOptional(
    described(v.record(text, text), "Further certificates of somebody else's, by a name of your choice."),
  ),
  sslPolicy: v.exactOptional(described(text, "Default: ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09.")),
  plainHttp: v.exactOptional(
    described(v.boolean(), "application: HTTP without encryption, and no HTTPS. Default: false."),
  ),
  redirectHttp: v.exactOptional(
    described(v.boolean(), "application: whether HTTP answers with a redirect to HTTPS. Default: true."),
  ),
  testPort: v.exactOptional(
    described(
      v.number(),
      "application: port on which requests reach the new tasks first, when deployments are blue/green.",
    ),
  ),
  inboundCidrs: v.exactOptional(
    described(names, "Networks that may connect. Default: all when internet-facing, else the VPC."),
  ),
  domainNames: v.exactOptional(
    described(v.record(text, text), "Names that lead to it, each with the key of its zone in 'hostedZones'."),
  ),
  webAcl: v.exactOptional(described(v.boolean(), "application: whether 'webAcl' stands in front. Default: false.")),
  webAclArn: v.exactOptional(described(text, "application: web ACL of somebody else's.")),
  accessLogs: v.exactOptional(
    described(
      v.union([
        v.literal(false),
        v.strictObject({
          bucketName: v.exactOptional(described(text, "A bucket that is there already. Default: one of its own.")),
          prefix: v.exactOptional(described(text, "Folder in the bucket. Default: none.")),
          expireAfterDays: v.exactOptional(described(v.number(), "Default: 365.")),
          forceDestroy: v.exactOptional(
            described(v.boolean(), "Whether the records go with the load balancer. Default: false."),
          ),
        }),
      ]),
      "Records of requests in S3. Default: kept one year; for a network load balancer none.",
    ),
  ),
  limits: v.exactOptional(
    described(
      v.strictObject({
        certificates: v.exactOptional(described(v.number(), "Beside the first. Default: 25.")),
        rules: v.exactOptional(described(v.number(), "Default: 100.")),
      }),
      "Quotas of AWS that were raised for the account.",
    ),
  ),
  deletionProtection: v.exactOptional(described(v.boolean(), "Whether AWS refuses to delete it. Default: true.")),
  dropInvalidHeaders: v.exactOptional(described(v.boolean(), "application. Default: true.")),
  desyncMode: v.exactOptional(
    described(v.picklist(["monitor", "defensive", "strictest"]), "application. Default: defensive."),
  ),
  idleTimeoutInSeconds: v.exactOptional(described(v.number(), "application: 1 to 4000. Default: 60.")),
  clientKeepAliveInSeconds: v.exactOptional(described(v.number(), "application: 60 to 604800. Default: 3600.")),
  preserveHostHeader: v.exactOptional(described(v.boolean(), "application. Default: false.")),
  crossZone: v.exactOptional(
    described(v.boolean(), "network: whether each zone sends to tasks in all zones. Default: true."),
  ),
  elasticIps: v.exactOptional(
    described(v.record(text, text), "network: allocation ids of its fixed addresses, by zone. Default: none."),
  ),
};

/** The load balancer in front of a service. */
export const serviceLoadBalancerSchema = described(
  v.strictObject({
    ...loadBalancerEntries,
    shared: v.exactOptional(
      described(text, "Key of 'loadBalancers', in place of a load balancer of its own: only 'targets' beside it."),
    ),
    targets: described(v.record(text, target), "What takes the requests, by a name of your choice."),
  }),
  "Load balancer in front of the service.",
);

export type ServiceLoadBalancerSettings = v.InferOutput<typeof serviceLoadBalancerSchema>;

/** Load balancers that services share. */
export const loadBalancersSchema = described(
  v.record(text, v.strictObject(loadBalancerEntries)),
  "Load balancers that several services share, by a name of your choice.",
);

export type LoadBalancerSettings = v.InferOutput<typeof loadBalancersSchema>[string];
