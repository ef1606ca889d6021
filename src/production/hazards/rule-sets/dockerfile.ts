import type { Finding } from "../hazard.ts";
import { added, changed, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";

interface Instruction {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

/** The instructions of a Dockerfile; one that goes on after a backslash is one, and a here-document is skipped. */
function instructionsIn(text: string): readonly Instruction[] {
  const found: Instruction[] = [];
  const lines = text.split("\n");
  for (let index = 0; index < lines.length; index += 1) {
    const line = index + 1;
    const texts = [(lines[index] ?? "").trim()];
    if (texts[0] === "" || texts[0]?.startsWith("#")) continue;
    while (texts.at(-1)?.endsWith("\\") && index + 1 < lines.length) {
      index += 1;
      const next = (lines[index] ?? "").trim();
      if (!next.startsWith("#") && next !== "") texts.push(next);
    }
    const whole = texts.map((text) => text.replace(/\\$/, " ")).join("");
    const [name = "", ...rest] = whole.split(/\s+/);
    found.push({ name: name.toUpperCase(), value: rest.join(" "), line });
    const end = /<<-?["']?(\w+)["']?/.exec(whole)?.[1];
    if (end === undefined || !/^(?:RUN|COPY|ADD)$/i.test(name)) continue;
    while (index + 1 < lines.length && (lines[index + 1] ?? "").trim() !== end) index += 1;
    index += 1;
  }
  return found;
}

/** The last `USER` of the last stage, which is who the container runs as. */
function userOf(text: string): Instruction | undefined {
  const all = instructionsIn(text);
  const stage = all.findLastIndex(({ name }) => name === "FROM");
  return all.slice(stage + 1).findLast(({ name }) => name === "USER");
}

const isRoot = (user: Instruction | undefined) =>
  user !== undefined && /^(?:root|0)(?::|\s|$)/.test(user.value);

const ROOT: Rule = {
  id: "dockerfile/root",
  kind: "widening",
  asks: "block",
  when: "an image that ran as somebody else runs as root",
  *file({ path, before, after }): Generator<Finding> {
    if (typeof after !== "string") return;
    const was = typeof before === "string" ? userOf(before) : undefined;
    const is = userOf(after);
    if (isRoot(is) && is !== undefined && !isRoot(was))
      yield {
        what: "the image",
        file: path,
        line: is.line,
        side: "after",
        why: "runs the image as root: who breaks out of the program has the container",
      };
    else if (is === undefined && was !== undefined && !isRoot(was))
      yield {
        what: "the image",
        file: path,
        line: was.line,
        side: "before",
        why: `no longer runs the image as ${shown(was.value)}: without \`USER\` it may run as root`,
      };
  },
  lines: [],
  reports: [
    [
      "runs the image as root: who breaks out of the program has the container",
      changed("Dockerfile", "FROM a\nUSER app\n", "FROM a\nUSER root\n"),
    ],
    [
      "no longer runs the image as `app`: without `USER` it may run as root",
      changed("Dockerfile", "FROM a\nUSER app\n", "FROM a\n"),
    ],
  ],
  ignores: [
    [
      "root only while building",
      changed("Dockerfile", "FROM a\nUSER app\n", "FROM a\nUSER root\nRUN apt-get update\nUSER app\n"),
    ],
    [
      "another stage",
      changed(
        "Dockerfile",
        "FROM a AS build\nFROM b\nUSER app\n",
        "FROM a AS build\nUSER root\nFROM b\nUSER app\n",
      ),
    ],
  ],
};

const REMOTE_ADD: Rule = {
  id: "dockerfile/remote-add",
  kind: "widening",
  asks: "block",
  when: "a file from the internet is put into the image without a checksum",
  lines: [
    {
      side: "after",
      pattern: /^\s*ADD\s+(?:--(?!checksum)\S+\s+)*(https?:\/\/\S+)/i,
      what: ([, address = ""]) => shown(address),
      why: ([, address = ""]) =>
        `puts ${shown(address)} into the image unchecked: whoever controls that address changes it`,
    },
  ],
  reports: [
    [
      "puts `https://example.com/a.tar` into the image unchecked: whoever controls that address changes it",
      added("Dockerfile", "FROM a\nADD https://example.com/a.tar /a\n"),
    ],
  ],
  ignores: [
    [
      "its checksum is said",
      added("Dockerfile", "FROM a\nADD --checksum=sha256:0 https://example.com/a.tar /a\n"),
    ],
  ],
};

export const DOCKERFILE: RuleSet = {
  name: "dockerfile",
  title: "Dockerfiles",
  reads: ({ path, isLive }) =>
    /(?:^|\/)(?:Dockerfile|Containerfile)[^/]*$|\.dockerfile$/i.test(path) && isLive,
  rules: [ROOT, REMOTE_ADD],
};
