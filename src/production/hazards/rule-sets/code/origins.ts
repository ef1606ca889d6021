import type { FileChange } from "../../reading/change.ts";
import { added, type Example, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";

/** Whether a page's own address is only handed back where a list has it, as the line above says. */
function isOnList({ 0: what, input }: RegExpExecArray, { after }: FileChange): boolean {
  if (!/origin$/i.test(what) || /\*/.test(what) || typeof after !== "string") return false;
  const lines = after.split("\n");
  const places = lines.flatMap((line, index) => (line === input ? [index] : []));
  // A line that was joined or cut up stands nowhere as it is.
  return places.length > 0 && places.every((index) => LISTED.test(lines[index - 1] ?? ""));
}

/** Of a text that is its own list, every one is on it. */
const LISTED = /^\s*if \((?:origin && )?(?!origin\b)\w+\.(?:has|includes)\(origin\)\) \{\s*$/;

/** What they serve is served to whoever develops. */
const OF_BUILD =
  /(?:^|\/)(?:vite|vitest|webpack|rsbuild|rspack|craco|snowpack)(?:\.[\w-]+)*\.config\.[cm]?[jt]s$|(?:^|\/)(?:vite|vitest|webpack|rsbuild|rspack|craco)\.config\.[\w.]+$/;

export const ANY_ORIGIN: Rule = {
  id: "code/any-origin",
  kind: "widening",
  asks: "block",
  when: "pages of any site may call it (`Access-Control-Allow-Origin: *`)",
  lines: [
    {
      side: "after",
      pattern:
        /[Aa]ccess-[Cc]ontrol-[Aa]llow-[Oo]rigin\s*(?:["']\s*)?(?:[:,=]{1,2}\s*)?(?:>\s*)?(?:\[\s*)?(?:["']\s*)?(?:\*|null)(?=["'\s;)\],]|$)|[Aa]ccess-[Cc]ontrol-[Aa]llow-[Oo]rigin["']\s*[:,]\s*(?:origin\b|req(?:uest)?\.)|\b(?:allow_?origins?|allowed_?origins?|CORS_ORIGIN_ALLOW_ALL|CORS_ALLOW_ALL_ORIGINS|CORS_ORIGINS?|ExposedOrigins|AllowOrigins?|AllowedOrigins|AllowAllOrigins|allowedOriginPatterns|setAllowedOrigins?|addAllowedOrigin(?:Pattern)?)["']?\s*(?:[:=]{1,2}>?|\()\s*(?:(?:(?:\[\]string|Arrays\.asList|List\.of|Collections\.singletonList|new\s+\w+\[\]|array)\s*)?(?:[([{]\s*){0,2}["']\*["']|True\b|true\b)|\bcors\(\s*\{\s*origin\s*:\s*(?:["']\*["']|true)|\borigins?["']?\s*[:=]>?\s*(?:\[\s*)?["']\*["']|@CrossOrigin(?:\(\s*\)|\(\s*(?:origins\s*=\s*)?\{?\s*["']\*["']|\s*$)|\.AllowAnyOrigin\(\)|\bcors\s*:\s*true\b|\benableCors\(\s*\)|\bcors\.(?:Default|AllowAll)\(\)|\bCheckOrigin\s*[:=]\s*func\([^()]{0,60}\)\s*bool\s*\{\s*return\s+true|\borigin\s*:\s*(?:\/\.\*\/|["']\.\*["'])/,
      where: (found, file) => !isOnList(found, file) && !OF_BUILD.test(file.path),
      why: ([what = ""]) => `lets pages of any site call it (${shown(what)})`,
    },
  ],
  reports: [
    [
      "lets pages of any site call it (`CheckOrigin: func(r *http.Request) bool { return true`)",
      added("ws.go", "u := websocket.Upgrader{CheckOrigin: func(r *http.Request) bool { return true }}\n"),
    ],
    ...["  ", " // \\", " ".repeat(3_000)].map(
      (end): Example => [
        'lets pages of any site call it (`Access-Control-Allow-Origin", origin`)',
        added(
          "src/a.ts",
          `if (origin) {\n  res.setHeader("Access-Control-Allow-Origin", origin);${end}\n}\n`,
        ),
      ],
    ),
    ...[
      "if (!allowed.has(origin)) {",
      "if (origin || allowed.has(origin)) {",
      "if (origin.includes(origin)) {",
      "if (origin) {",
    ].map(
      (line): Example => [
        'lets pages of any site call it (`Access-Control-Allow-Origin", origin`)',
        added("src/a.ts", `${line}\n  res.setHeader("Access-Control-Allow-Origin", origin);\n}\n`),
      ],
    ),
    [
      'lets pages of any site call it (`@CrossOrigin(origins = "*"`)',
      added("src/Api.java", '@CrossOrigin(origins = "*")\n'),
    ],
    [
      'lets pages of any site call it (`allow_origins=["*"`)',
      added("app/main.py", 'app.add_middleware(CORS, allow_origins=["*"])\n'),
    ],
  ],
  ignores: [
    ["the server of a build tool", added("web/vite.config.ts", "server: { cors: { origin: '*' } },\n")],
    [
      "a page that a list has",
      added(
        "src/a.ts",
        'if (origin && allowed.has(origin)) {\n  res.setHeader("Access-Control-Allow-Origin", origin);\n}\n',
      ),
    ],
    ["one family of hosts", added("src/a.php", 'header("Access-Control-Allow-Origin: *.example.com");\n')],
    ["one site", added("app/main.py", 'app.add_middleware(CORS, allow_origins=["https://shop.example"])\n')],
  ],
};
