import { FARGATE_POD_OVERHEAD, type FargateSize } from "../../model/fargate-sizes";
import { monthly, rangeText } from "../format";
import { shareText, type WorkloadRow } from "../rows";
import { bar, CHART_ROWS, legend, more } from "./bars";
import { compareMoney } from "./map";
import { type Html, html } from "./markup";

/** What the pods on Fargate request of the size that they get, those that waste the most money first. */
export function wasteChart(rows: readonly WorkloadRow[]): Html {
  const wasting = rows
    .filter(({ elsewhere, cost }) => !elsewhere && isSome(cost?.wastedMonth?.max.toString()))
    .sort((a, b) => compareMoney(a.cost?.wastedMonth?.max, b.cost?.wastedMonth?.max) || a.number - b.number);
  return html`<section id="waste">
<h2 id="waste-title">What is paid for and not requested</h2>
${
  wasting.length === 0
    ? html`<p>Nothing: every pod on Fargate requests what its size has.</p>`
    : html`${legend([
        ["used", "requested"],
        ["overhead", `${FARGATE_POD_OVERHEAD.mib} MiB that Fargate adds`],
        ["wasted", "wasted"],
      ])}
<div class="scroll" role="region" aria-labelledby="waste-title" tabindex="0"><table class="chart cards">
<caption>One pod of each workload on Fargate, the dearest waste first</caption>
<thead><tr><th scope="col">Workload</th><th scope="col" class="half">CPU</th><th scope="col" class="half">Memory</th><th scope="col" class="n">$ wasted per month</th><th scope="col" class="n">of its cost</th></tr></thead>
<tbody>${wasting.slice(0, CHART_ROWS).map(wasteRow)}</tbody></table></div>
${more(wasting.length, "workloads")}`
}
</section>`;
}

function wasteRow({ placement, number, cost, waste }: WorkloadRow): Html | undefined {
  const { workload, requests, size } = placement;
  return size === undefined
    ? undefined
    : html`<tr><th scope="row"><a href="#w-${number}">${workload.name}</a><small>${workload.namespace} · ${workload.kind}</small></th>
<td class="half" data-l="CPU">${cpuBar(size, requests.cpu.millis)}<small>${String(requests.cpu)} of ${size.cpu.vcpu} vCPU</small></td>
<td class="half" data-l="Memory">${memoryBar(size, requests.memory.bytes)}<small>${String(requests.memory)} of ${size.memory.gib} GB</small></td>
<td class="n" data-l="$ wasted per month">${rangeText(cost?.wastedMonth, monthly)}</td><td class="n" data-l="of its cost">${shareText(waste.cost)}</td></tr>`;
}

function cpuBar({ cpu }: FargateSize, millis: number): Html {
  const used = Math.min(1, millis / cpu.millis);
  return bar([
    { kind: "used", share: used },
    { kind: "wasted", share: 1 - used },
  ]);
}

function memoryBar({ memory }: FargateSize, bytes: number): Html {
  const used = Math.min(1, bytes / memory.bytes);
  const added = Math.min(1 - used, FARGATE_POD_OVERHEAD.bytes / memory.bytes);
  return bar([
    { kind: "used", share: used },
    { kind: "overhead", share: added },
    { kind: "wasted", share: 1 - used - added },
  ]);
}

function isSome(amount: string | undefined): boolean {
  return amount !== undefined && /[1-9]/.test(amount);
}
