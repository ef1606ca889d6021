import { COLOURS } from "../markup/colours.ts";
import { type Markup, markup, verbatim } from "../markup/markup.ts";

/** The whole style of the pages: there is no other. */
export const STYLE: Markup = markup`${verbatim`
:root {
  color-scheme: light dark;
  `}${COLOURS.light}${verbatim`
  --good: #1a6b37; --bad: #a3281f; --wait: #7a4b00; --raised: #f5f6f8; --link: #5b2fc0; --removed: #fbe6e4; --added: #e2f3e7;
}
@media (prefers-color-scheme: dark) {
  :root {
    `}${COLOURS.dark}${verbatim`
    --good: #63d08a; --bad: #ff8f85; --wait: #f0b95a; --raised: #171c23; --link: #bda4ff; --removed: #44201d; --added: #173a24;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
}
a { color: var(--link); text-underline-offset: 2px; }
a:focus-visible, button:focus-visible, input:focus-visible, textarea:focus-visible, select:focus-visible, summary:focus-visible, .scroll:focus-visible, main:focus-visible {
  outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px;
}
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 12px; top: 8px; background: var(--page); padding: 8px 12px; z-index: 1; }
.bar { border-bottom: 1px solid var(--line); background: var(--raised); }
.bar > div { max-width: 1240px; margin: 0 auto; padding: 8px 24px; display: flex; flex-wrap: wrap; gap: 4px 24px; align-items: center; }
.bar nav ul { display: flex; flex-wrap: wrap; gap: 4px 20px; list-style: none; margin: 0; padding: 0; }
.bar a { display: inline-block; padding: 6px 0; }
.bar .brand { font-weight: 700; letter-spacing: -0.01em; color: var(--text); text-decoration: none; }
.bar form { margin-left: auto; display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; }
main { max-width: 1240px; margin: 0 auto; padding: 28px 24px 56px; }
main:focus { outline: none; }
h1 { font-size: 28px; line-height: 1.2; letter-spacing: -0.02em; margin: 0 0 6px; overflow-wrap: anywhere; }
h2 { font-size: 20px; letter-spacing: -0.01em; margin: 36px 0 12px; }
h3 { font-size: 16px; margin: 0 0 6px; overflow-wrap: anywhere; }
p { margin: 0 0 10px; max-width: 90ch; overflow-wrap: anywhere; }
ul.plain > li { max-width: 110ch; }
ul.plain { margin: 0; padding: 0; list-style: none; }
ul.plain > li { margin: 0 0 8px; overflow-wrap: anywhere; }
ul.plain ul { margin: 4px 0 0; padding-left: 22px; list-style: disc; }
.trail { font-size: 14px; margin-bottom: 8px; }
.soft { color: var(--soft); font-size: 14px; }
code { font: 0.92em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; background: var(--raised); padding: 1px 3px; border-radius: 4px; overflow-wrap: anywhere; }
a code { background: none; padding: 0; }
.verdict { border: 1px solid var(--line); border-left: 6px solid var(--soft); border-radius: 8px; background: var(--raised); padding: 14px 18px; margin: 18px 0 0; }
.verdict p { max-width: none; }
.verdict p:last-child { margin-bottom: 0; }
.verdict .word { font-weight: 700; }
.verdict.success, .verdict.neutral { border-left-color: var(--good); }
.verdict.action_required { border-left-color: var(--wait); }
.verdict.failure { border-left-color: var(--bad); }
.word.success, .word.neutral { color: var(--good); }
.word.action_required { color: var(--wait); }
.word.failure { color: var(--bad); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 540px), 1fr)); gap: 16px; }
.card { border: 1px solid var(--line); border-radius: 8px; padding: 16px 18px; min-width: 0; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 6px 16px; margin: 8px 0 0; font-size: 15px; }
dl.facts dt { color: var(--soft); }
dl.facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
dl.facts dd + dd { grid-column: 2; }
dl.figures { display: flex; flex-wrap: wrap; gap: 12px 40px; margin: 18px 0 28px; }
dl.figures div { display: flex; flex-direction: column-reverse; }
dl.figures dt { color: var(--soft); font-size: 14px; }
dl.figures dd { margin: 0; font-size: 30px; line-height: 1.2; font-weight: 650; font-variant-numeric: tabular-nums; }
.change { display: block; margin: 6px 0 0; font: 14px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.change del, .change ins { display: block; text-decoration: none; padding: 2px 8px; overflow-wrap: anywhere; white-space: pre-wrap; }
.change del { background: var(--removed); }
.change ins { background: var(--added); }
.scroll { overflow-x: auto; }
caption { text-align: left; padding-bottom: 4px; }
table { border-collapse: collapse; width: 100%; font-size: 15px; }
th, td { padding: 8px 16px 8px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; overflow-wrap: anywhere; }
thead th { color: var(--soft); font-size: 14px; white-space: nowrap; }
tbody th { min-width: 160px; }
.pulls { table-layout: fixed; }
.pulls th:first-child { width: 40%; }
.pulls th:last-child, .pulls td:last-child { width: 190px; padding-right: 0; }
.narrow { width: auto; max-width: 100%; }
.bar-of { display: block; max-width: 30vw; fill: var(--link); }
td.when { white-space: nowrap; font-variant-numeric: tabular-nums; }
button, .button {
  font: inherit; color: var(--text); background: var(--page); border: 1px solid var(--soft); border-radius: 6px; padding: 6px 14px; cursor: pointer;
  text-decoration: none; display: inline-block;
}
.button.main, button.main { background: var(--link); border-color: var(--link); color: var(--page); font-weight: 650; padding: 10px 18px; }
main form { margin-top: 24px; }
label { display: block; font-weight: 650; margin: 0 0 6px; }
textarea { width: 100%; min-height: 320px; font: 14px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; color: var(--text); background: var(--page); border: 1px solid var(--soft); border-radius: 6px; padding: 10px; }
input:not([type="hidden"]), select { width: 100%; max-width: 60ch; font: 15px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; color: var(--text); background: var(--page); border: 1px solid var(--soft); border-radius: 6px; padding: 8px 10px; }
.outcome { font-weight: 650; }
.outcome:empty { display: none; }
footer { max-width: 1240px; margin: 0 auto; padding: 16px 24px 40px; color: var(--soft); font-size: 14px; }
@media (max-width: 620px) {
  main { padding: 20px 16px 40px; }
  .bar > div, footer { padding-left: 16px; padding-right: 16px; }
  .bar form { margin-left: 0; }
  h1 { font-size: 24px; }
  dl.facts { grid-template-columns: 1fr; gap: 0; }
  dl.facts dt { margin-top: 8px; }
  dl.facts dd + dd { grid-column: 1; }
  .stack thead { position: absolute; left: -100vw; }
  .stack th:first-child, .stack td:last-child { width: auto; }
  .stack tr { display: block; border-bottom: 1px solid var(--line); padding: 8px 0; }
  .stack th, .stack td { display: block; border: 0; padding: 2px 0; }
}
@media print { .bar, .skip { display: none; } }
`}`;
