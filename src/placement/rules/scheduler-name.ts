import { quote } from "../../model/problem";
import type { Rule } from "../rule";
import { FARGATE_GUIDE } from "./support/sources";

/** The API server writes the first into every pod that names none; Fargate's webhook then writes the second. */
const ALLOWED = new Set(["", "default-scheduler", "fargate-scheduler"]);

export const schedulerName: Rule = {
  id: "scheduler-name",
  severity: "error",
  title: "Pods leave the scheduler to Fargate",
  reason: 'only the scheduler "fargate-scheduler" brings pods onto Fargate, and its webhook sets it',
  fix: "remove 'schedulerName'",
  source: FARGATE_GUIDE,
  check: ({ pod, podPath }) =>
    ALLOWED.has(pod.schedulerName ?? "")
      ? []
      : [
          {
            at: [...podPath, "schedulerName"],
            message: `the pods ask for the scheduler ${quote(pod.schedulerName)} ('schedulerName')`,
          },
        ],
};
