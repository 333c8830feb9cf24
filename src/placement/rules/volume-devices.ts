import { quoteAll } from "../../model/problem";
import type { Rule } from "../rule";
import { containersOf } from "./support/containers";
import { FARGATE_GUIDE } from "./support/sources";

export const volumeDevices: Rule = {
  id: "volume-devices",
  severity: "error",
  title: "Containers use no raw block devices",
  reason: 'Fargate has no block storage for pods and refuses them with "volumeDevices not supported"',
  fix: "mount a file system instead ('volumeMounts'), or run the pods on nodes",
  source: FARGATE_GUIDE,
  check: (workload) =>
    containersOf(workload)
      .filter(({ container }) => container.volumeDevices.length > 0)
      .map(({ container, at, called }) => ({
        at: [...at, "volumeDevices"],
        message: `${called} uses ${quoteAll(container.volumeDevices)} as raw block devices ('volumeDevices')`,
      })),
};
