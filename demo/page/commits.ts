import { pullCommits } from "../../test/github-double/world/comparison.ts";
import { coAuthors } from "../../test/github-double/world/identity.ts";
import type { Commit } from "../../test/github-double/world/objects.ts";
import type { Stage } from "../stage.ts";
import { type Html, html } from "./html.ts";
import { avatar, sha, time } from "./small.ts";
import type { View } from "./view.ts";

export function commitsTab({ stage, pull }: View): Html {
  const items = pullCommits(pull).map((commit) => commitItem(stage, commit));
  return html`<ol class="box rows">${items}</ol>`;
}

function commitItem(stage: Stage, commit: Commit): Html {
  const [subject = "", ...rest] = commit.message.split("\n");
  const body = rest.join("\n").trim();
  return html`<li>
  <div class="grow">
    <p><strong>${subject}</strong></p>
    ${body !== "" && html`<pre class="message">${body}</pre>`}
    <p class="muted">${hands(stage, commit)} committed at ${time(commit.author.date)}</p>
  </div>
  ${sha(commit.sha)}
</li>`;
}

/** A commit in the conversation. */
export function commitLine(stage: Stage, commit: Commit): Html {
  const [subject = ""] = commit.message.split("\n");
  const [first] = handsOf(stage, commit);
  return html`<li class="commit-line">${avatar(first ?? "")} <span class="grow">${subject}</span> ${sha(commit.sha)}</li>`;
}

function hands(stage: Stage, commit: Commit): Html {
  const all = handsOf(stage, commit);
  return html`${all.map((who, at) => html`${at > 0 && " and "}${avatar(who)} <strong>${who}</strong>`)}`;
}

/** The author and co-authors, by login if the stage knows them. */
function handsOf({ cast, bots }: Stage, { author, message }: Commit): readonly string[] {
  const accounts = [...Object.values(cast), ...Object.values(bots)];
  const login = (name: string) => accounts.find((each) => each.name === name)?.restLogin ?? name;
  return [...new Set([author, ...coAuthors(message)].map(({ name }) => login(name)))];
}
