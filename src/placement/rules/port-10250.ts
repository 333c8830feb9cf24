import type { Rule, Violation } from "../rule";
import { type LocatedContainer, longRunningContainersOf } from "./support/containers";
import { METRICS_SERVER_GUIDE } from "./support/sources";
import { wordsWhere } from "./support/texts";

const KUBELET_PORT = 10250;

/** `--secure-port=10250`, `--webhook-bind-address=:10250`; flags about the kubelet's port say where it listens. */
const FLAG = new RegExp(`^--(?!kubelet)[a-z-]*(port|address|addr)(=(.*:)?${KUBELET_PORT})?$`);

export const port10250: Rule = {
  id: "port-10250",
  severity: "warning",
  title: `Containers do not listen on port ${KUBELET_PORT}`,
  reason: `on Fargate the pod shares its address with the kubelet, which listens on ${KUBELET_PORT}`,
  fix: "choose another port, such as 10251, in the container's port, its arguments and the Service",
  source: METRICS_SERVER_GUIDE,
  check: (workload) =>
    longRunningContainersOf(workload).flatMap((located) => [...portViolations(located), ...flagViolations(located)]),
};

function portViolations({ container, at, called }: LocatedContainer): Violation[] {
  return container.ports.flatMap(({ containerPort }, index) =>
    containerPort === KUBELET_PORT
      ? [
          {
            at: [...at, "ports", index, "containerPort"],
            message: `${called} listens on port ${KUBELET_PORT} ('containerPort')`,
          },
        ]
      : [],
  );
}

function flagViolations(located: LocatedContainer): Violation[] {
  return wordsWhere(located, listens).map(({ at, text }) => ({
    at,
    message: `${located.called} is told to listen on port ${KUBELET_PORT} (${text})`,
  }));
}

/** A flag has its value behind "=", or as the next word. */
function listens(word: string, next: string | undefined): boolean {
  return FLAG.test(word) && (word.includes("=") || next === String(KUBELET_PORT));
}
