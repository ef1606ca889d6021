import { settingRule } from "../../builders.ts";
import { isTrue } from "../../reading/tree.ts";
import { changed } from "../../rule.ts";
import { FILE, OF, workflow } from "./samples.ts";

export const UNSECURE_COMMANDS = settingRule({
  id: "workflows/unsecure-commands",
  kind: "widening",
  asks: "block",
  when: "what a step prints may set variables and paths of later steps again",
  of: OF,
  types: /^file$/,
  names: ["ACTIONS_ALLOW_UNSECURE_COMMANDS"],
  became: ({ before, after }) => isTrue(after) && !isTrue(before),
  why: () => "whoever can make a step print something can run code here",
  reports: [
    [
      "sets `ACTIONS_ALLOW_UNSECURE_COMMANDS` of `.github/workflows/ci.yml` to `true`: whoever can make a step print something can run code here",
      changed(FILE, workflow(""), workflow("    env:\n      ACTIONS_ALLOW_UNSECURE_COMMANDS: true\n")),
    ],
  ],
  ignores: [
    [
      "an old version of Node, which runs no more commands",
      changed(
        FILE,
        workflow(""),
        workflow("    env:\n      ACTIONS_ALLOW_USE_UNSECURE_NODE_VERSION: true\n"),
      ),
    ],
    [
      "it is switched off",
      changed(FILE, workflow(""), workflow("    env:\n      ACTIONS_ALLOW_UNSECURE_COMMANDS: false\n")),
    ],
  ],
});
