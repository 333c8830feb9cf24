import { ownValue } from "../../model/own-value";
import { quote, quoteAll } from "../../model/problem";
import type { Rule, Violation } from "../rule";
import { appContainersOf } from "./support/containers";
import { imageName } from "./support/images";
import { FARGATE_GUIDE } from "./support/sources";

/** Managed services by the last part of the image that runs the same program. */
const SERVICES: Readonly<Record<string, string>> = {
  ...named("Amazon RDS or Aurora", ["postgres", "postgresql", "postgis", "timescaledb", "mysql", "mariadb", "percona"]),
  ...named("Amazon DocumentDB or MongoDB Atlas", ["mongo", "mongodb"]),
  ...named("Amazon ElastiCache or MemoryDB", ["redis", "redis-stack-server", "valkey", "keydb", "dragonfly"]),
  ...named("Amazon MSK", ["kafka", "cp-kafka", "cp-server", "zookeeper", "cp-zookeeper", "redpanda"]),
  ...named("Amazon MQ", ["rabbitmq", "activemq", "activemq-artemis"]),
  ...named("Amazon OpenSearch Service", ["elasticsearch", "opensearch"]),
  ...named("Amazon Keyspaces or DynamoDB", ["cassandra", "scylla"]),
  ...named("Amazon S3", ["minio"]),
  ...named("Amazon Neptune", ["neo4j"]),
  ...named("a managed service", ["etcd", "clickhouse", "clickhouse-server", "influxdb", "cockroach", "couchdb"]),
};

export const stateful: Rule = {
  id: "stateful",
  severity: "advice",
  title: "Databases and other stateful pods run elsewhere",
  reason: "on Fargate there is no block storage, only EFS, and every pod is replaced when its node is patched",
  fix: "use a managed service, or run the pods on nodes with EBS volumes",
  source: FARGATE_GUIDE,
  check(workload) {
    if (workload.runTime.kind === "runs") {
      return [];
    }
    const databases = appContainersOf(workload).flatMap(({ container: { image = "" }, at, called }): Violation[] => {
      const service = serviceFor(image);
      return service === undefined
        ? []
        : [
            {
              at: [...at, "image"],
              message: `${called} runs a database or broker (image ${quote(image)})`,
              fix: `use ${service}, or run the pods on nodes with EBS volumes`,
            },
          ];
    });
    const templates = workload.claimTemplates.map(({ name }) => name);
    return databases.length > 0 || templates.length === 0
      ? databases
      : [
          {
            at: ["spec", "volumeClaimTemplates"],
            message: `each pod keeps data of its own (claim templates ${quoteAll(templates)})`,
          },
        ];
  },
};

function serviceFor(image: string): string | undefined {
  return ownValue(SERVICES, imageName(image));
}

function named(service: string, images: readonly string[]): Record<string, string> {
  return Object.fromEntries(images.map((image) => [image, service]));
}
