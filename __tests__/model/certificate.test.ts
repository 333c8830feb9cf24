import fc from "fast-check";
import { certificateProblems, certificateWarning, validatedDomains } from "../../src/model/certificate";
import { withoutWildcard } from "../../src/model/domain-name";

const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,5}[a-z0-9])?$/);
const name = fc
  .tuple(fc.boolean(), fc.array(label, { minLength: 1, maxLength: 3 }))
  .map(([wildcard, labels]) => `${wildcard ? "*." : ""}${labels.join(".")}.example.com`);

describe("the names of a certificate", () => {
  test("are any in the zone, with wildcards, in whatever order", () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 10 }), ([domainName = "", ...rest]) => {
        const names = { domainName, subjectAlternativeNames: rest };
        expect(certificateProblems(names, "example.com")).toEqual([]);
        const domains = validatedDomains(names);
        expect(new Set(domains)).toEqual(new Set([domainName, ...rest].map(withoutWildcard)));
        expect(domains).toEqual([...domains].sort());
        expect(validatedDomains({ domainName, subjectAlternativeNames: [...rest].reverse() })).toEqual(domains);
      }),
    );
  });

  test.each(["example.com.", "WWW.example.com", "a.*.example.com", "*", "*.", "a_b.example.com", "example", "a b.com"])(
    "cannot hold %j",
    (domainName) => {
      expect(certificateProblems({ domainName }, undefined)).toEqual([
        {
          at: ["domainName"],
          message: `'domainName' must be a domain name in lower case without a dot at its end, like "www.example.com" or "*.example.com", got ${JSON.stringify(domainName)}`,
        },
      ]);
    },
  );

  test("have a first one of 64 characters at most", () => {
    const of = (length: number) => `${"a".repeat(length - ".b.example.com".length)}.b.example.com`;
    expect(certificateProblems({ domainName: of(64) }, undefined)).toEqual([]);
    expect(certificateProblems({ domainName: of(65) }, undefined)[0]?.message).toMatch(/\(65\); make it one of/);
    expect(certificateProblems({ domainName: "example.com", subjectAlternativeNames: [of(65)] }, undefined)).toEqual(
      [],
    );
  });

  test("lie in the zone, not beside it", () => {
    expect(certificateProblems({ domainName: "notexample.com" }, "example.com")).toHaveLength(1);
    expect(certificateProblems({ domainName: "*.example.com" }, "example.com")).toEqual([]);
    expect(certificateProblems({ domainName: "example.com" }, "www.example.com")).toHaveLength(1);
  });

  test("are there once each", () => {
    const names = { domainName: "example.com", subjectAlternativeNames: ["a.example.com", "example.com"] };
    expect(certificateProblems(names, "example.com")).toEqual([
      {
        at: ["subjectAlternativeNames", 1],
        message: 'a certificate must hold "example.com" once, got it twice; remove one',
      },
    ]);
  });

  test("are at most 100, and told when more than the first quota", () => {
    const names = (count: number) => ({
      domainName: "example.com",
      subjectAlternativeNames: Array.from({ length: count - 1 }, (_, index) => `a${index}.example.com`),
    });
    expect(certificateProblems(names(100), "example.com")).toEqual([]);
    expect(certificateProblems(names(101), "example.com")).toEqual([
      {
        at: ["subjectAlternativeNames"],
        message: "a certificate must hold at most 100 names, got 101; split it into two",
      },
    ]);
    expect(certificateWarning(names(10))).toBeUndefined();
    expect(certificateWarning(names(11))).toMatch(/^the certificate holds 11 names/);
  });
});
