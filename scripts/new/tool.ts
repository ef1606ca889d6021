import { exportOf } from "../tool-index.ts";
import type { Kind } from "./kind.ts";

/** An AI tool of the catalogue. `npm run check` fails until it is filled in. */
export const tool: Kind = {
  summary: "an AI tool that Countersign recognises",
  files: (name) => [{ path: `src/provenance/catalogue/tools/${name}.ts`, text: definition(name) }],
  next: [
    "A tool known only by the address it signs with needs no file: delete this one, and add a row to addresses.ts beside it.",
    "Replace each FILL IN; `npm run check` lists what is left.",
    "Delete what the tool does not have. src/provenance/tool/define.ts lists the other kinds of signals, examples.ts the kinds of examples.",
    "Find an app's numeric id with `gh api 'users/NAME[bot]' --jq .id`, and put it in the place of 0.",
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
  vendor: "FILL IN the vendor",
  signals: [
    // An account or a whole address, with the commits in which it was seen.
    ...signals("certain", "FILL IN where it was seen", bot(0, "${name}[bot]")),
    ...signals("certain", "FILL IN where it was seen", [address("FILL IN the whole address")]),
    // A line that the tool writes and people do not, matched from its start to its end.
    ...signals("strong", "FILL IN where it was seen", [line("^generated with ${name}$")]),
  ],
  examples: {
    matches: [
      { author: "${name}[bot] <0+${name}[bot]@users.noreply.github.com>", is: "certain" },
      { message: "Co-authored-by: ${title} <FILL IN the whole address>", is: "certain" },
      { message: "Generated with ${name}", is: "strong" },
    ],
    // Near misses: a person at the same address's domain, a line that only speaks of the tool.
    ignores: [
      { author: "Mona <FILL IN another address of that domain>" },
      { message: "Remove what was generated with ${name}" },
    ],
  },
});
`;
}
