import { address, defineTool, line, numberedAddress, signals } from "../../tool/define.ts";

/** On by default: a footer, and `Assisted-by: Crush:MODEL` or a co-author trailer. */
export const crush = defineTool({
  tool: "Crush",
  vendor: "Charm",
  names: ["charm crush"],
  signals: [
    ...signals("certain", "charmbracelet/crush f8be2ffc964d", [address("crush@charm.land")]),
    ...signals("strong", "charmbracelet/crush (878 commits)", [
      line(
        "^generated (?:with|by) \\[?(?:charm )?crush\\]?(?:\\(https://(?:github\\.com/charmbracelet|charm\\.land)/crush/?\\))?$",
      ),
    ]),
    ...signals("strong", "charmbracelet/crush 76931c1ff", [
      numberedAddress("charmcrush@users.noreply.github.com"),
    ]),
  ],
  examples: {
    matches: [
      { author: "Crush <crush@charm.land>", is: "certain" },
      { message: "Co-authored-by: Crush <crush@charm.land>", is: "certain" },
      { message: "💘 Generated with Crush", is: "strong" },
      { message: "💘 Generated with [Crush](https://charm.land/crush)", is: "strong" },
      { author: "Charm Crush <1+charmcrush@users.noreply.github.com>", is: "strong" },
    ],
    ignores: [
      { message: 'Remove the "Generated with Crush" line' },
      { message: "Generated with Crushed ice" },
    ],
  },
});
