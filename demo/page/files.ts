import { createHash } from "node:crypto";
import { changedFiles } from "../../test/github-double/world/comparison.ts";
import type { FileChange } from "../../test/github-double/world/diff.ts";
import { Annotations } from "./annotations.ts";
import { type Html, html } from "./html.ts";
import { count } from "./small.ts";
import type { View } from "./view.ts";

export function filesTab({ pull }: View): Html {
  const files = changedFiles(pull);
  const annotations = new Annotations(pull);
  const sum = (kind: "additions" | "deletions") => files.reduce((total, file) => total + file[kind], 0);
  return html`<p class="muted">Showing ${count(files.length, "changed file")} with
  <strong class="plus">${count(sum("additions"), "addition")}</strong> and
  <strong class="minus">${count(sum("deletions"), "deletion")}</strong>.</p>
${files.map((file) => fileBox(file, annotations))}`;
}

const WORDS: Readonly<Record<FileChange["status"], string>> = {
  added: "added",
  removed: "deleted",
  modified: "",
  renamed: "renamed",
  changed: "mode changed",
};

function fileBox(
  { path, previousPath, status, additions, deletions, patch }: FileChange,
  annotations: Annotations,
): Html {
  const name = `diff-${createHash("sha256").update(path).digest("hex")}`;
  const shown =
    patch === undefined
      ? html`<p class="empty">No lines to show.</p>`
      : diffTable({ path, name, annotations }, patch);
  return html`<article class="box" id="${name}">
  <header class="box-head">
    <h2><code>${previousPath !== undefined && html`${previousPath} → `}${path}</code></h2>
    ${WORDS[status] !== "" && html`<span class="badge ${status}">${WORDS[status]}</span>`}
    <span class="figures"><span class="plus">+${additions}</span> <span class="minus">−${deletions}</span></span>
  </header>
  ${shown}
</article>`;
}

interface Numbers {
  /** Of the file, as links to its lines begin. */
  readonly name: string;
  before: number;
  after: number;
}

interface Diffed {
  readonly path: string;
  readonly name: string;
  readonly annotations: Annotations;
}

function diffTable({ path, name, annotations }: Diffed, patch: string): Html {
  const at: Numbers = { name, before: 0, after: 0 };
  const isRemoved = !patch.split("\n").some((line) => /^[+ ]/.test(line));
  const rows = [
    ...patch.split("\n").map((line) => {
      const shown = diffRow(line, at);
      // Of a file that is gone the lines are those it had.
      const last = (isRemoved ? at.before : at.after) - 1;
      return html`${shown}${/^[+ -]/.test(line) && annotations.at(path, last)}`;
    }),
    ...annotations.rest(path),
  ];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Changes to ${path}"><table class="diff"><tbody>${rows}</tbody></table></div>`;
}

/** Advances the line numbers along the patch. */
function diffRow(line: string, at: Numbers): Html {
  const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(line);
  if (hunk) {
    at.before = Number(hunk[1]);
    at.after = Number(hunk[2]);
    return html`<tr class="hunk"><td colspan="2"></td><td>${line}</td></tr>`;
  }
  if (line.startsWith("\\")) return html`<tr><td colspan="2"></td><td class="muted">${line}</td></tr>`;
  if (line.startsWith("-"))
    return html`<tr class="removed" id="${at.name}L${at.before}"><td>${at.before++}</td><td></td><td>${line}</td></tr>`;
  if (line.startsWith("+"))
    return html`<tr class="added" id="${at.name}R${at.after}"><td></td><td>${at.after++}</td><td>${line}</td></tr>`;
  return html`<tr><td>${at.before++}</td><td>${at.after++}</td><td>${line}</td></tr>`;
}
