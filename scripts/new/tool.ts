import { exportOf } from "../tool-index.ts";
import type { Kind } from "./kind.ts";

/** An AI tool of the catalogue. It does not compile before it has examples. */
export const tool: Kind = {
  summary: "an AI tool that Countersign recognises",
  files: (name) => [{ path: `src/provenance/catalogue/tools/${name}.ts`, text: definition(name) }],
  next: [
    "Fill in the vendor, the signals with their sources, and the examples. It does not compile without examples.",
    "Delete what the tool does not have; src/provenance/tool/define.ts lists the other kinds of signals.",
    "Find an app's numeric id with `gh api 'users/NAME[bot]' --jq .id`.",
    "Run `npm run generate`, `npm run check` and `npm test -- test/provenance/catalogue`.",
  ],
};

function definition(name: string): string {
  const title = name
    .split("-")
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join(" ");
  return `import { address, bot, defineTool, line, signals } from "../../tool/define.ts";

export const ${exportOf(name)} = defineTool({
  tool: "${title}",
  vendor: "",
  signals: [
    // An account or a whole address, with the commits in which it was seen.
    ...signals("certain", "", bot(0, "${name}[bot]")),
    ...signals("certain", "", [address("")]),
    // A line that the tool writes and people do not, matched from its start to its end.
    ...signals("strong", "", [line("^generated with ${name}$")]),
  ],
  examples: {
    matches: [],
    ignores: [],
  },
});
`;
}
