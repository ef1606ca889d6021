import { changedFiles, pullCommits } from "../../test/github-double/world/comparison.ts";
import { checkLines, type PullState, stateOf } from "../standing.ts";
import { actPanel } from "./act.ts";
import { checksTab } from "./checks.ts";
import { commitsTab } from "./commits.ts";
import { conversation } from "./conversation.ts";
import { documentOf } from "./document.ts";
import { filesTab } from "./files.ts";
import { type Html, html } from "./html.ts";
import { type IconName, icon } from "./icons.ts";
import { mergeBox } from "./merge-box.ts";
import { sidebar } from "./sidebar.ts";
import { branch, count, name, type Tone } from "./small.ts";
import type { Tab } from "./tabs.ts";
import { verdictBar } from "./verdict.ts";
import type { View } from "./view.ts";

export function pullPage(view: View & { readonly tab: Tab }): Html {
  const { pull, tab, viewer } = view;
  return documentOf({
    title: `${pull.title} · Pull request #${pull.number} · acme/shop`,
    viewer,
    body: html`${head(view)}${verdictBar(view)}${tabs(view, tab)}${CONTENTS[tab](view)}`,
  });
}

const CONTENTS: Readonly<Record<Tab, (view: View) => Html>> = {
  conversation: (view) => html`<div class="columns">
  <div class="main" id="talk" data-live>${conversation(view)}${mergeBox(view)}</div>
  <aside><div id="side" data-live>${sidebar(view)}</div><div id="panel" data-live>${actPanel(view)}</div></aside>
</div>`,
  commits: (view) => html`<div id="commits" data-live>${commitsTab(view)}</div>`,
  checks: (view) => html`<div id="checks" data-live>${checksTab(view)}</div>`,
  files: (view) => html`<div id="files" data-live>${filesTab(view)}</div>`,
};

const STATES: Readonly<Record<PullState, readonly [Tone, IconName, string]>> = {
  open: ["good", "open", "Open"],
  draft: ["calm", "draft", "Draft"],
  merged: ["done", "merged", "Merged"],
  closed: ["bad", "closed", "Closed"],
};

function stateBadge(state: PullState): Html {
  const [tone, drawing, words] = STATES[state];
  return html`<span class="state ${tone}">${icon(drawing)} ${words}</span>`;
}

function head(view: View): Html {
  const { pull } = view;
  const commits = count(pullCommits(pull).length, "commit");
  const verb = pull.mergedAt === null ? "wants to merge" : "merged";
  return html`<header class="head" id="head" data-live>
  <h1>${pull.title} <span class="muted">#${pull.number}</span></h1>
  <p>${stateBadge(stateOf(pull))} <span class="muted">${name(pull.mergedBy ?? pull.author)} ${verb} ${commits} into ${branch(pull.baseRef)} from ${branch(pull.headRef)}</span></p>
  ${edit(view)}
</header>`;
}

function edit({ pull }: View): Html {
  return html`<details class="more" id="edit"><summary>Edit title and description</summary>
  <form method="post" action="/demo/act" class="stack">
    <input type="hidden" name="pull" value="${pull.number}">
    <label for="title">Title</label><input id="title" name="title" value="${pull.title}">
    <label for="body">Description</label><textarea id="body" name="body" rows="6">${"\n"}${pull.body ?? ""}</textarea>
    <p class="buttons"><button name="act" value="edit">Save</button></p>
  </form>
</details>`;
}

function tabs({ pull }: View, chosen: Tab): Html {
  const address = `/acme/shop/pull/${pull.number}`;
  const counts: readonly (readonly [Tab, string, string, IconName, number])[] = [
    ["conversation", address, "Conversation", "comment", pull.comments.length + pull.reviews.length],
    ["commits", `${address}/commits`, "Commits", "commit", pullCommits(pull).length],
    ["checks", `${address}/checks`, "Checks", "shield", checkLines(pull).length],
    ["files", `${address}/files`, "Files changed", "file", changedFiles(pull).length],
  ];
  const links = counts.map(
    ([tab, to, words, drawing, number]) =>
      html`<a href="${to}"${tab === chosen && html` aria-current="page"`}>${icon(drawing)} ${words} <span class="counter">${number}</span></a>`,
  );
  return html`<nav class="tabs" aria-label="Pull request" id="tabs" data-live>${links}</nav>`;
}
