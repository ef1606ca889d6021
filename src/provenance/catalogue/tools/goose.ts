import { address, addressNamed, defineTool, signals } from "../../tool/define.ts";

/** Nothing by default; block/aittributor, a hook, adds the trailers. */
export const goose = defineTool({
  tool: "Goose",
  vendor: "Block",
  names: ["block goose", "codename goose"],
  signals: [
    ...signals("strong", "public commits of the organization aaif-goose", [
      address("271095942+aaif-goose@users.noreply.github.com"),
    ]),
    // The company writes from it as well, so the name must stand beside it.
    ...signals("strong", "block/aittributor", [addressNamed("goose", "opensource@block.xyz")]),
    ...signals("weak", "user-made", [address("goose-agent@block.xyz"), address("goose@block.xyz")]),
  ],
  examples: {
    matches: [
      { author: "goose <opensource@block.xyz>", is: "strong" },
      { author: "aaif-goose <271095942+aaif-goose@users.noreply.github.com>", is: "strong" },
      { author: "Goose <goose@block.xyz>", is: "weak" },
    ],
    ignores: [
      { author: "Block Open Source <opensource@block.xyz>" },
      { author: "HonkingGoose <34918129+HonkingGoose@users.noreply.github.com>" },
    ],
  },
});
