import { names } from "../../model/names";
import { ownValue } from "../../model/own-value";
import { type Problem, quote } from "../../model/problem";
import { namedPorts } from "../../model/service-connect";
import { type Named, takenNameProblems } from "../../model/taken-names";
import { at, of } from "./named-settings";
import type { EcsSettings } from "./schema";
import type { ServiceSettings } from "./service-schema";
import { taskOptionsOf } from "./task-definitions";

type Service = readonly [key: string, service: ServiceSettings];

/** Names by which services find each other and that two of them have, seen from 'ecs'. */
export function takenEndpointsProblems(settings: EcsSettings): Problem[] {
  const { services = {}, cluster = {} } = settings.ecs;
  const all: readonly Service[] = Object.entries(services);
  const keys = all.flatMap(([, { serviceConnect, discovery }]) => [
    ...(serviceConnect === undefined ? [] : [serviceConnect.namespace]),
    ...(discovery === undefined ? [] : [discovery.namespace]),
  ]);
  return [
    ...takenNamespaceProblems(settings),
    ...[...new Set(keys)].flatMap((namespace) => {
      const where = quote(namespace ?? cluster.serviceConnectNamespace ?? "");
      const problems = takenNameProblems(
        `name in namespace ${where}`,
        all.flatMap((service) => discoveredNames(service, namespace)),
      );
      const told = new Set(problems.map((problem) => problem.at.join("/")));
      return [
        ...problems,
        ...takenNameProblems(
          `address in namespace ${where}`,
          all.flatMap((service) => addresses(settings, service, namespace)),
        ).filter((problem) => !told.has(problem.at.join("/"))),
      ];
    }),
  ];
}

/**
 * AWS Cloud Map has a namespace of one name and kind once.
 *
 * @see https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateHttpNamespace.html
 */
function takenNamespaceProblems({ name, ecs }: EcsSettings): Problem[] {
  const { namespaces = {}, cluster = {} } = ecs;
  const { serviceConnectNamespace: ofCluster } = cluster;
  return (["http", "private-dns"] as const).flatMap((wanted) =>
    takenNameProblems(`namespace of kind ${quote(wanted)}`, [
      ...(ofCluster === undefined || ofCluster.startsWith("arn:") || wanted !== "http"
        ? []
        : [
            {
              at: ["cluster", "serviceConnectNamespace"],
              called: "'cluster.serviceConnectNamespace'",
              name: ofCluster,
              property: "namespaceName",
            },
          ]),
      ...of(namespaces, (key, { kind = "http", namespaceName, ...rest }) =>
        kind !== wanted
          ? undefined
          : [
              at("namespaces", key, { ...rest, namespaceName }, "namespaceName"),
              namespaceName ?? names.cloudMapNamespace(`${name}-${key}`),
            ],
      ),
    ]),
  );
}

/**
 * Services that AWS Cloud Map has in the namespace: one for each endpoint, and one for a name in DNS. That a service has
 * both under one name is a rule of the service.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html
 */
function discoveredNames([key, { serviceConnect, discovery }]: Service, namespace: string | undefined): Named[] {
  const called = `'services.${key}'`;
  const endpoints =
    serviceConnect === undefined || serviceConnect.namespace !== namespace
      ? []
      : Object.keys(serviceConnect.endpoints ?? {});
  const name = discovery === undefined || discovery.namespace !== namespace ? undefined : (discovery.name ?? key);
  return [
    ...endpoints.map((endpoint) => ({
      at: ["services", key, "serviceConnect", "endpoints", endpoint],
      called,
      name: endpoint,
      property: "serviceConnect.endpoints",
    })),
    ...(name === undefined || endpoints.includes(name)
      ? []
      : [
          {
            at: ["services", key, "discovery", ...(discovery?.name === undefined ? [] : ["name"])],
            called,
            name,
            property: "discovery.name",
          },
        ]),
  ];
}

/** Hosts and ports that clients call, of which the namespace has each once. */
function addresses(settings: EcsSettings, [key, service]: Service, namespace: string | undefined): Named[] {
  const { serviceConnect, taskDefinition = key } = service;
  const task = ownValue(settings.ecs.taskDefinitions ?? {}, taskDefinition);
  if (serviceConnect === undefined || serviceConnect.namespace !== namespace || task === undefined) {
    return [];
  }
  const ports = namedPorts(taskOptionsOf(task, () => "repository").containers);
  return Object.entries(serviceConnect.endpoints ?? {}).flatMap(
    ([endpoint, { portName, port, dnsName = endpoint }]) => {
      const number = port ?? ports.get(portName)?.port;
      return number === undefined
        ? []
        : [
            {
              at: ["services", key, "serviceConnect", "endpoints", endpoint],
              called: `'services.${key}'`,
              name: `${dnsName}:${number}`,
              property: "dnsName",
            },
          ];
    },
  );
}
