/**
 * The page's style sheet. Colours come in two schemes, each pair of text and background with a contrast of 4.5 and more;
 * what a colour says a word or a pattern says too.
 */
export const STYLE = `
:root{color-scheme:light dark;--bg:#f4f6f8;--surface:#fff;--ink:#18212c;--muted:#525e6c;--line:#d8dee6;--accent:#0b57b0;
--fargate:#0f766e;--fargate-soft:#e0f2f0;--ambiguous:#855300;--ambiguous-soft:#fcf1d8;--nodes:#4a57a0;--nodes-soft:#e8ebf8;
--pending:#b3261e;--pending-soft:#fce8e6;--used:#0f766e;--overhead:#7dbdb6;--wasted:#d9630b;--wasted-soft:#fbdcc2;--shade:0 1px 2px #18212c14,0 2px 8px #18212c0d}
@media (prefers-color-scheme:dark){:root{--bg:#0e1319;--surface:#171e27;--ink:#e8eef5;--muted:#a5b2c1;--line:#2d3844;--accent:#86bdff;
--fargate:#56d0c2;--fargate-soft:#123230;--ambiguous:#f2bd57;--ambiguous-soft:#37290b;--nodes:#adb9f7;--nodes-soft:#222a4a;
--pending:#ff9a91;--pending-soft:#401a17;--used:#35b0a3;--overhead:#1f6b64;--wasted:#f08a3c;--wasted-soft:#5a3110;--shade:none}}
*,::before,::after{box-sizing:border-box}
[hidden]{display:none!important}
html{scroll-padding-top:4.5rem;scroll-behavior:smooth;-webkit-text-size-adjust:100%}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}*{transition:none!important}}
body{margin:0;background:var(--bg);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:break-word}
main,footer{max-width:96rem;margin:0 auto;padding:0 clamp(1rem,3vw,2.5rem)}
main:focus{outline:none}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:.25rem}
h1{font-size:clamp(1.5rem,1rem + 2vw,2.5rem);line-height:1.2;letter-spacing:-.015em;margin:0 0 .75rem;max-width:44ch;text-wrap:balance}
h2{font-size:1.375rem;line-height:1.3;letter-spacing:-.01em;margin:0 0 .5rem}
h3{font-size:1.0625rem;margin:1.25rem 0 .5rem}
h4{font-size:1rem;margin:0}
p{margin:0 0 .75rem;max-width:85ch}
ul{margin:0 0 .75rem;padding-left:1.25rem}
small,.m,.meta,.more{color:var(--muted);font-size:.875rem}
small{display:block;font-weight:400}
code{font:.875em ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
.skip{position:absolute;left:1rem;top:-5rem;z-index:3;background:var(--surface);padding:.5rem 1rem}
.skip:focus{top:.5rem}
nav{position:sticky;top:0;z-index:2;background:var(--surface);border-bottom:1px solid var(--line)}
nav ul{display:flex;flex-wrap:wrap;list-style:none;max-width:96rem;margin:0 auto;padding:.375rem clamp(.5rem,2.5vw,2rem)}
nav a{display:block;padding:.375rem .625rem;color:var(--ink);text-decoration:none;font-size:.9375rem;border-radius:.375rem}
nav a:hover{background:var(--bg);text-decoration:underline}
.meta{max-width:105ch}
header{padding:2.5rem 0 1rem}
.eyebrow{font-size:.875rem;font-weight:600;color:var(--fargate);margin:0 0 .5rem}
section{background:var(--surface);border:1px solid var(--line);border-radius:.75rem;box-shadow:var(--shade);padding:clamp(1rem,2vw,1.75rem);margin:0 0 1.5rem}
.strip{display:flex;gap:3px;list-style:none;padding:0;margin:1.25rem 0;border-radius:.5rem;overflow:hidden}
.strip li{padding:.5rem .75rem;min-width:min-content;white-space:nowrap;border-bottom:4px solid var(--edge);overflow-wrap:normal}
.figures{display:flex;flex-wrap:wrap;gap:1px;margin:0 0 1rem;background:var(--line);border:1px solid var(--line);border-radius:.75rem;overflow:hidden}
.figures div{flex:1 1 9rem;background:var(--surface);padding:1rem 1.125rem}
.figures dt{color:var(--muted);font-size:.875rem}
.figures dd{margin:.125rem 0 0;font-size:1.25rem;font-weight:650;line-height:1.3;font-variant-numeric:tabular-nums}
.fargate{--edge:var(--fargate);background:var(--fargate-soft)}
.ambiguous{--edge:var(--ambiguous);background:var(--ambiguous-soft)}
.nodes{--edge:var(--nodes);background:var(--nodes-soft)}
.pending{--edge:var(--pending);background:var(--pending-soft)}
.map{display:grid;gap:1rem}
.place{display:grid;gap:.5rem 1.5rem;grid-template-columns:minmax(0,1fr);background:none;border-left:4px solid var(--edge);padding-left:1rem}
.place.ambiguous{border-left-style:double;border-left-width:6px}.place.nodes{border-left-style:dashed}.place.pending{border-left-style:dotted}
.about h3{margin:0}
.about p{margin:0;font-size:.9375rem}
.about ul{list-style:none;padding:0;margin:.25rem 0 0;color:var(--muted);font-size:.8125rem}
.empty{color:var(--muted);margin:0;align-self:center}
.place .more{grid-column:-2/-1;margin:0}
.tiles{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:.5rem;list-style:none;padding:0;margin:0}
.tiles li{grid-column:span 1}.tiles .s3,.tiles .s4{grid-column:span 2}
.tile{display:flex;flex-direction:column;height:100%;min-height:4.75rem;padding:.5rem .75rem;border:1px solid var(--edge);border-radius:.5rem;color:var(--ink);text-decoration:none;font-size:.8125rem;line-height:1.4}
.tile.ambiguous{border-style:double;border-width:3px}.tile.nodes{border-style:dashed}.tile.pending{border-style:dotted;border-width:2px}
.tile b{font-size:.9375rem}
.tile span:last-child{margin-top:auto}
.tile:hover b{text-decoration:underline}
@media (min-width:48rem){.figures div{flex-basis:11.5rem}}
@media (min-width:56rem){.place{grid-template-columns:17rem minmax(0,1fr)}.tiles{grid-template-columns:repeat(6,minmax(0,1fr))}.tiles .s2{grid-column:span 2}.tiles .s3{grid-column:span 3}.tiles .s4{grid-column:span 4}}
.scroll{overflow-x:auto;max-width:100%;margin:0 0 .75rem;position:relative}
table{border-collapse:collapse;width:100%;font-size:.9375rem}
caption{text-align:left;color:var(--muted);font-size:.875rem;padding:0 0 .375rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--line)}
thead th{font-size:.8125rem;color:var(--muted);font-weight:600;vertical-align:bottom;white-space:nowrap}
tbody th{font-weight:600;min-width:9rem;overflow-wrap:anywhere}
tbody tr:last-child>*{border-bottom:0}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.chart td,.chart th{vertical-align:middle}
td.wide{width:50%;min-width:9rem}
td.half{width:28%;min-width:8rem}
.bar{display:flex;height:1.125rem;border-radius:.25rem;overflow:hidden;background:var(--bg);forced-color-adjust:none}
.bar i,.gauge i{display:block;height:100%;flex:none}
.used{background:var(--used)}
.overhead{background:var(--overhead)}
.wasted{background:repeating-linear-gradient(135deg,var(--wasted) 0 3px,var(--wasted-soft) 3px 7px)}
i.more{background:repeating-linear-gradient(90deg,var(--used) 0 2px,transparent 2px 6px);border:1px solid var(--used)}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;font-size:.875rem;color:var(--muted)}
.legend li{display:flex;align-items:center;gap:.5rem}
.key{width:1.75rem}.key i{width:100%}
.gauges{list-style:none;padding:0;display:grid;gap:.75rem}
.gauges li{display:grid;gap:.25rem 1rem;align-items:center;grid-template-columns:minmax(0,1fr)}
.gauge{position:relative;display:block;height:1.125rem;background:var(--bg);border:1px solid var(--line);border-radius:.25rem;forced-color-adjust:none}
.gauge i{background:var(--nodes)}
.gauge em{position:absolute;top:-4px;bottom:-4px;width:0;border-left:3px solid var(--ink)}
@media (min-width:56rem){.gauges li{grid-template-columns:10rem minmax(0,1fr) 28rem}}
.verdict{font-size:1.0625rem}
.verdict b{display:inline-block;background:var(--fargate-soft);border:1px solid var(--fargate);border-radius:.375rem;padding:0 .5rem;margin-right:.25rem}
details{border-top:1px solid var(--line);padding:.25rem 0}
summary{cursor:pointer;padding:.5rem 0}
summary h3{display:inline;margin:0}
.severity.error h3{color:var(--pending)}.severity.warning h3{color:var(--ambiguous)}.severity.advice h3{color:var(--accent)}
.rule{padding:.5rem 0 .75rem 1.125rem}
.rule .meta{margin:0 0 .375rem}
.rule>ul>li{margin-bottom:.75rem}
.rule p{margin-bottom:.125rem}
.fix{font-size:.9375rem}
.where{list-style:none;padding:0;font-size:.875rem;display:flex;flex-wrap:wrap;gap:.125rem 1.5rem}
.problems{padding-left:1.25rem}
.filter{display:grid;gap:.25rem;margin:0 0 1rem;max-width:32rem}
.filter label{font-size:.875rem;color:var(--muted)}
.filter p{margin:0;min-height:1.5em;font-size:.875rem}
input{font:inherit;color:inherit;background:var(--bg);border:1px solid var(--muted);border-radius:.375rem;padding:.5rem .75rem;width:100%}
th button{font:inherit;color:inherit;background:none;border:0;padding:.25rem 0;cursor:pointer;text-align:inherit}
th button:hover{text-decoration:underline}
th[aria-sort=ascending] button::after{content:" \\2191"}
th[aria-sort=descending] button::after{content:" \\2193"}
tr:target{background:var(--fargate-soft);box-shadow:inset 4px 0 0 var(--accent)}
tr:target>:first-child{padding-left:.75rem}
.o,.f{display:inline-block;border:1px solid var(--edge);border-radius:.375rem;padding:0 .4375rem;font-size:.875rem}
.f{font-size:.8125rem;margin:0 .125rem .25rem 0}
.f.error{--edge:var(--pending);background:var(--pending-soft)}
.f.warning{--edge:var(--ambiguous);background:var(--ambiguous-soft)}
.f.advice{--edge:var(--muted);background:var(--bg)}
.notes{list-style:none;padding:0;margin:0;font-size:.875rem;color:var(--muted)}
footer{padding-bottom:2.5rem;color:var(--muted);font-size:.875rem}
@media (min-width:48rem){.cards .n{white-space:normal}}
@media (max-width:47.99rem){
nav{position:static}html{scroll-padding-top:1rem}
.strip{flex-wrap:wrap}.strip li{flex:1 1 auto!important}
.cards thead{display:none}
.cards,.cards caption,.cards tbody,.cards tr,.cards th,.cards td{display:block;width:auto;min-width:0}
.cards tr{border:1px solid var(--line);border-radius:.5rem;padding:.5rem .75rem;margin:0 0 .75rem}
.cards th,.cards td{border:0;padding:.1875rem 0;text-align:left}
.cards td[data-l],#workload-table td{display:grid;grid-template-columns:7rem minmax(0,1fr);gap:0 .75rem;white-space:normal}
.cards td[data-l]::before,#workload-table td::before{content:attr(data-l);color:var(--muted);font-size:.875rem;grid-column:1;grid-row:1}
.cards td>*{grid-column:2}
.cards .o,.cards .f{justify-self:start}
.cards td[data-l]:empty,#workload-table td:empty{display:none}
#workload-table td:nth-child(2)::before{content:"Pods"}#workload-table td:nth-child(3)::before{content:"Where"}
#workload-table td:nth-child(4)::before{content:"Requested"}#workload-table td:nth-child(5)::before{content:"Size"}
#workload-table td:nth-child(6)::before{content:"Waste"}#workload-table td:nth-child(7)::before{content:"$ per hour"}
#workload-table td:nth-child(8)::before{content:"$ per month"}#workload-table td:nth-child(9)::before{content:"Findings"}
}
@media print{
:root{color-scheme:light;--bg:#fff;--surface:#fff;--ink:#000;--muted:#444}
nav,.skip,.filter{display:none}section{border:0;padding:0;box-shadow:none}tr,.tile,.rule li{break-inside:avoid}thead{display:table-header-group}
details::details-content{content-visibility:visible;height:auto}
*{print-color-adjust:exact}
}
`;
