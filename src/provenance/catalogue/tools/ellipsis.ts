import { bot, branch, defineTool, signals } from "../../tool/define.ts";

/** Also a reviewer; as co-author often a suggestion that somebody committed. */
export const ellipsis = defineTool({
  tool: "Ellipsis",
  vendor: "Ellipsis",
  signals: [
    ...signals(
      "certain",
      "RooCodeInc/Roo-Code c8d7cba5bfa1, cline/cline (911 as co-author, 7 as author)",
      bot(65095814, "ellipsis-dev[bot]"),
    ),
    ...signals("strong", "5 of 5 public heads", [branch("^ellipsis/")]),
  ],
  examples: {
    matches: [
      { author: "ellipsis-dev[bot] <65095814+ellipsis-dev[bot]@users.noreply.github.com>", is: "certain" },
      { branch: "ellipsis/fix-login", is: "strong" },
    ],
    ignores: [{ message: "Add an ellipsis to long titles" }, { branch: "ellipsis-in-titles" }],
  },
});
