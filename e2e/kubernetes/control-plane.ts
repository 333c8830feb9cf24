import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findKubernetesProgram } from "../support/programs";
import { Client } from "./client";

export interface ControlPlane {
  readonly url: string;
  /** PEM. */
  readonly certificateAuthority: string;
  /** Of a user who may do everything. */
  readonly token: string;
}

/** Services get their addresses from what EKS takes by default. */
const SERVICE_CIDR = "172.20.0.0/16";

/** Below the ports that Linux gives to connections, so that none takes one between choosing and listening. */
const PORTS = { from: 20_000, to: 32_000 };

/** Seconds. */
const START_LIMIT = 60;

/** etcd and kube-apiserver on 127.0.0.1, with all that they write in this folder. */
export async function startControlPlane(folder: string): Promise<ControlPlane> {
  const [client, peer, secure] = [await freePort(), await freePort(), await freePort()];
  const url = `https://127.0.0.1:${secure}`;
  const token = randomBytes(16).toString("hex");
  const processes = [
    start("etcd", etcdArguments(folder, client, peer), folder),
    start("kube-apiserver", apiServerArguments(folder, client, secure, token), folder),
  ];
  return { url, certificateAuthority: await waitUntilReady(folder, url, token, processes), token };
}

function etcdArguments(folder: string, client: number, peer: number): string[] {
  return [
    `--data-dir=${join(folder, "etcd")}`,
    "--unsafe-no-fsync",
    "--log-level=error",
    `--listen-client-urls=http://127.0.0.1:${client}`,
    `--advertise-client-urls=http://127.0.0.1:${client}`,
    `--listen-peer-urls=http://127.0.0.1:${peer}`,
    `--initial-advertise-peer-urls=http://127.0.0.1:${peer}`,
    `--initial-cluster=default=http://127.0.0.1:${peer}`,
  ];
}

function apiServerArguments(folder: string, etcd: number, port: number, token: string): string[] {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const [signing, verifying, tokens] = ["service-account.key", "service-account.pub", "tokens.csv"].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  writeFileSync(signing, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  writeFileSync(verifying, publicKey.export({ type: "spki", format: "pem" }));
  writeFileSync(tokens, `${token},e2e,e2e,"system:masters"\n`, { mode: 0o600 });
  return [
    `--etcd-servers=http://127.0.0.1:${etcd}`,
    "--bind-address=127.0.0.1",
    "--advertise-address=127.0.0.1",
    // It would write its loopback address where the API allows none.
    "--endpoint-reconciler-type=none",
    `--secure-port=${port}`,
    `--cert-dir=${certificates(folder)}`,
    `--token-auth-file=${tokens}`,
    "--authorization-mode=RBAC",
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-account-key-file=${verifying}`,
    `--service-account-signing-key-file=${signing}`,
    `--service-cluster-ip-range=${SERVICE_CIDR}`,
  ];
}

const certificates = (folder: string) => join(folder, "certificates");

const running = new Set<ChildProcess>();

function start(name: string, args: readonly string[], folder: string): ChildProcess {
  const log = openSync(join(folder, `${name}.log`), "w");
  const child = spawn(findKubernetesProgram(name) ?? name, args, { stdio: ["ignore", log, log] });
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

/** Nothing that they keep is needed again, so they are not asked to end, which would take the API server seconds. */
export async function stopControlPlane(): Promise<void> {
  const ended = [...running].filter(({ pid }) => pid !== undefined).map((child) => once(child, "exit"));
  for (const child of running) {
    child.kill("SIGKILL");
  }
  await Promise.all(ended);
}

/** Returns the certificate authority, which the API server makes when it starts. */
async function waitUntilReady(
  folder: string,
  url: string,
  token: string,
  processes: readonly ChildProcess[],
): Promise<string> {
  let failure: Error | undefined;
  for (const child of processes) {
    child.once("error", (error) => {
      failure = error;
    });
    child.once("exit", (code) => {
      failure = new Error(`${child.spawnfile} ended with exit code ${code}`);
    });
  }
  const file = join(certificates(folder), "apiserver.crt");
  const latest = Date.now() + START_LIMIT * 1000;
  while (failure === undefined && Date.now() < latest) {
    if (existsSync(file) && (await isReady(url, readFileSync(file, "utf8"), token))) {
      return readFileSync(file, "utf8");
    }
    await sleep(50);
  }
  throw new Error(
    `${failure?.message ?? `the API server was not ready after ${START_LIMIT} s`}; it printed last:\n${logs(folder)}`,
  );
}

async function isReady(url: string, certificateAuthority: string, token: string): Promise<boolean> {
  const client = new Client(url, certificateAuthority, token);
  try {
    await client.get("/readyz");
    return true;
  } catch {
    return false;
  } finally {
    client.close();
  }
}

function logs(folder: string): string {
  return ["etcd", "kube-apiserver"]
    .map((name) => readFileSync(join(folder, `${name}.log`), "utf8").slice(-2000))
    .join("\n");
}

async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.from + Math.floor(Math.random() * (PORTS.to - PORTS.from));
    if (await isFree(port)) {
      return port;
    }
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
