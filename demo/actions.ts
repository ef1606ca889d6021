import type { Account, Conversation, Issue, Pull, ReviewState } from "../test/github-double/world/model.ts";
import { Refused } from "../test/github-double/world/refused.ts";
import { type Stage, UNGOVERNED } from "./stage.ts";
import { mayBypass, whyBlocked } from "./standing.ts";

/** What somebody does with a pull request. */
export interface Act {
  readonly pull: Pull;
  readonly as: Account;
  /** A field of the form, empty when it is not there. */
  readonly field: (name: string) => string;
}

/** What GitHub answers. */
export interface Answer {
  /** An HTTP status of GitHub's API. */
  readonly status: number;
  readonly message: string;
}

/** Returns an answer if one is worth showing. Throws `Refused` if GitHub rejects the action. */
type Action = (stage: Stage, act: Act) => Answer | undefined;

const review =
  (verdict: Exclude<ReviewState, "DISMISSED">): Action =>
  ({ double }, { pull, as, field }) => {
    double.world.review(pull, as, verdict, field("body"));
    return undefined;
  };

/** An action that GitHub's pages offer only on open pull requests. */
const whenOpen =
  (action: Action): Action =>
  (stage, act) => {
    if (act.pull.state !== "open") throw new Refused(422, "The pull request is closed.");
    return action(stage, act);
  };

const ACTIONS = {
  approve: whenOpen(review("APPROVED")),
  "request-changes": whenOpen(review("CHANGES_REQUESTED")),
  comment: (stage, { pull, as, field }) => said(stage, pull, { as, body: field("body") }),
  dismiss({ double }, { pull, as, field }) {
    const given = pull.reviews.find(({ id }) => String(id) === field("review"));
    if (!given) throw new Refused(404, "Not Found");
    double.world.dismiss(pull, given, as, field("message") || "No longer applies");
    return undefined;
  },
  "kiro-deletes": whenOpen(({ double: { world }, shop, bots }, { pull }) => {
    const path = [...shop.objects.filesAt(pull.headSha).keys()].find((each) => each.startsWith("infra/"));
    if (path === undefined) throw new Refused(422, "Kiro has already deleted everything in infra/.");
    const message = `Delete ${path} as well`;
    const { kiro } = bots;
    world.commit(shop, pull.headRef, { author: kiro, message, changes: { [path]: null }, by: kiro });
    return undefined;
  }),
  "kiro-edits": whenOpen((stage, act) => editsApp(stage, act, stage.bots.kiro)),
  "person-edits": whenOpen((stage, act) => editsApp(stage, act, act.as)),
  retarget: whenOpen(({ double, shop }, { pull, as }) => {
    double.world.retarget(pull, pull.baseRef === UNGOVERNED ? shop.defaultBranch : UNGOVERNED, as);
    return undefined;
  }),
  edit({ double }, { pull, as, field }) {
    const title = field("title").trim();
    const body = field("body").replaceAll("\r\n", "\n");
    const changed = {
      ...(title === "" || title === pull.title ? {} : { title }),
      ...(body === (pull.body ?? "") ? {} : { body }),
    };
    if (Object.keys(changed).length > 0) double.world.editPull(pull, changed, as);
    return undefined;
  },
  draft: whenOpen(({ double }, { pull, as }) => {
    if (!pull.draft) double.world.convertToDraft(pull, as);
    return undefined;
  }),
  ready: whenOpen(({ double }, { pull, as }) => {
    if (pull.draft) double.world.readyForReview(pull, as);
    return undefined;
  }),
  close: whenOpen(({ double }, { pull, as }) => {
    double.world.close(pull, as);
    return undefined;
  }),
  reopen({ double }, { pull, as }) {
    if (pull.mergedAt !== null) throw new Refused(422, "A merged pull request cannot be reopened.");
    if (pull.state === "closed") double.world.reopen(pull, as);
    return undefined;
  },
  /** GitHub bypasses rules for those who say that they want it, and for nobody by accident. */
  merge(stage, { pull, as }) {
    if (mayBypass(stage, pull, as)) throw new Refused(405, whyBlocked(stage, pull) ?? "");
    return stage.double.world.merge(pull, as);
  },
  "merge-past-the-check": ({ double }, { pull, as }) => double.world.merge(pull, as),
} as const satisfies Readonly<Record<string, Action>>;

export type ActionName = keyof typeof ACTIONS;

/** Performs an action; GitHub's rejection is an answer, too. */
export function perform(stage: Stage, name: ActionName, act: Act): Answer {
  return answered(() => ACTIONS[name](stage, act));
}

/** Comments on an issue; on pull requests that is an action. */
export function commentOn(stage: Stage, issue: Issue, comment: Said): Answer {
  return answered(() => said(stage, issue, comment));
}

interface Said {
  readonly as: Account;
  readonly body: string;
}

function said({ double }: Stage, on: Conversation, { as, body }: Said): undefined {
  const text = body.trim();
  if (text === "") throw new Refused(422, "A comment needs text.");
  double.world.comment(on, as, text);
}

function answered(action: () => Answer | undefined): Answer {
  try {
    return action() ?? { status: 200, message: "" };
  } catch (problem) {
    if (!(problem instanceof Refused)) throw problem;
    const { status, message, errors } = problem;
    return { status, message: [message, ...errors.filter((error) => typeof error === "string")].join(": ") };
  }
}

export function isAction(name: string): name is ActionName {
  return Object.hasOwn(ACTIONS, name);
}

/** Adds a line to the application, which is not a production area. */
function editsApp({ double: { world }, shop }: Stage, { pull }: Act, by: Account): undefined {
  const path = "app/catalogue.ts";
  const before = world.fileText(shop, pull.headSha, path) ?? "";
  const further = before.split("\n").filter((line) => line.startsWith("// Checked")).length + 1;
  const changes = { [path]: `${before}// Checked by hand: case ${further}\n` };
  world.commit(shop, pull.headRef, {
    author: by,
    message: `Note case ${further} of the catalogue`,
    changes,
    by,
  });
}
