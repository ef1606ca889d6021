import { z } from "zod";

/*
 * What machines make of the formats, written from their documentation: SARIF's schema, closed to the parts that we use;
 * the JUnit report of junit-10.xsd; workflow commands as GitHub's runner reads the lines of a log.
 */

const message = z.strictObject({ text: z.string().min(1) });
const level = z.enum(["none", "note", "warning", "error"]);

/** A relative reference (RFC 3986) without a scheme: no character that would have to be encoded is left. */
const uri = z.string().regex(/^(?:[A-Za-z0-9\-._~!'()*@&=+$,;/]|%[0-9A-F]{2})+$/);

const sarifLog = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string().min(1),
          version: z.string(),
          informationUri: z.url(),
          rules: z.array(z.strictObject({ id: z.string().min(1) })),
        }),
      }),
      invocations: z.tuple([
        z.strictObject({
          executionSuccessful: z.boolean(),
          exitCode: z.int(),
          toolExecutionNotifications: z.array(z.strictObject({ level, message })),
        }),
      ]),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().min(0),
          level,
          message,
          locations: z.tuple([
            z.strictObject({
              physicalLocation: z.strictObject({
                artifactLocation: z.strictObject({ uri, uriBaseId: z.literal("%SRCROOT%") }),
                region: z
                  .strictObject({ startLine: z.int().min(1), startColumn: z.int().min(1).optional() })
                  .optional(),
              }),
            }),
          ]),
        }),
      ),
    }),
  ]),
});

/** Throws where the log is none, or a result names another rule than its index. */
export function readSarif(text: string) {
  const log = sarifLog.parse(JSON.parse(text));
  const [run] = log.runs;
  const { rules } = run.tool.driver;
  for (const { ruleId, ruleIndex } of run.results) {
    if (rules[ruleIndex]?.id !== ruleId) throw new Error(`${ruleId} is not the rule ${ruleIndex}`);
  }
  if (new Set(rules.map(({ id }) => id)).size !== rules.length) throw new Error("a rule stands there twice");
  const [{ exitCode, executionSuccessful, toolExecutionNotifications: notifications }] = run.invocations;
  return { results: run.results, exitCode, executionSuccessful, notifications };
}

interface Xml {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Xml[];
  readonly text: string;
}

const NODE = /<(\/?)([A-Za-z][\w-]*)((?: [\w-]+="[^"<]*")*)>|([^<]+)/y;

/** A document without comments, CDATA, entities of its own and empty elements in short. Throws where it is not well-formed. */
function readXml(document: string): Xml {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!document.startsWith(declaration)) throw new Error("no declaration");
  type Open = { name: string; attributes: Record<string, string>; children: Xml[]; text: string };
  const root: Open = { name: "", attributes: {}, children: [], text: "" };
  const open: Open[] = [root];
  NODE.lastIndex = declaration.length;
  while (NODE.lastIndex < document.length) {
    const at = NODE.lastIndex;
    const [, end, name = "", attributes = "", text] = NODE.exec(document) ?? [];
    const current = open.at(-1);
    if (current === undefined || (end === undefined && text === undefined))
      throw new Error(`not well-formed at ${at}: ${document.slice(at, at + 40)}`);
    if (text !== undefined) current.text += decoded(text);
    else if (end === "") open.push({ name, attributes: attributesIn(attributes), children: [], text: "" });
    else {
      if (name !== current.name) throw new Error(`</${name}> ends <${current.name}>`);
      open.pop();
      open.at(-1)?.children.push(current);
    }
  }
  const [document_, ...others] = root.children;
  if (open.length !== 1 || document_ === undefined || others.length > 0 || root.text.trim() !== "")
    throw new Error("not one element");
  return document_;
}

function attributesIn(text: string): Record<string, string> {
  const all = [...text.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(
    ([, key = "", value = ""]) => [key, decoded(value)] as const,
  );
  if (new Set(all.map(([key]) => key)).size !== all.length) throw new Error(`twice in ${text}`);
  return Object.fromEntries(all);
}

function decoded(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no document may hold them (XML 1.0, 2.2).
  if (/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(text))
    throw new Error("a character that XML does not allow");
  if (/&(?!#\d+;)/.test(text)) throw new Error(`an unknown reference in ${text}`);
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

const count = z.string().regex(/^\d+$/).transform(Number);
const result = z.object({
  name: z.enum(["failure", "error", "skipped"]),
  attributes: z.strictObject({ message: z.string() }),
  children: z.tuple([]),
  text: z.string(),
});
const output = z.object({
  name: z.literal("system-out"),
  attributes: z.strictObject({}),
  children: z.tuple([]),
  text: z.string(),
});
const testcase = z.object({
  name: z.literal("testcase"),
  attributes: z.strictObject({ name: z.string().min(1), classname: z.string() }),
  children: z.tuple([z.union([result, output])]),
});
const suite = z.object({
  name: z.literal("testsuite"),
  attributes: z.strictObject({
    name: z.string(),
    tests: count,
    failures: count,
    errors: count,
    skipped: count,
  }),
  children: z.array(testcase).min(1),
});
const suites = z.object({
  name: z.literal("testsuites"),
  attributes: z.strictObject({ tests: count, failures: count, errors: count }),
  children: z.tuple([suite]),
});

export interface JUnitCase {
  readonly name: string;
  readonly result: "passed" | "failure" | "error" | "skipped";
  readonly text: string;
}

/** The cases. Throws where the report is none, or its figures are not those of its cases. */
export function readJUnit(text: string): readonly JUnitCase[] {
  const { attributes, children } = suites.parse(readXml(text));
  const [{ attributes: own, children: all }] = children;
  const cases = all.map(({ attributes: { name }, children: [child] }): JUnitCase => {
    return { name, result: child.name === "system-out" ? "passed" : child.name, text: child.text };
  });
  const of = (wanted: JUnitCase["result"]) => cases.filter((each) => each.result === wanted).length;
  const figures = { tests: cases.length, failures: of("failure"), errors: of("error") };
  for (const told of [attributes, own])
    if (told.tests !== figures.tests || told.failures !== figures.failures || told.errors !== figures.errors)
      throw new Error(`figures that are not those of the cases: ${JSON.stringify(told)}`);
  if (own.skipped !== of("skipped")) throw new Error("a wrong figure of skipped cases");
  return cases;
}

export interface Command {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** The commands in a log: what follows blanks and `::` up to the next `::`, and the older `##[…]` anywhere. */
export function commandsIn(log: string): readonly Command[] {
  return log.split(/\r\n|\r|\n/).flatMap((line): readonly Command[] => {
    const old = line.indexOf("##[");
    if (old !== -1) return [{ command: line.slice(old), properties: {}, message: "" }];
    const trimmed = line.trimStart();
    const end = trimmed.indexOf("::", 2);
    if (!trimmed.startsWith("::") || end === -1) return [];
    const [, command = "", properties = ""] = /^(\S*) ?(.*)$/.exec(trimmed.slice(2, end)) ?? [];
    return [{ command, properties: propertiesIn(properties), message: unescaped(trimmed.slice(end + 2)) }];
  });
}

function propertiesIn(text: string): Readonly<Record<string, string>> {
  const parts = text.split(",").filter(Boolean);
  return Object.fromEntries(
    parts.map((part) => {
      const at = part.indexOf("=");
      return [part.slice(0, at), unescaped(part.slice(at + 1))];
    }),
  );
}

const ESCAPES: Readonly<Record<string, string>> = {
  "%0D": "\r",
  "%0A": "\n",
  "%3A": ":",
  "%2C": ",",
  "%25": "%",
};

function unescaped(text: string): string {
  return text.replace(/%(?:0D|0A|3A|2C|25)/g, (found) => ESCAPES[found] ?? found);
}
