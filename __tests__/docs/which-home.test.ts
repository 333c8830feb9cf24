import { readFileSync, writeFileSync } from "node:fs";
import {
  APP_RUNNER_PRICE_REGIONS,
  APP_RUNNER_PRICES,
  APP_RUNNER_PRICES_SOURCE,
} from "../../src/model/app-runner-prices";
import { APP_RUNNER_SIZES } from "../../src/model/app-runner-sizes";
import { amountsOf } from "../../src/model/container-spec";
import { FARGATE_TASK_SIZES, roundUpToSize } from "../../src/model/fargate-sizes";
import { HOME_NAMES, HOMES, type HomePlatform } from "../../src/model/homes/home-data";
import { HOME_FEATURES, type HomeFeatureName } from "../../src/model/homes/home-features";
import { homeProblems, homesFor } from "../../src/model/homes/homes";
import { LIGHTSAIL_POWERS, LIGHTSAIL_POWERS_AS_OF, smallestPower } from "../../src/model/lightsail-powers";
import { podTemplateSize } from "../../src/model/pod-template";
import { PRICE_KEYS, type PriceKey } from "../../src/pricing/price";
import { PriceBook } from "../../src/pricing/price-book";
import { Money } from "../../src/units/money";
import { HOURS_PER_MONTH } from "../../src/units/time";

const FILE = "docs/which-home.md";

/** The container whose costs the page tells, and how many of it. */
const CONTAINER = {
  name: "web",
  image: "public.ecr.aws/nginx/nginx-unprivileged:1.30.4-alpine-slim",
  cpu: "250m",
  memory: "512Mi",
  ports: { http: 8080 },
  readiness: { http: { port: "http" } },
};
const COPIES = 2;
const BOOK = PriceBook.builtIn("us-east-1");

/** What Elastic Beanstalk takes by default. */
const INSTANCE = "t3.small";
const DISK_GIB = 30;

const { cpu, memory } = amountsOf(CONTAINER);

function price(key: PriceKey): Money {
  const found = BOOK.find(key);
  if (found === undefined) {
    throw new Error(`no price ${key}`);
  }
  return found.usd;
}

const month = (hour: Money) => hour.times(HOURS_PER_MONTH);
const usd = (amount: Money) => `$${amount.toFixed(2)}`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${head.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}

function fargate(kind: "x86" | "arm" | "spot", size = roundUpToSize(cpu, memory, FARGATE_TASK_SIZES)): Money {
  if (size === undefined) {
    throw new Error("no size");
  }
  const hour = price(`fargate/${kind}/vcpu-hour`)
    .times(size.cpu.vcpu)
    .plus(price(`fargate/${kind}/gib-hour`).times(size.memory.gib));
  return month(hour).times(COPIES);
}

/** A month in which no instance ever works, and one in which all of them always do. */
function appRunner(): readonly [Money, Money] {
  const size = roundUpToSize(cpu, memory, APP_RUNNER_SIZES);
  if (size === undefined) {
    throw new Error("no size");
  }
  const idle = month(APP_RUNNER_PRICES.gibHour.times(size.memory.gib)).times(COPIES);
  return [idle, idle.plus(month(APP_RUNNER_PRICES.vcpuHour.times(size.cpu.vcpu)).times(COPIES))];
}

function costs(): string {
  const loadBalancer = month(price("alb/hour"));
  const controlPlane = month(price("eks/cluster-hour"));
  const eks = podTemplateSize({ containers: [CONTAINER] });
  const power = smallestPower(cpu, memory);
  if (eks === undefined || power === undefined) {
    throw new Error("no size");
  }
  const instances = month(price(`ec2/${INSTANCE}`)).times(COPIES);
  const disks = price("ebs/gp3/gib-month").times(DISK_GIB * COPIES);
  const pods = fargate("x86", eks);
  const tasks = fargate("x86");
  const lightsail = power.usdPerMonth.times(COPIES);
  const [idle, busy] = appRunner();
  return table(
    ["Home", "The two copies", "Load balancer", "What else", "A month"],
    [
      [
        HOMES["eks-fargate"].title,
        `${usd(pods)} (${eks.cpu.vcpu} vCPU, ${eks.memory.gib} GB each)`,
        usd(loadBalancer),
        `${usd(controlPlane)} for the cluster`,
        usd(Money.sum([pods, loadBalancer, controlPlane])),
      ],
      [
        HOMES["ecs-fargate"].title,
        `${usd(tasks)} (${cpu.vcpu} vCPU, ${memory.gib} GB each)`,
        usd(loadBalancer),
        "nothing",
        usd(tasks.plus(loadBalancer)),
      ],
      ["the same on ARM", usd(fargate("arm")), usd(loadBalancer), "nothing", usd(fargate("arm").plus(loadBalancer))],
      [
        "the same on Fargate Spot",
        usd(fargate("spot")),
        usd(loadBalancer),
        "nothing",
        usd(fargate("spot").plus(loadBalancer)),
      ],
      [
        HOMES["app-runner"].title,
        `${usd(idle)} while they wait, ${usd(busy)} while they work`,
        "included",
        "nothing",
        `${usd(idle)} to ${usd(busy)}`,
      ],
      [HOMES.lightsail.title, `${usd(lightsail)} (power \`${power.name}\`)`, "included", "nothing", usd(lightsail)],
      [
        HOMES.beanstalk.title,
        `${usd(instances)} (\`${INSTANCE}\`)`,
        usd(loadBalancer),
        `${usd(disks)} for disks`,
        usd(Money.sum([instances, loadBalancer, disks])),
      ],
    ],
  );
}

const TITLES = HOME_NAMES.map((home) => HOMES[home].title);

function features(): string {
  return table(
    ["", ...TITLES],
    (Object.keys(HOME_FEATURES) as HomeFeatureName[]).map((feature) => [
      HOME_FEATURES[feature].title,
      ...HOME_NAMES.map((home) => (HOMES[home].cannot[feature] === undefined ? "yes" : "no")),
    ]),
  );
}

const PLATFORM: Readonly<Record<keyof HomePlatform, string>> = {
  containersTogether: "Containers together",
  largestSize: "Largest size",
  scalesBy: "Scales by",
  scaleToZero: "Scales to zero",
  arm: "ARM",
  windows: "Windows",
  gpu: "GPU",
  spot: "Spot",
  vpc: "VPC",
  https: "HTTPS",
  shell: "Shell in the container",
};

function platforms(): string {
  return table(
    ["", ...TITLES],
    (Object.keys(PLATFORM) as (keyof HomePlatform)[]).map((key) => [
      PLATFORM[key],
      ...HOME_NAMES.map((home) => HOMES[home].platform[key]),
    ]),
  );
}

const TABLES = { costs, features, platforms };

/** `UPDATE_GOLDEN=1 npx jest __tests__/docs/which-home` writes the tables anew. */
function page(): string {
  const text = readFileSync(FILE, "utf8");
  if (process.env.UPDATE_GOLDEN !== "1") {
    return text;
  }
  const updated = Object.entries(TABLES).reduce(
    (all, [name, make]) => all.replace(place(name), (_, begin: string, end: string) => `${begin}${make()}\n${end}`),
    text,
  );
  writeFileSync(FILE, updated);
  return updated;
}

/** Where a table stands. */
function place(name: string): RegExp {
  return new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- end -->)`);
}

const PAGE = page();

describe("the page about homes", () => {
  test.each(Object.keys(TABLES) as (keyof typeof TABLES)[])("shows what the data says: %s", (name) => {
    expect(PAGE).toContain(`<!-- ${name} -->\n${TABLES[name]()}\n<!-- end -->`);
  });

  test("tells of a container that every home runs, and says which", () => {
    expect(homesFor(CONTAINER)).toEqual(HOME_NAMES);
    expect(PAGE).toContain(`${COPIES} copies of a container of ${cpu.vcpu} vCPU and ${memory.gib} GB`);
    expect(PAGE).toContain(`in ${BOOK.region}, for ${HOURS_PER_MONTH} hours`);
  });

  test("shows which homes run an image of another registry, and what App Runner says to it", () => {
    const elsewhere = { ...CONTAINER, image: "registry.example.com/web:1.4.2" };
    expect(PAGE).toContain(
      `// [${homesFor(elsewhere)
        .map((home) => `"${home}"`)
        .join(", ")}]`,
    );
    expect(homeProblems("app-runner", elsewhere)[0]?.message).toContain(
      /homeProblems\("app-runner", container\); \/\/ (.*)/.exec(PAGE)?.[1] ?? "nothing",
    );
  });

  test("says how old prices are, and where those of App Runner stand, which are not in the price data", () => {
    const dates = PRICE_KEYS.flatMap((key) => BOOK.find(key)?.date ?? []);
    expect(dates.length).toBeGreaterThan(0);
    expect(PAGE).toContain(LIGHTSAIL_POWERS_AS_OF);
    expect(PRICE_KEYS.filter((key) => key.includes("runner"))).toEqual([]);
    expect(APP_RUNNER_PRICE_REGIONS).toContain(BOOK.region);
    expect(PAGE).toContain(`](${APP_RUNNER_PRICES_SOURCE})`);
  });

  test("leads to the page of every home", () => {
    for (const link of ["ecs.md", "in-cluster.md", "app-runner.md", "lightsail.md", "beanstalk.md", "prices.md"]) {
      expect(PAGE).toContain(`](${link})`);
    }
  });
});

test("the page of Lightsail shows its powers, and when they were read", () => {
  const text = readFileSync("docs/lightsail.md", "utf8");
  for (const { name, cpu: has, memory: gib, usdPerMonth } of LIGHTSAIL_POWERS) {
    expect(text).toContain(`| \`${name}\` | ${has.vcpu} | ${gib.gib} | ${usdPerMonth} |`);
  }
  expect(text).toContain(`As of ${LIGHTSAIL_POWERS_AS_OF}`);
});

test("the page of App Runner shows the sizes of App Runner", () => {
  const text = readFileSync("docs/app-runner.md", "utf8");
  for (const vcpu of new Set(APP_RUNNER_SIZES.map((size) => size.cpu.vcpu))) {
    const gib = APP_RUNNER_SIZES.filter((size) => size.cpu.vcpu === vcpu).map((size) => size.memory.gib);
    expect(text).toContain(`| ${vcpu} | ${gib.join(", ")} |`);
  }
});
