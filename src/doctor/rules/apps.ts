import type { Facts, Installation } from "../facts.ts";
import { installationsPage, page } from "../fixes.ts";
import { everywhere, judgeKnown, no, notKnown, type Outcome, yes } from "../outcome.ts";
import { bypassAlways, bypassExempt, bypassPullRequest } from "./bypass.ts";
import { checkPinned, checkRequired } from "./required.ts";
import type { FindingRule } from "./rule.ts";

/** By these an App changes the rules of a repository, or its organization's. */
const ADMINISTRATION = ["administration", "organization_administration"] as const;
const WORKFLOWS = ["workflows"] as const;
const CONTENTS = ["contents"] as const;

/** Installed Apps that may write one of these. */
function writers({ installations }: Facts, wanted: readonly string[]): readonly Installation[] {
  if ("unknown" in installations) return [];
  return installations.known.filter(
    ({ suspended, permissions }) => !suspended && wanted.some((name) => permissions[name] === "write"),
  );
}

function agentsThatWrite(facts: Facts, wanted: readonly string[]): readonly Installation[] {
  return writers(facts, wanted).filter(({ isAgent }) => isAgent);
}

function eachAgent(
  facts: Facts,
  wanted: readonly string[],
  judge: (agent: Installation) => Outcome,
): Outcome {
  return judgeKnown(facts.installations, "the installed Apps", () =>
    everywhere(agentsThatWrite(facts, wanted).map(judge)),
  );
}

function pageOfAgent(wanted: readonly string[]): (facts: Facts) => string {
  return (facts) => agentsThatWrite(facts, wanted)[0]?.page ?? installationsPage(facts);
}

/** On selected repositories, it may be installed on this one or not. */
function mayHere({ slug, repositories }: Installation, what: string): Outcome {
  return repositories === "all"
    ? no(`the App ${slug} ${what}`)
    : notKnown(`the App ${slug} ${what}, where it is installed`, "the list of its repositories");
}

export const agentAppAdministration = {
  code: "agent-app-administration",
  severity: "error",
  says: "No agent's App may change the rules.",
  judge: (facts) =>
    eachAgent(facts, ADMINISTRATION, (agent) => mayHere(agent, "may change rulesets and branch protection")),
  fix: pageOfAgent(ADMINISTRATION),
} as const satisfies FindingRule;

export const agentAppWorkflows = {
  code: "agent-app-workflows",
  severity: "warning",
  says: "No agent's App may change workflows.",
  judge: (facts) =>
    eachAgent(facts, WORKFLOWS, (agent) =>
      mayHere(agent, "may change workflows, which run with secrets before anybody signs"),
    ),
  fix: pageOfAgent(WORKFLOWS),
} as const satisfies FindingRule;

const CLOSED = [checkRequired, checkPinned, bypassAlways, bypassPullRequest, bypassExempt];

export const agentAppContents = {
  code: "agent-app-contents",
  severity: "error",
  says: "No agent's App can get past the check into a governed branch.",
  judge: (facts) => {
    // Where the check is required of everybody, an App that may write can change other branches alone.
    const closed = everywhere(CLOSED.map(({ judge }) => judge(facts)));
    return eachAgent(facts, CONTENTS, (agent) =>
      closed.holds === "yes"
        ? yes()
        : { ...closed, where: [`the App ${agent.slug} may write: ${closed.where[0]}`] },
    );
  },
  fix: pageOfAgent(CONTENTS),
} as const satisfies FindingRule;

export const ruleEditors = {
  code: "rule-editors",
  severity: "warning",
  says: "Only people may change the rules.",
  judge: (facts) => {
    const people = judgeKnown(facts.collaborators, "the administrators", (all) => {
      const administrators = all.filter(({ role }) => role === "admin");
      const machines = administrators.filter(({ machine }) => machine);
      return machines.length > 0
        ? no(...machines.map(({ login }) => `@${login} is an administrator and no person`))
        : yes(`administrators: ${administrators.map(({ login }) => `@${login}`).join(", ")}`);
    });
    const apps = judgeKnown(facts.installations, "the installed Apps", () =>
      everywhere(
        writers(facts, ADMINISTRATION)
          .filter(({ isAgent, appId }) => !isAgent && !("known" in facts.app && facts.app.known.id === appId))
          .map((app) => mayHere(app, "may change rulesets and branch protection")),
      ),
    );
    return everywhere([people, apps]);
  },
  fix: (facts) => page(facts, "settings/access"),
} as const satisfies FindingRule;
