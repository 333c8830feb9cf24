import type { Price } from "../../pricing/price";
import { discountText } from "../provenance";
import type { FitReport } from "../report";
import { type Html, html } from "./markup";

/** Every price with its day and source, and what was not read. */
export function pricesSection({ cost, comparison, decision }: FitReport): Html {
  const prices = distinct([cost.prices, comparison?.prices ?? [], decision?.comparison.prices ?? []].flat());
  return html`<section id="prices">
<h2 id="prices-title">Prices of ${cost.region}</h2>
<p>Discounts: ${discountText(comparison?.discounts ?? cost.discounts)}. A month has 730 hours.</p>
<div class="scroll" role="region" aria-labelledby="prices-title" tabindex="0"><table>
<caption>Each price that was used, in US dollars</caption>
<thead><tr><th scope="col">Price</th><th scope="col" class="n">US dollars</th><th scope="col">Date</th><th scope="col">Source</th><th scope="col">Caveat</th></tr></thead>
<tbody>${prices.map(
    ({ key, usd, date, source, caveat = "" }) =>
      html`<tr><th scope="row"><code>${key}</code></th><td class="n">${usd.toString()}</td><td>${date}</td><td>${source}</td><td>${caveat}</td></tr>`,
  )}</tbody></table></div>
</section>`;
}

export function problemsSection({ inventory: { problems } }: FitReport): Html | undefined {
  return problems.length === 0
    ? undefined
    : html`<section id="not-read">
<h2 id="not-read-title">Not read</h2>
<ul class="problems">${problems.map(
        ({ file, document, line, message }) =>
          html`<li><code>${file}${line !== undefined && `:${line}`}</code>${document !== undefined && ` (document ${document})`} ${message}</li>`,
      )}</ul>
</section>`;
}

function distinct(prices: readonly Price[]): Price[] {
  return [...new Map(prices.map((price) => [price.key, price])).values()];
}
