/**
 * IAM policy documents as typed values, rendered to the JSON text that Terraform hands on unchanged.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export interface PolicyStatement {
  readonly sid?: string;
  /** @default "Allow" */
  readonly effect?: "Allow" | "Deny";
  readonly actions: readonly string[];
  /** @default - none, as in the trust policy of a role */
  readonly resources?: readonly string[];
  /** @default - none, as in a policy that is attached to a role */
  readonly principal?: PolicyPrincipal;
  /** Operator, then condition key, then value or values. @default - none */
  readonly conditions?: PolicyConditions;
}

/** Conditions of a statement: values by operator and key. */
export type PolicyConditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Exactly one kind of principal. */
export type PolicyPrincipal = { readonly service: string } | { readonly aws: string } | { readonly federated: string };

/**
 * The JSON text of a policy with these statements. Tokens stay in it as Terraform expressions. What is a set to IAM
 * (actions, resources, conditions) is put in order, so that the order in which it is given leaves no trace.
 */
export function policyJson(statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements.map(renderStatement) });
}

function renderStatement({
  sid,
  effect = "Allow",
  actions,
  resources,
  principal,
  conditions,
}: PolicyStatement): object {
  return {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: effect,
    ...(principal === undefined ? {} : { Principal: renderPrincipal(principal) }),
    Action: actions.length === 1 ? actions[0] : inOrder(actions),
    ...(resources === undefined ? {} : { Resource: resources.length === 1 ? resources[0] : inOrder(resources) }),
    ...(conditions === undefined ? {} : { Condition: renderConditions(conditions) }),
  };
}

function renderConditions(conditions: PolicyConditions): object {
  return mapInOrder(conditions, (keys) =>
    mapInOrder(keys, (value) => (typeof value === "string" ? value : inOrder(value))),
  );
}

/** Expressions keep their place: their text at synth says nothing about their value. */
function inOrder(values: readonly string[]): readonly string[] {
  return values.some((value) => value.includes("${")) ? values : [...values].sort();
}

function mapInOrder<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(
    Object.entries(record)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, map(value)]),
  );
}

function renderPrincipal(principal: PolicyPrincipal): object {
  if ("service" in principal) {
    return { Service: principal.service };
  }
  return "aws" in principal ? { AWS: principal.aws } : { Federated: principal.federated };
}

/** Statement of a trust policy that lets an AWS service assume the role. */
export function trustService(service: string, conditions?: PolicyConditions): PolicyStatement {
  return {
    actions: ["sts:AssumeRole"],
    principal: { service },
    ...(conditions === undefined ? {} : { conditions }),
  };
}

/** Statement of a resource's own policy that refuses everybody who does not speak TLS. */
export function denyWithoutTls(action: string, resources: readonly string[]): PolicyStatement {
  return {
    sid: "EncryptionInTransit",
    effect: "Deny",
    actions: [action],
    resources,
    principal: { aws: "*" },
    conditions: { Bool: { "aws:SecureTransport": "false" } },
  };
}
