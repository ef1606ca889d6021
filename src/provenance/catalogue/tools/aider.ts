import { address, defineTool, line, signals } from "../../tool/define.ts";

/** A co-author trailer by default; older versions changed the name of author and committer. */
export const aider = defineTool({
  tool: "Aider",
  vendor: "Aider-AI",
  names: ["aider chat"],
  signals: [
    ...signals("certain", "Aider-AI/aider repo.py; 151 commits; Aider-AI/aider#3789", [
      address("aider@aider.chat"),
      address("noreply@aider.chat"),
      address("noreply@aider.dev"),
    ]),
    ...signals("strong", "4,109 authors; aider's documentation of --attribute-author", [
      { kind: "name-suffix", suffix: " (aider)", fields: ["author", "co-author"] },
    ]),
    // Alone it may mean that aider committed what a person had edited; it cannot be told apart.
    ...signals("strong", "5,526 committers; aider's documentation of --attribute-committer", [
      { kind: "name-suffix", suffix: " (aider)", fields: ["committer"] },
    ]),
    ...signals("weak", "733 commits; packagers write the same when they update aider", [
      line("^aider: \\S", ["message"]),
    ]),
  ],
  examples: {
    matches: [
      { author: "aider (gpt-4o) <aider@aider.chat>", is: "certain" },
      { message: "Co-authored-by: aider (gpt-4o) <aider@aider.chat>", is: "certain" },
      { author: "Mona Lisa (aider) <mona@example.com>", is: "strong" },
      { committer: "Mona Lisa (aider) <mona@example.com>", is: "strong" },
      { message: "aider: 0.50 -> 0.51", is: "weak" },
    ],
    ignores: [
      { author: "Paul Gauthier <paul@aider.chat>" },
      { author: "Aider Mona <mona@example.com>" },
      { body: "aider: 0.50 -> 0.51" },
      { message: "Use aider: it writes the tests" },
    ],
  },
});
