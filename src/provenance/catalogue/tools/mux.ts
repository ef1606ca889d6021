import { addressNamed, bot, defineTool, line, signals } from "../../tool/define.ts";

/** Formerly cmux. Coder's people write from its address too. */
export const mux = defineTool({
  tool: "mux",
  vendor: "Coder",
  names: ["cmux", "coder mux"],
  signals: [
    ...signals("certain", "coder/mux (6,397 commits)", bot(264182336, "mux-bot[bot]")),
    ...signals("strong", "coder/mux (6,397 commits)", [
      addressNamed("mux", "noreply@coder.com"),
      line("^generated with `c?mux`"),
      line("^generated with \\[`mux`\\]\\(https://github\\.com/coder/"),
      line("^generated with c?mux(?:$|\\.| on behalf of )"),
      line("^mux-attribution: model="),
    ]),
  ],
  examples: {
    matches: [
      { account: { id: 264182336, login: "mux-bot[bot]", type: "Bot" }, is: "certain" },
      { message: "Co-authored-by: Mux <noreply@coder.com>", is: "strong" },
      { body: "_Generated with `mux` • Model: `anthropic:claude-opus-4-6`_", is: "strong" },
      { message: "_Generated with `cmux`_", is: "strong" },
      { body: "_Generated with [`mux`](https://github.com/coder/mux)_", is: "strong" },
      { message: "Generated with mux on behalf of Mona", is: "strong" },
      { body: "<!-- mux-attribution: model=anthropic:claude-opus-4-6 -->", is: "strong" },
    ],
    ignores: [
      { author: "Coder <noreply@coder.com>" },
      { message: "Generated with muxer 2.0" },
      { message: "Mux the two streams" },
    ],
  },
});
