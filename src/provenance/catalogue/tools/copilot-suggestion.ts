import { account, address, coAuthorName, defineTool, signals } from "../../tool/define.ts";

/** An AI wrote the hunk, a person pressed "commit suggestion": the AI is the co-author. */
export const copilotSuggestion = defineTool({
  tool: "GitHub Copilot suggestion",
  vendor: "GitHub",
  names: ["copilot autofix"],
  signals: [
    ...signals("strong", "1,127 public commits, e.g. Aider-AI/aider 21bf5755f7ae", [
      account(175728472, "Copilot", "copilot-pull-request-reviewer"),
      address("175728472+copilot@users.noreply.github.com"),
    ]),
    ...signals("certain", "61 public commits; as author of an alert the account is a scanner", [
      address("62310815+github-advanced-security[bot]@users.noreply.github.com", ["co-author"]),
    ]),
    ...signals("strong", "61 public commits; nobody is called so", [
      coAuthorName("copilot autofix powered by ai"),
    ]),
  ],
  examples: {
    matches: [
      { message: "Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>", is: "strong" },
      {
        message:
          "Co-authored-by: Copilot Autofix powered by AI <62310815+github-advanced-security[bot]@users.noreply.github.com>",
        is: "certain",
      },
      { message: "Co-authored-by: Copilot Autofix powered by AI <mona@example.com>", is: "strong" },
    ],
    ignores: [
      {
        author:
          "github-advanced-security[bot] <62310815+github-advanced-security[bot]@users.noreply.github.com>",
      },
      { message: "Copilot reviewed 3 out of 3 changed files in this pull request and generated 2 comments." },
    ],
  },
});
