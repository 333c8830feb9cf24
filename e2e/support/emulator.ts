import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** An AWS call as the emulator recorded it. */
export interface AwsCall {
  readonly service: string;
  readonly action: string;
  /** `null` while it is not answered. */
  readonly status: number | null;
  readonly error?: { readonly code: string; readonly message: string };
  /** Whether it was sent again with its `clientRequestToken`, which AWS answers as it did before. */
  readonly repeated?: boolean;
  readonly params?: Readonly<Record<string, unknown>>;
}

export const succeeded = ({ status }: AwsCall): boolean => status !== null && status < 300;

/** An AWS account of its own, on this machine. See e2e/emulator/README.md. */
export class Emulator {
  private constructor(
    private readonly process: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<Emulator> {
    const child = spawn("python3", ["-m", "emulator", "--port", "0"], {
      cwd: "e2e",
      stdio: ["pipe", "pipe", "inherit"],
    });
    const line = await Promise.race([
      readLine(child),
      new Promise<never>((_, reject) =>
        child.once("exit", (code) => reject(new Error(`the emulator ended with exit code ${code}`))),
      ),
    ]);
    return new Emulator(child, (JSON.parse(line) as { url: string }).url);
  }

  /** What sends a program's AWS calls here. */
  get environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: "eu-west-1",
      AWS_EC2_METADATA_DISABLED: "true",
      // S3 Control puts the account in front of the host, which no resolver knows behind an address.
      HTTP_PROXY: this.url,
      NO_PROXY: "127.0.0.1,localhost",
    };
  }

  /** Gives the account IAM roles that access entries refer to. */
  async hasRoles(...names: string[]): Promise<void> {
    for (const name of names) {
      await this.request("POST", "iam/roles", { name });
    }
  }

  async hasBucket(name: string, region: string): Promise<void> {
    await this.request("POST", "s3/buckets", { name, region });
  }

  /** Gives the account a public hosted zone of Route 53, whose records count as left behind. */
  async hasHostedZone(id: string, name: string): Promise<void> {
    await this.request("POST", "route53/zones", { id, name });
  }

  /** Gives the account issued certificates, and security groups of eu-west-1, which a configuration names. */
  async hasOthers({
    certificateArns,
    securityGroupIds,
  }: {
    readonly certificateArns: readonly string[];
    readonly securityGroupIds: readonly string[];
  }): Promise<void> {
    for (const arn of certificateArns) {
      await this.request("POST", "acm/certificates", { arn });
    }
    for (const id of securityGroupIds) {
      await this.request("POST", "ec2/security-groups", { id, region: "eu-west-1" });
    }
  }

  /** Gives all clusters, those to come too, the endpoint and the certificate authority of a Kubernetes API. */
  async leadsTo({ url, certificateAuthority }: { url: string; certificateAuthority: string }): Promise<void> {
    await this.request("POST", "eks/endpoint", { endpoint: url, certificateAuthority });
  }

  /** Gives the account a DynamoDB table as Terraform's S3 backend wants it for its lock. */
  async hasLockTable(name: string, region: string): Promise<void> {
    const response = await fetch(this.url, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-amz-json-1.0",
        "X-Amz-Target": "DynamoDB_20120810.CreateTable",
        Authorization: signedFor("dynamodb", region),
      },
      body: JSON.stringify({
        TableName: name,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "LockID", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "LockID", KeyType: "HASH" }],
      }),
    });
    if (!response.ok) {
      throw new Error(`the emulator refused the lock table: ${await response.text()}`);
    }
  }

  /** Scales a node group of a cluster in eu-west-1, as an autoscaler does. */
  async setDesiredSize(cluster: string, nodeGroup: string, desiredSize: number): Promise<void> {
    const response = await fetch(`${this.url}/clusters/${cluster}/node-groups/${nodeGroup}/update-config`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: signedFor("eks", "eu-west-1") },
      body: JSON.stringify({ scalingConfig: { desiredSize } }),
    });
    if (!response.ok) {
      throw new Error(`the emulator refused to scale the node group: ${await response.text()}`);
    }
  }

  /** Everything in the account that was not there at the beginning, by kind. */
  async leftovers(): Promise<Record<string, unknown[]>> {
    const all = (await this.request("GET", "leftovers")) as Record<string, unknown[]>;
    return Object.fromEntries(Object.entries(all).filter(([, items]) => items.length > 0));
  }

  /** Calls in the order in which they came; one that was sent again with its token counts once. */
  async calls(service: string): Promise<AwsCall[]> {
    const calls = (await this.request("GET", `calls?service=${service}`)) as AwsCall[];
    return calls.filter(({ repeated }) => repeated !== true);
  }

  /** Calls that were refused or are not answered yet; what does not exist is often just looked for. */
  async refusedCalls(): Promise<AwsCall[]> {
    const calls = (await this.request("GET", "calls")) as AwsCall[];
    return calls.filter(({ status }) => status === null || (status >= 400 && status !== 404));
  }

  /** Actions that the emulator does not know, with which a run fails at once instead of being retried for minutes. */
  async unknownActions(): Promise<unknown[]> {
    return (await this.request("GET", "errors")) as unknown[];
  }

  stop(): void {
    this.process.kill("SIGTERM");
  }

  private async request(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.url}/_emulator/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) {
      throw new Error(`the emulator answered ${response.status} to ${method} ${path}: ${await response.text()}`);
    }
    return response.json();
  }
}

/** The header by which the emulator tells for which service and Region a request is. */
function signedFor(service: string, region: string): string {
  return `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=test`;
}

function readLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) {
      reject(new Error("the emulator has no standard output"));
      return;
    }
    createInterface(child.stdout).once("line", resolve);
  });
}
