import { COLOURS } from "../../markup/colours.ts";
import { markup, verbatim } from "../../markup/markup.ts";

export const STYLE = markup`${verbatim`
:root {
  color-scheme: light dark;
  `}${COLOURS.light}${verbatim`
  --tool-1: #6d3fd1; --tool-2: #e0792b; --tool-3: #0b8f87; --tool-4: #c93a7e; --tool-5: #2b6fe0;
  --tool-6: #8a8a12; --tool-7: #a68ae0; --automation: #93a0af; --other: #dde2e8;
}
@media (prefers-color-scheme: dark) {
  :root {
    `}${COLOURS.dark}${verbatim`
    --tool-1: #a583ff; --tool-2: #ff9a4d; --tool-3: #2bc9bd; --tool-4: #ff78b4; --tool-5: #6aa4ff;
    --tool-6: #cfcb4a; --tool-7: #6f56b3; --automation: #66727f; --other: #2f3741;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
  -webkit-text-size-adjust: 100%;
}
main { max-width: 1200px; margin: 0 auto; padding: 36px 40px 48px; }
h1 { font-size: 34px; line-height: 1.15; letter-spacing: -0.02em; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 19px; letter-spacing: -0.01em; margin: 0 0 10px; }
p { margin: 0; }
.top { display: flex; flex-wrap: wrap; gap: 20px 48px; justify-content: space-between; align-items: flex-start; }
.top > div { flex: 1 1 420px; }
.lead { font-size: 17px; margin-top: 8px; }
.soft { color: var(--soft); font-size: 14px; }
.figures { display: flex; gap: 36px; margin: 0; align-items: flex-start; }
.figures div { display: flex; flex-direction: column-reverse; justify-content: flex-end; }
.figures dt { color: var(--soft); font-size: 13px; line-height: 1.3; max-width: 160px; }
.figures dd { margin: 0; white-space: nowrap; font-size: 34px; line-height: 1.15; font-weight: 650; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.figures .accent dd { color: var(--accent); }
figure { margin: 24px 0 0; }
figcaption { display: flex; flex-wrap: wrap; gap: 6px 22px; align-items: baseline; margin-bottom: 6px; }
figcaption h2 { margin: 0 12px 0 0; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 0; padding: 0; list-style: none; font-size: 14px; }
.legend li { display: flex; align-items: center; gap: 7px; overflow-wrap: anywhere; }
.swatch { width: 12px; height: 12px; border-radius: 3px; flex: none; }
main > section { margin-top: 28px; }
li, footer { overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
.chart { display: block; width: 100%; min-width: 640px; height: auto; }
.chart text { font-size: 13px; fill: var(--soft); font-variant-numeric: tabular-nums; }
.chart .tick { text-anchor: end; }
.chart .label { text-anchor: middle; }
.chart .year { font-weight: 650; fill: var(--text); }
.chart .panel { font-size: 14px; font-weight: 650; fill: var(--text); }
.chart .share-value { font-size: 15px; font-weight: 650; fill: var(--accent); }
.grid { stroke: var(--grid); stroke-width: 1; }
.running rect { opacity: 0.6; }
.column:hover rect { opacity: 0.8; }
.share-line { fill: none; stroke: var(--accent); stroke-width: 2.5; stroke-linejoin: round; stroke-linecap: round; }
.share-area { fill: var(--accent); opacity: 0.14; }
.share-end { fill: var(--accent); stroke: var(--page); stroke-width: 2; }
.tool-1 { fill: var(--tool-1); background: var(--tool-1); } .tool-2 { fill: var(--tool-2); background: var(--tool-2); }
.tool-3 { fill: var(--tool-3); background: var(--tool-3); } .tool-4 { fill: var(--tool-4); background: var(--tool-4); }
.tool-5 { fill: var(--tool-5); background: var(--tool-5); } .tool-6 { fill: var(--tool-6); background: var(--tool-6); }
.tool-7 { fill: var(--tool-7); background: var(--tool-7); }
.automation { fill: var(--automation); background: var(--automation); }
.other { fill: var(--other); background: var(--other); }
.tables { display: grid; grid-template-columns: 3fr 2fr; gap: 8px 56px; margin-top: 32px; align-items: start; }
@media (max-width: 860px) { .tables { grid-template-columns: 1fr; } main { padding: 24px 18px; } .figures { gap: 20px; } .figures dd { font-size: 26px; } h1 { font-size: 28px; } }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 10px; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; padding-left: 0; white-space: normal; overflow-wrap: break-word; min-width: 110px; font-weight: 400; }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--soft); font-weight: 500; font-size: 13px; }
details { margin-top: 32px; }
summary { cursor: pointer; font-weight: 650; font-size: 19px; letter-spacing: -0.01em; }
.asked { margin-top: 28px; padding: 16px 20px; border-left: 4px solid var(--accent); background: var(--grid); border-radius: 0 8px 8px 0; }
main > .review { margin-top: 48px; }
.review .asked { margin-top: 0; }
.asked + .lead { margin-top: 14px; }
footer { margin-top: 32px; padding-top: 14px; border-top: 1px solid var(--line); }
footer p + p { margin-top: 4px; }
@media print { main { padding: 0; } details { display: none; } }
`}`;
