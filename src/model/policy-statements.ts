import type { Known } from "./container-spec";
import { type Problem, problemAt, quote, under } from "./problem";

/** A statement of a policy that a role has, as far as it is checked. */
export interface RoleStatement {
  readonly sid?: string;
  readonly actions: readonly string[];
  readonly resources?: readonly string[];
}

/** Source: IAM User Guide, JSON policy element reference, Sid, Action and Resource, 2026-11-22. */
const SID = /^[A-Za-z0-9]+$/;
const ACTION = /^(\*|[A-Za-z0-9-]+:[\w*?-]+)$/;
/** An expression of Terraform's may give the beginning. */
const RESOURCE = /^(\*|arn:[^:\s]+:[^:\s]+:[^:]*:[^:]*:.+|\$\{.+)$/s;

/**
 * Why IAM would call a policy malformed, seen from its statements.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function roleStatementProblems(statements: readonly RoleStatement[], known: Known = () => true): Problem[] {
  return statements.flatMap((statement, index) => {
    const { sid, actions, resources = [] } = statement;
    const called = `statement ${sid === undefined ? index + 1 : quote(sid)}`;
    const first = statements.findIndex((other) => other.sid === sid);
    return under(
      [index],
      [
        ...problemAt(
          ["sid"],
          sid === undefined || !known(sid)
            ? undefined
            : !SID.test(sid)
              ? `'sid' of a statement must hold letters and digits alone, got ${quote(sid)}`
              : first < index
                ? `'sid' must be that of one statement of a policy, got ${quote(sid)} twice; change one, or leave it out`
                : undefined,
        ),
        ...textProblems("actions", actions, called, known, (action) =>
          ACTION.test(action)
            ? undefined
            : `'actions' of ${called} must hold actions with their service, like "s3:GetObject" or "s3:*", got ${quote(action)}`,
        ),
        ...textProblems("resources", resources, called, known, (resource) =>
          RESOURCE.test(resource)
            ? undefined
            : `'resources' of ${called} must hold ARNs, like "arn:aws:s3:::uploads/*", or "*", got ${quote(resource)}`,
        ),
      ],
    );
  });
}

function textProblems(
  property: string,
  texts: readonly string[],
  called: string,
  known: Known,
  problem: (text: string) => string | undefined,
): Problem[] {
  return texts.length === 0
    ? problemAt(
        [property],
        `'${property}' of ${called} must hold at least one, got none; name some, or remove the statement`,
      )
    : texts.flatMap((text, index) => problemAt([property, index], known(text) ? problem(text) : undefined));
}
