import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type ActionName, commentOn, perform } from "../../demo/actions.ts";
import { CAST, type Login } from "../../demo/cast.ts";
import { issuePage } from "../../demo/page/issue.ts";
import { listPage } from "../../demo/page/list.ts";
import { pullPage } from "../../demo/page/pull.ts";
import { TABS, type Tab } from "../../demo/page/tabs.ts";
import { type Stage, setStage } from "../../demo/stage.ts";
import type { Pull } from "../github-double/world/model.ts";

const APP_ID = 4242;

let stage: Stage;
let pulls = 0;

beforeAll(async () => {
  stage = await setStage({ appId: APP_ID }, 0);
});

afterAll(() => stage.double.stop());

type Changes = Readonly<Record<string, string | null>>;

interface Opening {
  readonly title?: string;
  readonly body?: string;
  readonly changes?: Changes;
  readonly renames?: Readonly<Record<string, string>>;
}

function open({
  title = "A change",
  body = "",
  changes = { "README.md": "# shop\n" },
  renames = {},
}: Opening): Pull {
  const { double, shop, cast } = stage;
  pulls += 1;
  const head = `change-${pulls}`;
  double.world.branch(shop, head, "main");
  double.world.commit(shop, head, { author: cast.wes, by: cast.wes, message: title, changes, renames });
  return double.world.openPull(shop, { head, base: "main", title, body, author: cast.wes });
}

function act(pull: Pull, name: ActionName, as: Login, fields: Readonly<Record<string, string>> = {}) {
  return perform(stage, name, { pull, as: stage.cast[as], field: (field) => fields[field] ?? "" });
}

function show(pull: Pull, tab: Tab = "conversation", viewer: Login = "olga"): string {
  return pullPage({ stage, pull, tab, viewer, answer: null, passkeys: null }).text;
}

/** The check of the app the ruleset is pinned to, as the app would report it. */
function report(pull: Pull, conclusion: "success" | "neutral" | "action_required", text = ""): void {
  const { double, acme, shop } = stage;
  const app = double.world.app("countersign", { id: APP_ID, owner: acme });
  const said = { title: `It is ${conclusion}`, summary: text };
  double.world.checkRun(shop, pull.headSha, { app, name: "countersign", conclusion, ...said });
}

/** The element, or a quotation mark that could end an attribute. */
const RAW = /<script>|"(?:>|&gt;|&#62;)(?:<|&lt;|&#60;)script/;
const HOSTILE = `"><script>alert('x')</script>`;

describe("what somebody else wrote never becomes markup", () => {
  test.each(TABS)("in the tab %s", (tab) => {
    const pull = open({ title: HOSTILE, body: HOSTILE, changes: { [`docs/${HOSTILE}`]: `${HOSTILE}\n` } });
    act(pull, "comment", "kira", { body: HOSTILE });
    act(pull, "approve", "olga", { body: HOSTILE });
    act(pull, "edit", "wes", { title: `Again ${HOSTILE}`, body: `Again ${HOSTILE}` });
    stage.double.world.label(pull, HOSTILE, stage.cast.wes);
    report(pull, "action_required", HOSTILE);

    expect(show(pull, tab)).not.toMatch(RAW);
    expect(listPage(stage, "olga").text).not.toMatch(RAW);
  });

  test("on an issue", () => {
    const { double, shop, cast } = stage;
    const issue = double.world.openIssue(shop, { title: HOSTILE, body: HOSTILE, author: cast.wes });
    commentOn(stage, issue, { as: cast.kira, body: HOSTILE });

    expect(issue.comments).toHaveLength(1);
    expect(issuePage(issue, "olga").text).not.toMatch(RAW);
    expect(listPage(stage, "olga").text).not.toMatch(RAW);
  });
});

describe("the merge button", () => {
  test.each([
    { check: null, disabled: true, why: "what is not reported is not passed" },
    { check: "action_required", disabled: true, why: "a countersignature is missing" },
    { check: "neutral", disabled: false, why: "neutral lets a merge through on GitHub" },
    { check: "success", disabled: false, why: "everything is countersigned" },
  ] as const)("is disabled: $disabled when the check is $check, for $why", ({ check, disabled }) => {
    const pull = open({});
    if (check) report(pull, check);

    expect(show(pull)).toContain(`value="merge" aria-disabled="${disabled}"`);
    expect(act(pull, "merge", "olga").status).toBe(disabled ? 405 : 200);
  });

  test("answers as GitHub does", () => {
    expect(act(open({}), "merge", "olga").message).toContain(
      'Required status check "countersign" is expected.',
    );
  });
});

describe("the button that merges past the check", () => {
  test.each([
    { viewer: "ines", check: "action_required", offered: true, why: "an administrator may bypass rules" },
    { viewer: "olga", check: "action_required", offered: false, why: "an owner may not" },
    { viewer: "ines", check: "success", offered: false, why: "there is nothing to bypass" },
  ] as const)("is offered to $viewer: $offered, where it is $check: $why", ({ viewer, check, offered }) => {
    const pull = open({});
    report(pull, check);

    expect(show(pull, "conversation", viewer).includes('value="merge-past-the-check"')).toBe(offered);
  });

  test.each([
    { name: "merge", as: "ines", status: 405, why: "nobody bypasses rules by accident" },
    { name: "merge-past-the-check", as: "olga", status: 405, why: "she may not" },
    { name: "merge-past-the-check", as: "ines", status: 200, why: "an administrator may" },
  ] as const)("$name by $as is answered with $status: $why", ({ name, as, status }) => {
    const pull = open({});
    report(pull, "action_required");

    expect(act(pull, name, as).status).toBe(status);
    expect(pull.mergedAt !== null).toBe(status === 200);
  });
});

test("a merged pull request leads to the issues that name it, and to no others", () => {
  const { double, shop, cast } = stage;
  const pull = open({});
  report(pull, "success");
  act(pull, "merge", "olga");
  const naming = (number: number) =>
    double.world.openIssue(shop, {
      title: "Accept",
      body: `Pull request #${number} at a.`,
      author: cast.wes,
    });
  const [its, other] = [naming(pull.number), naming(pull.number * 10)];

  expect(show(pull)).toContain(`href="/acme/shop/issues/${its.number}"`);
  expect(show(pull)).not.toContain(`href="/acme/shop/issues/${other.number}"`);
});

describe("the tab of changed files", () => {
  test("says what was deleted and what was renamed from where", () => {
    const files = show(
      open({
        changes: { "infra/production/dns.tf": null },
        renames: { "app/database.ts": "lib/database.ts" },
      }),
      "files",
    );

    expect(files).toContain(
      '<code>infra/production/dns.tf</code></h2>\n    <span class="badge removed">deleted',
    );
    expect(files).toContain("<code>app/database.ts → lib/database.ts</code>");
  });

  test("numbers the lines of both sides", () => {
    const files = show(
      open({ changes: { "infra/modules/cluster/main.tf": 'variable "name" {}\n' } }),
      "files",
    );

    expect(files).toMatch(
      /<tr class="removed"[^>]*><td>1<\/td><td><\/td><td>-variable &#34;name&#34; \{ type = string \}/,
    );
    expect(files).toMatch(/<tr class="added"[^>]*><td><\/td><td>1<\/td><td>\+variable &#34;name&#34; \{\}/);
  });
});

describe("what a visitor does", () => {
  test("is done as the person chosen", () => {
    const pull = open({});
    act(pull, "approve", "olga");
    act(pull, "request-changes", "sam");

    expect(pull.reviews.map(({ author, state }) => [author.login, state])).toEqual([
      ["olga", "APPROVED"],
      ["sam", "CHANGES_REQUESTED"],
    ]);
  });

  test.each([
    { name: "approve", as: "wes", status: 422, why: "nobody approves their own pull request" },
    { name: "comment", as: "kira", status: 422, why: "a comment says something" },
    { name: "dismiss", as: "olga", status: 404, why: "there is no such review" },
  ] as const)("GitHub refuses $name with $status: $why", ({ name, as, status }) => {
    expect(act(open({}), name, as).status).toBe(status);
  });

  test("pushes as Kiro until nothing is left to delete", () => {
    const pull = open({});
    while (act(pull, "kiro-deletes", "kira").status === 200);

    expect(
      [...stage.shop.objects.filesAt(pull.headSha).keys()].filter((path) => path.startsWith("infra/")),
    ).toEqual([]);
  });

  test("retargets there and back, and each way is told", () => {
    const pull = open({});
    act(pull, "retarget", "sam");
    act(pull, "retarget", "sam");

    expect(pull.baseRef).toBe("main");
    expect(show(pull).match(/changed the base branch/g)).toHaveLength(2);
  });

  test.each(CAST)("the page of $login offers to act as them", ({ login }) => {
    expect(show(open({}), "conversation", login)).toContain(`value="${login}" aria-pressed="true"`);
  });
});
