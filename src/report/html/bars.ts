import { type Html, html } from "./markup";

/** So many rows a chart has before the rest is counted. */
export const CHART_ROWS = 50;

/** A part of a bar. */
export interface Segment {
  /** `used`, `overhead`, `wasted` or `more`; what the legend explains. */
  readonly kind: "used" | "overhead" | "wasted" | "more";
  /** Of the whole width, 0 to 1. */
  readonly share: number;
}

/** A bar of segments; the numbers that it shows stand beside it as text, so that it says nothing to a screen reader. */
export function bar(segments: readonly Segment[]): Html {
  return html`<span class="bar" aria-hidden="true">${segments
    .filter(({ share }) => share > 0)
    .map(({ kind, share }) => html`<i class="${kind}" style="width:${width(share)}"></i>`)}</span>`;
}

/** What the colours and patterns of bars stand for. */
export function legend(entries: readonly (readonly [Segment["kind"], string])[]): Html {
  return html`<ul class="legend">${entries.map(
    ([kind, text]) => html`<li><span class="bar key" aria-hidden="true"><i class="${kind}"></i></span>${text}</li>`,
  )}</ul>`;
}

/** Says how many rows a chart leaves out; nothing when it leaves out none. */
export function more(all: number, what: string): Html | undefined {
  const rest = all - CHART_ROWS;
  return rest > 0
    ? html`<p class="more">and ${rest} more, in the <a href="#workloads">table of ${what}</a></p>`
    : undefined;
}

/** As a percentage with two decimals, so that the same report is the same text everywhere. */
export function width(share: number): string {
  return `${Number((Math.min(1, Math.max(0, share)) * 100).toFixed(2))}%`;
}
