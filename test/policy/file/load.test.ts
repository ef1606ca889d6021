import { describe, expect, test } from "@jest/globals";
import { loadPolicyFile } from "../../../src/policy/file/load.ts";
import { CONFIG_KEYS } from "../../../src/policy/keys/config.ts";
import { review } from "../../../src/policy/keys/review.ts";
import { LIMITS } from "../../../src/policy/limits.ts";
import { threadTime } from "../../thread-time.ts";

const FILE = ".github/countersign.yml";

const problemsOf = (text: string) =>
  loadPolicyFile(text, FILE).problems.map(
    ({ line, column, code, message, remedy }) => `${line}:${column} ${code} | ${message} | ${remedy}`,
  );

const PLAIN = "Write plain YAML: mappings with each key once, lists, text, numbers, true and false.";
const TOP_KEYS = Object.keys(CONFIG_KEYS).join(", ");
const REVIEW_KEYS = Object.keys(review.schema.unwrap().shape).join(", ");

describe("a file that says nothing is a config without keys", () => {
  test.each([
    ["an empty file", ""],
    ["blank lines and comments", "\n# nothing yet\n\n"],
    ["an empty document", "---\n"],
    ["a byte order mark", "\uFEFF"],
  ])("%s", (_, text) => {
    expect(loadPolicyFile(text, FILE)).toMatchObject({ config: {}, problems: [] });
  });
});

describe("syntax", () => {
  test.each([
    {
      why: "a bracket that is never closed",
      text: "mode: observe\nbranches: [main",
      says: "2:16 config/syntax | Flow sequence in block collection must be sufficiently indented and end with a ]. | Close the bracket or brace, or indent all that stands within it.",
    },
    {
      why: "a tab as indentation",
      text: "review:\n\tblock: true",
      says: `2:1 config/syntax | Tabs are not allowed as indentation. | Indent with spaces; YAML does not allow tabs there.`,
    },
    {
      why: "a key that stands twice",
      text: "mode: enforce\nreview: {}\nmode: observe",
      says: `3:1 config/syntax | The key "mode" is here a second time. | Put what both say under one key.`,
    },
    {
      why: "a second document, which another parser might read",
      text: "mode: enforce\n---\nmode: observe",
      says: `2:1 config/syntax | A second document begins here. | Remove the line with ---, and keep one document.`,
    },
    {
      why: "an alias, which could multiply",
      text: "branches: &b [main]\nunowned: *b",
      says: `2:10 config/syntax | The alias "*b" is not supported. | ${PLAIN}`,
    },
    {
      why: "a tag",
      text: "mode: !!str observe",
      says: `1:13 config/syntax | The tag "tag:yaml.org,2002:str" is not supported. | ${PLAIN}`,
    },
    {
      why: "a tag that nobody knows",
      text: "mode: !env MODE",
      says: `1:7 config/syntax | Unresolved tag: !env. | ${PLAIN}`,
    },
    {
      why: "a tag that the parser knows, and would make bytes of the text",
      text: "mode: !!binary b2JzZXJ2ZQ==",
      says: `1:7 config/syntax | Unresolved tag: tag:yaml.org,2002:binary. | ${PLAIN}`,
    },
    {
      why: "a tag in full, of which the parser speaks in a whole sentence",
      text: "mode: !<!> observe",
      says: `1:7 config/syntax | Verbatim tags aren't resolved, so !<!> is invalid. | ${PLAIN}`,
    },
    {
      why: "a directive, which could change what yes and no mean",
      text: "%YAML 1.1\n---\nreview: { block: no }",
      says: `1:1 config/syntax | A %YAML directive is not supported. | ${PLAIN}`,
    },
    {
      why: "a key that is no text",
      text: "? [mode]\n: observe",
      says: `1:3 config/syntax | A key must be text. | ${PLAIN}`,
    },
    {
      why: "deep nesting that the parser still reads",
      text: "[".repeat(20) + "]".repeat(20),
      says: `1:14 config/syntax | The file is nested too deeply. | ${PLAIN}`,
    },
  ])("$why", ({ text, says }) => {
    expect(problemsOf(text)).toEqual([says]);
  });
});

describe("C18: syntax errors name the actual mistake", () => {
  const CONFLICT =
    "The file contains the markers of a merge conflict. | Keep one of the two sides, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>.";
  const area = (paths: string) => `production:\n  - name: a\n    paths: ${paths}`;

  test.each([
    [
      "a pattern without quotes",
      area("[*.tf]"),
      "3:13",
      'The alias "*.tf" is not supported. | Put it in quotes: "*.tf".',
    ],
    [
      "in a list of lines",
      area("\n      - **/x"),
      "4:9",
      'The alias "**/x" is not supported. | Put it in quotes: "**/x".',
    ],
    ["a lone asterisk", area("[/a, *]"), "3:17", 'Alias cannot be an empty string. | Put it in quotes: "*".'],
    ["a negated pattern", area("[!docs/]"), "3:13", 'Unresolved tag: !docs/. | Put it in quotes: "!docs/".'],
    [
      "an owner without quotes",
      "unowned: [@acme/sre]",
      "1:11",
      'Plain value cannot start with reserved character @. | Put it in quotes: "@acme/sre".',
    ],
    [
      "a single owner",
      "unowned:\n  - @ada",
      "2:5",
      'Plain value cannot start with reserved character @. | Put it in quotes: "@ada".',
    ],
    [
      "ours in a conflict",
      "<<<<<<< HEAD\nmode: observe\n=======\nmode: enforce\n>>>>>>> main\n",
      "1:1",
      CONFLICT,
    ],
    ["what is left of one", "mode: observe\n=======\n", "2:1", CONFLICT],
    ["with the common ancestor", "mode: observe\r\n||||||| a1b2c3\r\n", "2:1", CONFLICT],
  ])("%s", (_, text, place, says) => {
    expect(problemsOf(text)).toEqual([`${place} config/syntax | ${says}`]);
  });

  test.each([
    [
      "no blank after a colon",
      "mode:observe\nbranches: [main]",
      'Put a blank after the colon: "mode: observe".',
    ],
    ["no blank after the last colon", "branches: [main]\nmode:observe", /^Put a blank after the colon/],
    ["no blank after the only colon", "mode:observe", 'Put a blank after the colon: "mode: observe".'],
    ["no blank in an entry", "production:\n  - name:a\n    paths: [x]", /blank after the colon: "- name: a"/],
    ["no blank after a hyphen", "branches:\n  -main", 'Put a blank after the hyphen: "- main".'],
    [
      "no blank after a hyphen before keys",
      "production:\n  -name: a\n   paths: [x]",
      /^Put a blank after the hyphen/,
    ],
    ["no colon", "mode observe", 'Put a colon and a blank after "mode".'],
    ["an equals sign", "branches: [main]\nmode = observe", /not an equals sign/],
    ["a full-width colon", "branches: [main]\nmode\uff1a observe", /^Write a plain colon/],
    ["a no-break space as indentation", "branches:\n\u00a0\u00a0- main", /^Replace U\+00A0/],
    ["a no-break space after a colon", "mode:\u00a0observe", /^Replace U\+00A0/],
    ["a no-break space in a key", "mode\u00a0: observe", /^Replace U\+00A0/],
    ["a character nobody sees before a key", "\u200bmode: observe", /^Replace U\+200B/],
    ["a negated pattern without a slash", area("[!docs]"), 'Put it in quotes: "!docs".'],
    ["a negated pattern in a list of lines", area("\n      - !docs"), 'Put it in quotes: "!docs".'],
    ["a brace that begins a pattern", area("\n      - {a,b}/x"), 'Put it in quotes: "{a,b}/x".'],
    ["a bracket that begins a pattern", area("\n      - [id].tsx"), 'Put it in quotes: "[id].tsx".'],
    ["a bracket within a pattern", area("[app/[id]/x]"), "Put text with brackets or braces in quotes."],
    ["a bar that begins a text", area("[|x]"), 'Put it in quotes: "|x".'],
    ["an apostrophe", area("['it's]"), /^Put the whole text in one pair of quotes/],
    ["a colon in a text", "mode: observe: x", /^Put the text in quotes/],
    ["a backslash in double quotes", area('["C:\\infra"]'), "Put a text with a backslash in single quotes."],
    [
      "keys that do not stand below each other",
      "production:\n  - name: a\n     paths: [x]",
      /^Give all keys of one entry/,
    ],
    ["a tab behind blanks", "review:\n  \tblock: true", /^Indent with spaces/],
  ])("%s", (_, text, remedy) => {
    const [problem] = loadPolicyFile(text, FILE).problems;
    expect(problem?.remedy).toMatch(remedy);
  });

  test.each([
    ["an alias of an anchor that exists", "branches: &b [main]\nunowned: *b", PLAIN],
    ["a tag that is no pattern", "mode: !env MODE", PLAIN],
  ])("but not of %s", (_, text, remedy) => {
    expect(loadPolicyFile(text, FILE).problems).toMatchObject([{ remedy }]);
  });

  test("equals signs inside a text are no conflict", () => {
    expect(problemsOf('detect: { signals: [{ tool: A, line: "======= x" }] }')).toEqual([]);
  });
});

describe("keys", () => {
  test.each([
    {
      why: "a slip of the pen",
      text: "mods: enforce",
      says: '1:1 config/unknown-key | There is no key "mods". | Did you mean "mode"?',
    },
    {
      why: "another way of joining words",
      text: "production:\n  - name: a\n    paths: [a]\n    appliesTo: ai",
      says: '4:5 config/unknown-key | There is no key "appliesTo" in production.0. | Did you mean "applies-to"?',
    },
    {
      why: "a blank that belongs to the key",
      text: '"mode ": observe',
      says: '1:1 config/unknown-key | There is no key "mode ", which begins or ends with a blank. | Did you mean "mode"?',
    },
    {
      why: "a word that is like no key",
      text: "severity: high",
      says: `1:1 config/unknown-key | There is no key "severity". | Use one of ${TOP_KEYS}.`,
    },
    {
      why: "a merge key is a key like any other",
      text: "review:\n  <<: { block: true }",
      says: `2:3 config/unknown-key | There is no key "<<" in review. | Use one of ${REVIEW_KEYS}.`,
    },
    {
      why: "so is the name of an object's prototype",
      text: "__proto__: { mode: observe }",
      says: `1:1 config/unknown-key | There is no key "__proto__". | Use one of ${TOP_KEYS}.`,
    },
    {
      why: "columns count from the line's begin behind a byte order mark and Windows line ends",
      text: "\uFEFFreview:\r\n  blok: true\r\n",
      says: '2:3 config/unknown-key | There is no key "blok" in review. | Did you mean "block"?',
    },
  ])("$why", ({ text, says }) => {
    expect(problemsOf(text)).toEqual([says]);
  });
});

describe("values", () => {
  test.each([
    ["- main", `1:1 config/invalid-value | The file is ["main"]. | Use a mapping of ${TOP_KEYS}.`],
    ["version: 2", "1:10 config/invalid-value | version is 2. | Use 1."],
    [
      "mode: enforced",
      '1:7 config/invalid-value | mode is "enforced". | Did you mean "enforce"? Use "enforce" or "observe".',
    ],
    ["mode:", '1:1 config/invalid-value | mode is empty. | Use "enforce" or "observe".'],
    ['mode: ""', '1:7 config/invalid-value | mode is "". | Use "enforce" or "observe".'],
    ["review:\n  ? block", "2:5 config/invalid-value | review.block is empty. | Use true or false."],
    [
      "branches:\n  - main\n  -",
      "3:4 config/invalid-value | branches.1 is empty. | Use a branch name, with * and ** as wildcards.",
    ],
    [
      "branches: []",
      "1:11 config/invalid-value | branches is []. | Use a list of 1 to 50 entries, each a branch name, with * and ** as wildcards.",
    ],
    ["review: { block: yes }", '1:18 config/invalid-value | review.block is "yes". | Use true or false.'],
    ["review: true", `1:9 config/invalid-value | review is true. | Use a mapping of ${REVIEW_KEYS}.`],
    [
      "labels:\n  ai: true",
      "2:7 config/invalid-value | labels.ai is true. | Use the name of a label (up to 50 characters) or false.",
    ],
    [
      "detect: { agents: ['@acme-build'] }",
      '1:20 config/invalid-value | detect.agents.0 is "@acme-build". | Did you mean "acme-build"? Use a login without @.',
    ],
    [
      'mode: " enforce"',
      '1:7 config/invalid-value | mode is " enforce", which begins or ends with a blank. | Did you mean "enforce"? Use "enforce" or "observe".',
    ],
    [
      "branches:\n  -main: x",
      '2:3 config/invalid-value | branches is {"-main":"x"}. | Put a blank after the hyphen: "- main".',
    ],
    [
      "branches:\n  main: x",
      '2:3 config/invalid-value | branches is {"main":"x"}. | Use a list of 1 to 50 entries, each a branch name, with * and ** as wildcards.',
    ],
    [
      "branches: constructor",
      '1:11 config/invalid-value | branches is "constructor". | Use a list of 1 to 50 entries, each a branch name, with * and ** as wildcards.',
    ],
    [
      "built-in: [infra]",
      '1:12 config/invalid-value | built-in.0 is "infra". | Use "infrastructure", "deployment", "migrations", "ci" or "control-files".',
    ],
    [
      "built-in: some",
      '1:11 config/invalid-value | built-in is "some". | Use true, false or a list of infrastructure, deployment, migrations, ci, control-files.',
    ],
    [
      "production:\n  - paths: [a]",
      '2:5 config/invalid-value | production.0 has no "name". | Use a name of lower-case letters, digits and single hyphens (up to 40 characters).',
    ],
    [
      "production:\n  - name: Big Data\n    paths: [a]",
      '2:11 config/invalid-value | production.0.name is "Big Data". | Did you mean "big-data"? Use a name of lower-case letters, digits and single hyphens (up to 40 characters).',
    ],
    [
      "production:\n  - name: a\n    paths: [a]\n    countersignatures: 11",
      "4:24 config/invalid-value | production.0.countersignatures is 11. | Use a whole number from 1 to 10.",
    ],
    [
      "production:\n  - name: a\n    paths: [a]\n    from: ['@ada', 7]",
      "4:20 config/invalid-value | production.0.from.1 is 7. | Use an owner (@user, @org/team or an e-mail address).",
    ],
    [
      "production:\n  - name: a\n    paths: [a]\n    from: everyone",
      '4:11 config/invalid-value | production.0.from is "everyone". | Use "owners" or a list of 1 to 100 owners (@user, @org/team or an e-mail address).',
    ],
  ])("%j", (text, says) => {
    expect(problemsOf(text)).toEqual([says]);
  });

  test("a long value is cut, and its length said", () => {
    const [problem] = loadPolicyFile(`mode: ${"x".repeat(1_000)}`, FILE).problems;
    expect(problem?.message).toBe(`mode is "${"x".repeat(60)}…" (1000 characters).`);
  });

  test("every problem of a file is said at once, in the order of the lines", () => {
    const text = "unowned: [sre]\nproduction:\n  - name: a\n  - name: b\n    paths: ['!x']\n";
    expect(problemsOf(text).map((problem) => problem.split(" |")[0])).toEqual([
      "1:11 config/invalid-owner",
      "3:5 config/invalid-value",
      "5:13 config/invalid-pattern",
    ]);
  });
});

describe("meaning", () => {
  const area = (line: string) => `production:\n  - name: a\n    ${line}`;
  const signal = (row: string) => `detect:\n  signals:\n    - ${row}`;
  const MATCHERS = "trailer, email, co-author, line, branch, label, account";

  test.each([
    {
      why: "a pattern that CODEOWNERS refuses",
      text: area("paths: ['!docs/']"),
      says: '3:13 config/invalid-pattern | production.0.paths.0 is "!docs/": A pattern cannot be negated with `!`. | Write a pattern as in CODEOWNERS.',
    },
    {
      why: "a pattern that CODEOWNERS refuses, and knows better",
      text: area("paths: [src, 'a[1]']"),
      says: String.raw`3:18 config/invalid-pattern | production.0.paths.1 is "a[1]": ${"`[` and `]` must each be escaped with a `\\`."} | Write "a\\[1\\]".`,
    },
    {
      why: "a pattern that can match nothing",
      text: area("paths: [./infra/]"),
      says: '3:13 config/invalid-pattern | production.0.paths.0 is "./infra/", which matches nothing: paths begin at the root and hold no "." or "..". | Write "/infra/".',
    },
    {
      why: "a pattern that can match nothing, for what is in the middle of it",
      text: area("paths: [infra/./x/]"),
      says: '3:13 config/invalid-pattern | production.0.paths.0 is "infra/./x/", which matches nothing: paths begin at the root and hold no "." or "..". | Write "/infra/x/".',
    },
    {
      why: "a pattern with alternatives",
      text: area('paths: ["/infra/{a,b}/"]'),
      says: '3:13 config/invalid-pattern | production.0.paths.0 is "/infra/{a,b}/", but a pattern has no alternatives: it would match only that very text. | Write a pattern for each: "/infra/a/", "/infra/b/".',
    },
    {
      why: "a branch with alternatives",
      text: 'branches: ["{main,next}"]',
      says: '1:12 config/invalid-pattern | branches.0 is "{main,next}", but a branch pattern has no alternatives. | Write a pattern for each: "main", "next".',
    },
    {
      why: "quotes that YAML does not know, around a pattern",
      text: area("paths: [\u201c/infra/\u201d]"),
      says: '3:13 config/invalid-pattern | production.0.paths.0 is "\u201c/infra/\u201d", which has quotes as a part of it. | Write "/infra/".',
    },
    {
      why: "quotes that YAML does not know, around a branch, which a branch may have",
      text: "branches: [\u201cmain\u201d]",
      says: '1:12 config/invalid-pattern | branches.0 is "\u201cmain\u201d", which has quotes as a part of it. | Write "main".',
    },
    {
      why: "quotes that YAML does not know, around an owner",
      text: "unowned: [\u2018@acme/sre\u2019]",
      says: '1:11 config/invalid-owner | unowned.0 is "\u2018@acme/sre\u2019", which has quotes as a part of it. | Write "@acme/sre".',
    },
    {
      why: "a no-break space in a branch",
      text: 'branches: ["main\\u00a0"]',
      says: '1:12 config/invalid-pattern | branches.0 is "main\u00a0", which holds U+00A0, which looks like a blank or like nothing. | Write "main".',
    },
    {
      why: "a character nobody sees in a pattern",
      text: area('paths: ["/in\\u200bfra/"]'),
      says: '3:13 config/invalid-pattern | production.0.paths.0 is "/in\u200bfra/", which holds U+200B, which looks like a blank or like nothing. | Write "/infra/".',
    },
    {
      why: "a blank at the end of a pattern",
      text: area("paths: ['/infra/ ']"),
      says: '3:13 config/invalid-pattern | production.0.paths.0 is "/infra/ ", which begins or ends with a blank. | Write "/infra/".',
    },
    {
      why: "a whole line of CODEOWNERS as a pattern",
      text: area("paths: ['/infra/ @sre']"),
      says: '3:13 config/invalid-pattern | production.0.paths.0 is "/infra/ @sre", which holds an owner, which belongs under from or senior. | Write "/infra/".',
    },
    {
      why: "a folder parted as on Windows",
      text: area(String.raw`paths: ['/infra\prod/']`),
      says: String.raw`3:13 config/invalid-pattern | production.0.paths.0 is "/infra\\prod/", which parts folders by a backslash, which stands for nothing. | Write "/infra/prod/".`,
    },
    {
      why: "two slashes at the beginning of a pattern",
      text: area("paths: ['//infra/']"),
      says: '3:13 config/invalid-pattern | production.0.paths.0 is "//infra/", which holds two slashes in a row, between which no folder can be. | Write "/infra/".',
    },
    {
      why: "several patterns in one",
      text: area("paths: ['/infra/,/db/']"),
      says: '3:13 config/invalid-pattern | production.0.paths.0 is "/infra/,/db/", which joins several paths by a comma, which is a part of a name here. | Write each path as an entry of its own.',
    },
    {
      why: "several patterns in one, with a blank between them",
      text: area("paths: ['infra/**, db/**']"),
      says: '3:13 config/invalid-pattern | production.0.paths.0 is "infra/**, db/**", which joins several paths by a comma, which is a part of a name here. | Write each path as an entry of its own.',
    },
    {
      why: "a blank within an owner",
      text: "unowned: ['@acme / sre']",
      says: '1:11 config/invalid-owner | unowned.0 is "@acme / sre", which is no owner. | Write "@acme/sre".',
    },
    {
      why: "two owners in one entry",
      text: "unowned: ['@ada, @ben']",
      says: '1:11 config/invalid-owner | unowned.0 is "@ada, @ben", which is no owner. | Write each as an entry of its own: "@ada", "@ben".',
    },
    {
      why: "an owner without its @, where the organization is known",
      text: "unowned: ['@acme/ops', sre]",
      says: '1:24 config/invalid-owner | unowned.1 is "sre", which is no owner. | Write "@sre" for a user, "@acme/sre" for a team.',
    },
    {
      why: "what is no owner, where the organization is known",
      text: "unowned: ['@acme/ops', '@a/b/c']",
      says: '1:24 config/invalid-owner | unowned.1 is "@a/b/c", which is no owner. | Write @user, @acme/team or an e-mail address.',
    },
    {
      why: "what is no owner, where there are two organizations",
      text: "unowned: ['@acme/ops', '@other/ops', sre]",
      says: '1:38 config/invalid-owner | unowned.2 is "sre", which is no owner. | Write "@sre".',
    },
    {
      why: "an owner without its @",
      text: area("paths: [a]\n    from: [acme/sre]"),
      says: '4:12 config/invalid-owner | production.0.from.0 is "acme/sre", which is no owner. | Write "@acme/sre".',
    },
    {
      why: "a team below a team, which GitHub does not know",
      text: area("paths: [a]\n    senior: ['@acme/sre/leads']"),
      says: '4:14 config/invalid-owner | production.0.senior.0 is "@acme/sre/leads", which is no owner. | Write @user, @org/team or an e-mail address.',
    },
    {
      why: "an area without paths that is not built in",
      text: area("countersignatures: 2"),
      says: '2:5 config/invalid-value | production.0 (a) has no "paths". | Say what belongs to it; only built-in areas bring paths of their own.',
    },
    {
      why: "two areas of one name",
      text: area("paths: [a]\n  - name: b\n    paths: [b]\n  - name: a\n    paths: [c]"),
      says: '6:11 config/duplicate-area | The name "a" is taken by production.0. | Give the area a name of its own, or put the two together.',
    },
    {
      why: "control files signed by others than their owners",
      text: "production:\n  - name: control-files\n    from: ['@mallory']",
      says: "3:11 config/invalid-value | production.0.from takes the control-files from their owners. | Leave it out; to ask for certain people besides, list them under senior.",
    },
    {
      why: "control files that are only observed",
      text: "production:\n  - name: control-files\n    mode: observe",
      says: '3:11 config/invalid-value | production.0.mode is "observe", and the control-files are what the gate itself rests on. | Leave it out; to have everything observed, write "mode: observe" at the top of the file.',
    },
    {
      why: "a branch in full",
      text: "branches: [refs/heads/main]",
      says: '1:12 config/invalid-pattern | branches.0 is "refs/heads/main", which no branch can be called. | Write "main".',
    },
    {
      why: "a branch that git would not make",
      text: "branches: ['^release/.*$']",
      says: '1:12 config/invalid-pattern | branches.0 is "^release/.*$", which no branch can be called. | Write the short name of a branch; * stands for anything but a slash, ** for any number of parts.',
    },
    {
      why: "a row without a signal",
      text: signal("tool: In-house"),
      says: `3:7 config/invalid-value | detect.signals.0 has no signal. | Give it exactly one of ${MATCHERS}; write a row for each signal.`,
    },
    {
      why: "a row with two signals, of which nobody knows whether one is enough",
      text: signal("{ tool: In-house, trailer: X-Model, branch: ^in-house/ }"),
      says: `3:7 config/invalid-value | detect.signals.0 has 2 signals (trailer, branch). | Give it exactly one of ${MATCHERS}; write a row for each signal.`,
    },
    {
      why: "a value of no trailer",
      text: signal("{ tool: In-house, label: ai, value: x }"),
      says: "3:43 config/invalid-value | detect.signals.0 has a value, but no trailer. | Remove it, or name the trailer whose value it is.",
    },
    {
      why: "C13: a regular expression that could run away",
      text: signal("{ tool: In-house, line: (a+)+$ }"),
      says: '3:31 config/invalid-pattern | detect.signals.0.line is "(a+)+$", but an unbounded repetition is not allowed: write {0,50} for *, {1,50} for +. | Write a regular expression that is simple and bounded.',
    },
    {
      why: "a user by login alone, which anybody may take",
      text: signal("{ tool: In-house, account: { login: acme-agent } }"),
      says: '3:34 config/invalid-value | detect.signals.0.account has no "id", but a login alone proves nothing for a user. | Add the id that `gh api users/acme-agent --jq .id` prints.',
    },
    {
      why: "D01: a word that people use, taken for a line",
      text: signal("{ tool: In-house, line: copilot }"),
      says: '3:31 config/invalid-value | detect.signals.0.line is "copilot", but people write that too: it matches "Link the copilot page". | Write a signal that only the tool leaves, whole and from its start.',
    },
    {
      why: "D01: the beginning of people's branches",
      text: signal("{ tool: A, label: a }\n    - { tool: In-house, branch: ^cursor- }"),
      says: '4:33 config/invalid-value | detect.signals.1.branch is "^cursor-", but people write that too: it matches "cursor-invert-fg-bg". | Write a signal that only the tool leaves, whole and from its start.',
    },
    {
      why: "D01: a person's name, taken for a co-author",
      text: signal("{ tool: In-house, co-author: Claude }"),
      says: '3:36 config/invalid-value | detect.signals.0.co-author is "Claude", but people write that too: it matches "Claude <claude@example.org>". | Write a signal that only the tool leaves, whole and from its start.',
    },
    {
      why: "a signal twice, however it is cased",
      text: signal("{ tool: A, email: a@acme.example }\n    - { tool: B, email: A@acme.example }"),
      says: '4:25 config/invalid-value | detect.signals.1.email is "A@acme.example", which detect.signals.0 says already. | Remove one of the two rows.',
    },
    {
      why: "an account twice",
      text: signal(
        "{ tool: A, account: { id: 7, login: a } }\n    - { tool: B, account: { id: 7, login: b } }",
      ),
      says: '4:27 config/invalid-value | detect.signals.1.account is "b", which detect.signals.0 says already. | Remove one of the two rows.',
    },
  ])("$why", ({ text, says }) => {
    expect(problemsOf(text)).toEqual([says]);
  });

  test("a signal that the catalogue has is allowed: it may be weak there, or be added later", () => {
    expect(problemsOf(signal("{ tool: In-house, label: kiro }"))).toEqual([]);
    expect(problemsOf(signal("{ tool: In-house, email: noreply@anthropic.com }"))).toEqual([]);
  });

  test("a hundred signals are checked in a moment", () => {
    const rows = Array.from({ length: 100 }, (_, at) => `    - { tool: T, line: "^made by acme ${at}$" }`);
    const text = `detect:\n  signals:\n${rows.join("\n")}\n`;
    problemsOf(text);
    expect(threadTime(() => expect(problemsOf(text)).toEqual([]))).toBeLessThan(4_000);
  });
});

describe("C18: what can only be a mistake", () => {
  const area = (pattern: string) => `production: [{ name: a, paths: ['${pattern}'] }]`;

  test.each([
    [area("/{etl,dbt}/"), 'Write a pattern for each: "/etl/", "/dbt/".'],
    [area("*.{tf, hcl}"), 'Write a pattern for each: "*.tf", "*.hcl".'],
    [area("/(api|web)/"), 'Write a pattern for each: "/api/", "/web/".'],
    [area("/shard-{1..9}/"), "Write a pattern for each."],
    ["branches: ['release/{1,2}']", 'Write a pattern for each: "release/1", "release/2".'],
    [
      "production: [{ name: infrastucture }]",
      'Did you mean "infrastructure"? Say what belongs to it; only built-in areas bring paths of their own.',
    ],
    ["Production: []", 'Did you mean "production"?'],
    ["mode: Observe", 'Did you mean "observe"? Use "enforce" or "observe".'],
  ])("%s", (text, remedy) => {
    expect(loadPolicyFile(text, FILE)).toMatchObject({ config: null, problems: [{ remedy }] });
  });

  test.each(["/{{cookiecutter.name}}/", "/(group)/", "/a{b}/", "/(a)/|b/"])(
    "%s is a pattern like any other",
    (pattern) => {
      expect(loadPolicyFile(area(pattern), FILE).problems).toEqual([]);
    },
  );
});

describe("C18: remarks on a valid config", () => {
  const remarksOf = (name: string) =>
    loadPolicyFile(`production: [{ name: ${name}, paths: [/x] }]`, FILE).remarks.map(
      ({ message }) => message,
    );

  test.each([
    "infrastucture",
    "infrastructures",
    "infra-structure",
    "deploymnet",
    "migration",
    "control-file",
  ])("%s is nearly a built-in area", (name) =>
    expect(remarksOf(name)).toEqual([expect.stringContaining("is not the built-in area")]),
  );

  test.each(["infrastructure", "infra", "deploy", "cd", "ci-cd", "billing", "migrator-service"])(
    "%s is not",
    (name) => expect(remarksOf(name)).toEqual([]),
  );
});

describe("C13: limits", () => {
  test.each([
    {
      why: "a file too long to be parsed",
      text: `# ${"x".repeat(LIMITS.fileLength)}`,
      says: `1:1 config/too-large | The file has ${LIMITS.fileLength + 2} characters. | Use up to ${LIMITS.fileLength} characters; a folder's pattern covers all below it.`,
    },
    {
      why: "too many areas",
      text: `production: [${"{ name: a, paths: [a] }, ".repeat(LIMITS.areas + 1)}]`,
      says: "1:13 config/too-large | production is a list of 51 entries. | Use a list of up to 50 entries, each a mapping of name, paths, countersignatures, from, senior, applies-to, mode, keep, when.",
    },
    {
      why: "too many patterns in all",
      text: `production:${["a", "b"].map((name) => `\n  - name: ${name}\n    paths: [${"x,".repeat(501)}]`).join("")}`,
      says: "2:3 config/too-large | The areas have 1002 patterns together. | Use up to 1000; a folder's pattern covers all below it.",
    },
    {
      why: "a pattern too long",
      text: `production:\n  - name: a\n    paths: [${"x".repeat(501)}]`,
      says: `3:13 config/too-large | production.0.paths.0 is "${"x".repeat(60)}…" (501 characters). | Use up to 500 characters.`,
    },
  ])("$why", ({ text, says }) => {
    expect(problemsOf(text)).toEqual([says]);
  });

  test("many problems are bounded, and the rest is counted", () => {
    const text = Array.from({ length: 60 }, (_, index) => `key${index}: 1`).join("\n");
    const problems = problemsOf(text);
    expect(problems).toHaveLength(LIMITS.problems + 1);
    expect(problems.at(-1)).toBe(
      "51:1 config/more-problems | There are 10 more problems from here on. | Fix those above first.",
    );
  });

  test.each([
    ["brackets without end", "[".repeat(LIMITS.fileLength)],
    ["mappings within mappings", "{a: ".repeat(LIMITS.fileLength / 4)],
    ["lists within lists", "- ".repeat(LIMITS.fileLength / 2)],
    ["anchors in a row", "&a ".repeat(20_000)],
    ["the same key over and over", "a: 1\n".repeat(13_000)],
    ["ever new keys", Array.from({ length: 6_000 }, (_, index) => `k${index}: 1`).join("\n")],
  ])("fails closed when the file is hostile: %s", (_, text) => {
    const { config, problems } = loadPolicyFile(text, FILE);
    expect(config).toBeNull();
    expect(problems.length).toBeGreaterThan(0);
  });
});

describe("problems", () => {
  const loaded = (text: string) => loadPolicyFile(text, FILE).problems;

  test.each([
    ["of the syntax", "mode: [\n"],
    ["of the shape", "mods: observe\n"],
    ["of the meaning", "branches: [a..b]\n"],
    ["of the length", "#".repeat(LIMITS.fileLength + 1)],
  ])("%s are errors of the file", (_, text) => {
    expect(loaded(text)).not.toEqual([]);
    for (const problem of loaded(text)) expect(problem).toMatchObject({ severity: "error", file: FILE });
  });

  test("stand in the order of the file, within a line too", () => {
    const text = "review: { block: 1, suggestions: 2 }\nmode: 3\n";
    expect(loaded(text).map(({ line, column }) => `${line}:${column}`)).toEqual(["1:18", "1:34", "2:7"]);
  });

  test("also those of one line that are found in another order", () => {
    const places = loaded("{ unowned: [sre], branches: [a..b] }").map(
      ({ line, column }) => `${line}:${column}`,
    );
    expect(places).toEqual(["1:13", "1:30"]);
  });

  test("a file of exactly the length that is allowed is read", () => {
    expect(loaded("#".repeat(LIMITS.fileLength))).toEqual([]);
  });

  test.each([
    ["a byte order mark inside", "mode: ob\uFEFFserve", "config/invalid-value"],
    ["a key that is a list", "? [a]\n: b\n", "config/syntax"],
  ])("%s", (_, text, code) => {
    expect(loaded(text)).toMatchObject([{ code }]);
  });

  test.each([
    ["detect: { agents: [x@olga] }", /^(?!Did you mean)/],
    ["production: [{ name: Data  _base, paths: [a] }]", /^Did you mean "data-base"\?/],
    ["branches: [refs/heads/main]", /^Write "main"\.$/],
    ["branches: [refs/tags]", /^Write "tags"\.$/],
    ["branches: [a..b]", /^Write the short name of a branch/],
    ["branches: [refs/heads/a..b]", /^Write the short name of a branch/],
    ["branches: [x..refs/heads/main]", /^Write the short name of a branch/],
    ["branches: [xrefs/heads/.y]", /^Write the short name of a branch/],
    ["production: [{ name: a, paths: [../x] }]", /^Write "\/x"\.$/],
    ["production: [{ name: a, paths: [./x] }]", /^Write "\/x"\.$/],
    ["production: [{ name: a, paths: [a/../x] }]", /^Write "\/a\/x"\.$/],
    ["production: [{ name: a, paths: [a/..] }]", /^Write "\/a"\.$/],
    ["production: [{ name: a, paths: [//./x] }]", /^Write "\/x"\.$/],
  ])("%s is mended so", (text, remedy) => {
    expect(loaded(text).map((problem) => problem.remedy)).toEqual([expect.stringMatching(remedy)]);
  });

  test("as many patterns as are allowed are read", () => {
    const list = (count: number) => `[${Array.from({ length: count }, (_, at) => `a${at}`).join(", ")}]`;
    const areas = Array.from(
      { length: 4 },
      (_, at) => `{ name: a${at}, paths: ${list(LIMITS.patterns / 4)} }`,
    );
    expect(loaded(`production: [${areas.join(", ")}]`)).toEqual([]);
    // Those of a built-in area are not the file's.
    expect(loaded(`production: [${areas.join(", ")}, { name: ci }]`)).toEqual([]);
  });

  const remarksOnPath = (path: string) =>
    loadPolicyFile(`production: [{ name: a, paths: ["${path}"] }]`, FILE).remarks.map(
      ({ message }) => message,
    );

  test.each([
    ["/\u0456nfra/", "U+0456"],
    ["/\u0430pp/db/", "U+0430"],
    ["*.t\u03bf", "U+03BF"],
  ])("%s holds a letter that looks like a Latin one", (path, number) =>
    expect(remarksOnPath(path)).toEqual([expect.stringContaining(`holds ${number} among Latin letters`)]),
  );

  test.each([
    "/infra/",
    "/\u043a\u043e\u0434/",
    "/app/\u043a\u043e\u0434/",
    "/\u03b1-cut/",
    "/\u00e9t\u00e9/",
  ])("%s holds none", (path) => expect(remarksOnPath(path)).toEqual([]));
});
