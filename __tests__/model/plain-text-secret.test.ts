import { plainTextProblems, secretIn } from "../../src/model/plain-text-secret";
import { told } from "../support/tasks";

const problems = (environment: Record<string, string>, plainText?: readonly string[]) =>
  told(plainTextProblems({ name: "web", environment, ...(plainText === undefined ? {} : { plainText }) }, "everybody"));

const refused = (name: string, value: string) => problems({ [name]: value }).length === 1;

describe("a variable that is called like a secret", () => {
  test.each([
    "PASSWORD",
    "DB_PASSWORD",
    "db-passwd",
    "dbPassword",
    "spring.datasource.password",
    "CLIENT_SECRET",
    "SESSION_SECRETS",
    "GITHUB_TOKEN",
    "API_TOKENS",
    "API_KEY",
    "STRIPE_APIKEY",
    "apiKey",
    "PRIVATE_KEY",
    "AWS_SECRET_ACCESS_KEY",
    "SIGNING_KEY",
    "TLS_PASSPHRASE",
    "REGISTRY_CREDENTIALS",
  ])("is refused: %s", (name) => {
    expect(refused(name, "abc")).toBe(true);
  });

  test.each([
    "PASSWORD_FILE",
    "DB_PASSWORD_SECRET_ARN",
    "SECRET_NAME",
    "TOKEN_URL",
    "TOKEN_ENDPOINT",
    "TOKEN_TTL",
    "AWS_ACCESS_KEY_ID",
    "PASSWORD_POLICY",
    "TOKENIZER",
    "SECRETARY",
    "KEY",
    "PRIMARY_KEY",
    "MONKEY",
    "PATH",
  ])("is not: %s", (name) => {
    expect(refused(name, "abc")).toBe(false);
  });

  test.each(["", "true", "off", "4096", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbCdEf"])(
    "may hold what is none: %j",
    (value) => {
      expect(refused("MAX_TOKENS", value)).toBe(false);
    },
  );

  test("is refused where Terraform alone knows its value", () => {
    const token = "${random_password.db.result}";
    const asked = plainTextProblems(
      { name: "web", environment: { PASSWORD: token, MODE: token } },
      "everybody",
      () => false,
    );
    expect(asked.map(({ at }) => at)).toEqual([["environment", "PASSWORD"]]);
  });
});

/** Put together here, so that nobody's scanner takes this file for a leak. */
const SECRETS: [string, string][] = [
  ["an access key of AWS", `AK${"IA"}ABCDEFGHIJKLMNOP`],
  ["an access key of AWS", `key=AS${"IA"}ABCDEFGHIJKLMNOP;`],
  ["a private key", `-----BEGIN ${"RSA PRIVATE"} KEY-----`],
  ["a private key", `-----BEGIN ${"PRIVATE"} KEY-----`],
  ["a JSON web token", `ey${"J"}hbGciOi.eyJzdWIi.c2lnbg`],
  ["a token of GitHub", `gh${"p_"}${"a".repeat(36)}`],
  ["a token of GitHub", `github${"_pat_"}${"a".repeat(22)}`],
  ["a token of GitLab", `gl${"pat-"}${"a".repeat(20)}`],
  ["a token of Slack", `xo${"xb-"}1234567890-abc`],
  ["a token of Slack", `https://hooks.${"slack.com"}/services/T0/B0/abc`],
  ["a URL with a password in it", "postgres://shop:pa55word@db:5432/shop"],
  ["a URL with a password in it", "redis://:pa55word@cache:6379"],
];

describe("a value that is a secret", () => {
  test.each(SECRETS)("is %s, whatever the variable is called, and the message does not repeat it", (what, value) => {
    expect(secretIn(value)).toBe(what);
    expect(problems({ MODE: value })).toEqual([
      [
        "environment.MODE",
        `variable "MODE" of container "web" holds ${what}, and everybody reads it; keep it in AWS Secrets Manager or Parameter Store and name it in 'secrets', or put "MODE" into 'plainText' if it is none`,
      ],
    ]);
    expect(JSON.stringify(problems({ PASSWORD: value }))).not.toContain(JSON.stringify(value).slice(1, -1));
  });

  test.each([
    "https://example.com/a:b@c",
    "postgres://shop@db:5432/shop",
    "http://localhost:8080/a?b=c@d",
    "AKIA",
    "AKIAabcdefghijklmnop",
    "eyJ",
    "fast",
  ])("is not %s", (value) => {
    expect(secretIn(value)).toBeUndefined();
  });
});

describe("'plainText'", () => {
  test("lets a variable be that only looks like a secret", () => {
    expect(problems({ TOKEN_COOKIE: "session" }, ["TOKEN_COOKIE"])).toEqual([]);
    expect(problems({ CALLBACK: "postgres://user:password@example.com" }, ["CALLBACK"])).toEqual([]);
    expect(problems({ TOKEN_COOKIE: "session", API_KEY: "abc" }, ["TOKEN_COOKIE"]).map(([at]) => at)).toEqual([
      "environment.API_KEY",
    ]);
  });

  test("names variables that are there", () => {
    expect(problems({ MODE: "fast" }, ["MODUS"])).toEqual([
      [
        "plainText.0",
        `'plainText' of container "web" must hold names of variables in 'environment', got "MODUS"; remove it`,
      ],
    ]);
  });
});
