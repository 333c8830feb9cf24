import {
  type AccessGrant,
  accessGrantProblems,
  accessSetProblems,
  administratorProblem,
  CLUSTER_ADMIN_POLICY,
  unknownPolicies,
} from "../../src/model/access";

const ROLE = "arn:aws:iam::111122223333:role/platform-admin";
const ADMIN: AccessGrant = { principal: ROLE, policies: [{ policy: CLUSTER_ADMIN_POLICY }] };

describe("accessGrantProblems", () => {
  test.each([
    ADMIN,
    { principal: ROLE, groups: ["viewers"] },
    { principal: ROLE, policies: [{ policy: "AmazonEKSViewPolicy", namespaces: ["web", "team-*"] }], groups: ["a"] },
    { principal: "arn:aws-cn:iam::111122223333:user/path/to/jane.doe@example.com", groups: ["a"] },
    { principal: "arn:aws-us-gov:iam::111122223333:role/aws-reserved/sso.amazonaws.com/Admin_1", groups: ["a"] },
    { principal: "arn:aws-iso-b:iam::111122223333:role/a", groups: ["a"] },
  ])("%j is accepted", (grant) => {
    expect(accessGrantProblems("admins", grant)).toEqual([]);
  });

  test("a principal that is not known yet is not checked", () => {
    expect(accessGrantProblems("admins", { groups: ["a"] })).toEqual([]);
  });

  test.each([
    "",
    "platform-admin",
    "arn:aws:iam::111122223333:root",
    "arn:aws:iam::111122223333:group/admins",
    "arn:aws:iam::11112222333:role/short",
    "arn:aws:iam::111122223333:role/",
    "arn:gcp:iam::111122223333:role/a",
    "arn:aws:iam::111122223333:role/*",
  ])("principal %j is refused", (principal) => {
    expect(accessGrantProblems("admins", { ...ADMIN, principal })).toEqual([
      {
        at: ["principal"],
        message: `'principal' of access "admins" must be the ARN of an IAM user or role, got "${principal}"; write it like "arn:aws:iam::111122223333:role/platform-admin"`,
      },
    ]);
  });

  test("a session is refused with the role that it is of", () => {
    const principal = "arn:aws:sts::111122223333:assumed-role/platform-admin/jane";
    expect(accessGrantProblems("admins", { ...ADMIN, principal })[0]?.message).toMatch(
      /; a session is not a principal; name the role "platform-admin" itself$/,
    );
  });

  test.each([{ principal: ROLE }, { principal: ROLE, policies: [], groups: [] }])(
    "nothing granted is refused: %j",
    (grant) => {
      expect(accessGrantProblems("admins", grant)).toEqual([
        {
          at: [],
          message: `access "admins" grants nothing; give it 'policies', like [{ policy: "AmazonEKSClusterAdminPolicy" }], or 'groups'`,
        },
      ]);
    },
  );

  test("the ARN of a policy is refused, as its name is wanted", () => {
    const policy = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";
    expect(accessGrantProblems("admins", { principal: ROLE, policies: [{ policy }] })).toEqual([
      {
        at: ["policies", 0, "policy"],
        message: `'policy' of access "admins" must be the name of an EKS access policy, without its ARN, like "AmazonEKSClusterAdminPolicy", got "${policy}"`,
      },
    ]);
  });

  test("an empty list of namespaces is refused, as nobody could say what it means", () => {
    const policies = [{ policy: "AmazonEKSViewPolicy", namespaces: [] }];
    expect(accessGrantProblems("viewers", { principal: ROLE, policies })).toEqual([
      {
        at: ["policies", 0, "namespaces"],
        message: `'namespaces' of policy "AmazonEKSViewPolicy" of access "viewers" must not be empty; leave it out to grant the policy in the whole cluster`,
      },
    ]);
  });

  test("a policy that is there twice is refused", () => {
    const policies = ["web", "api"].map((namespace) => ({ policy: "AmazonEKSEditPolicy", namespaces: [namespace] }));
    expect(accessGrantProblems("developers", { principal: ROLE, policies })).toEqual([
      {
        at: ["policies"],
        message: `policy "AmazonEKSEditPolicy" of access "developers" is there twice; EKS associates a policy once, so list all of its 'namespaces' in one entry`,
      },
    ]);
  });

  test.each(["", "system:nodes", "eks:a", "aws:a", "amazon:a", "iam:a"])("group %j is refused", (group) => {
    expect(accessGrantProblems("admins", { principal: ROLE, groups: ["ok", group] })).toEqual([
      {
        at: ["groups"],
        message: `group "${group}" of access "admins" must not be empty or begin with "system:", "eks:", "aws:", "amazon:" or "iam:", which EKS refuses`,
      },
    ]);
  });

  test("system:masters is refused with the policy that stands for it", () => {
    expect(accessGrantProblems("admins", { principal: ROLE, groups: ["system:masters"] })[0]?.message).toMatch(
      /which EKS refuses; use policy "AmazonEKSClusterAdminPolicy"$/,
    );
  });

  test("a group that only holds such a word is accepted", () => {
    expect(accessGrantProblems("admins", { principal: ROLE, groups: ["my-system:a", "systems"] })).toEqual([]);
  });

  test("all problems of a grant are found at once", () => {
    const grant = { principal: "x", policies: [{ policy: "a b", namespaces: [] }], groups: [""] };
    expect(accessGrantProblems("admins", grant)).toHaveLength(4);
  });
});

describe("unknownPolicies", () => {
  test.each([
    "AmazonEKSClusterAdminPolicy",
    "AmazonEKSAdminPolicy",
    "AmazonEKSEditPolicy",
    "AmazonEKSViewPolicy",
    "AmazonEKSAdminViewPolicy",
    "AmazonEKSSecretReaderPolicy",
    "AmazonEKSSecretAdminPolicy",
  ])("%s is known", (policy) => {
    expect(unknownPolicies({ policies: [{ policy }] })).toEqual([]);
  });

  test("a policy that is not known is named", () => {
    expect(
      unknownPolicies({ policies: [{ policy: "AmazonEKSViewPolicy" }, { policy: "AmazonEKSNewPolicy" }] }),
    ).toEqual(["AmazonEKSNewPolicy"]);
  });

  test("no policies hold no unknown ones", () => {
    expect(unknownPolicies({})).toEqual([]);
  });
});

describe("accessSetProblems", () => {
  test("every principal once is accepted", () => {
    expect(accessSetProblems({ a: ADMIN, b: { ...ADMIN, principal: `${ROLE}-2` } })).toEqual([]);
  });

  test("a principal that is there twice is refused at its second place", () => {
    expect(accessSetProblems({ a: ADMIN, b: ADMIN })).toEqual([
      {
        at: ["b", "principal"],
        message: `accesses "a" and "b" have the same 'principal' "${ROLE}", and EKS takes one entry for each; merge them`,
      },
    ]);
  });
});

describe("administratorProblem", () => {
  const viewer: AccessGrant = { principal: `${ROLE}-2`, policies: [{ policy: "AmazonEKSViewPolicy" }] };
  const fix = `grant policy "AmazonEKSClusterAdminPolicy" without 'namespaces' to an IAM role of your platform team (whoever applies gets no hidden access)`;

  test("one administrator is enough", () => {
    expect(administratorProblem({ viewers: viewer, admins: ADMIN })).toBeUndefined();
  });

  test("no access at all is refused", () => {
    expect(administratorProblem({})).toBe(`nobody could administer the cluster: no access is granted; ${fix}`);
  });

  test("accesses that none may administer with are refused", () => {
    const inOneNamespace = { ...ADMIN, policies: [{ policy: CLUSTER_ADMIN_POLICY, namespaces: ["web"] }] };
    expect(administratorProblem({ viewers: viewer, admins: inOneNamespace })).toBe(
      `nobody could administer the cluster: none of the accesses "admins", "viewers" may; ${fix}`,
    );
  });
});
