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
});
