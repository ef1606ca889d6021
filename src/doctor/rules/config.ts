import { DEFAULT_BRANCH } from "../../policy/branch.ts";
import { governs } from "../../policy/governs.ts";
import { CONFIG_PATH } from "../../policy/source.ts";
import { nameOf, onEachBranch } from "../branch-rules.ts";
import { fileOf, installationsPage, validate } from "../fixes.ts";
import { judgeKnown, no, notKnown, yes } from "../outcome.ts";
import type { FindingRule } from "./rule.ts";

export const configValid = {
  code: "config-valid",
  severity: "error",
  says: "The config is valid.",
  judge: ({ policy }) =>
    judgeKnown(policy, CONFIG_PATH, (resolved) => {
      if (resolved.policy !== null) return yes();
      return no(...resolved.problems.map(({ file, message }) => `${file ?? CONFIG_PATH}: ${message}`));
    }),
  fix: validate,
} as const satisfies FindingRule;

export const configEnforces = {
  code: "config-enforces",
  severity: "error",
  says: "The config blocks, and does not only observe.",
  judge: ({ policy }) =>
    judgeKnown(policy, CONFIG_PATH, ({ policy: inForce }) => {
      if (inForce?.mode === "observe") return no("`mode: observe`: the check passes whatever it finds");
      const observed = inForce?.areas.filter(({ mode }) => mode === "observe") ?? [];
      if (observed.length === 0) return yes();
      return no(...observed.map(({ name }) => `${name} has \`mode: observe\`: it is only reported`));
    }),
  fix: (facts) => fileOf(facts, CONFIG_PATH),
} as const satisfies FindingRule;

export const defaultBranchGoverned = {
  code: "default-branch-governed",
  severity: "error",
  says: "The default branch, from which the config is read, is governed.",
  judge: ({ policy, repository: { defaultBranch } }) =>
    judgeKnown(policy, CONFIG_PATH, ({ policy: inForce }) =>
      governs(inForce, { ref: defaultBranch, defaultBranch })
        ? yes()
        : no(`\`branches\` names neither ${defaultBranch} nor “${DEFAULT_BRANCH}”`),
    ),
  fix: (facts) => fileOf(facts, CONFIG_PATH),
} as const satisfies FindingRule;

export const floorVisible = {
  code: "floor-visible",
  severity: "error",
  says: "The App sees the organization's config, if there is one.",
  judge: ({ floor, repository: { owner } }) =>
    judgeKnown(floor, `${owner}/.github`, (found) =>
      found.status === "out-of-sight"
        ? notKnown(`${owner}/.github has a config, and whether the App is installed there`, found.right)
        : yes(),
    ),
  fix: installationsPage,
} as const satisfies FindingRule;

export const codeownersValid = {
  code: "codeowners-valid",
  severity: "error",
  says: "GitHub finds no error in the CODEOWNERS of a governed branch.",
  judge: (facts) =>
    onEachBranch(facts, (branch) =>
      judgeKnown(branch.codeownersErrors, `${nameOf(branch)}: CODEOWNERS`, (errors) => {
        if (errors === 0) return yes();
        return no(
          errors === null
            ? `${nameOf(branch)}: there is no CODEOWNERS`
            : `${nameOf(branch)}: ${errors} ${errors === 1 ? "error" : "errors"}`,
        );
      }),
    ),
  fix: validate,
} as const satisfies FindingRule;
