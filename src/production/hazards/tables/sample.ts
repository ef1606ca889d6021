import type { Notation } from "../reading/part.ts";

/** A small file with one resource and one setting, to show what a row is about and to test it. */
export interface Sample {
  readonly file: string;
  /** The resource as sentences name it. */
  readonly part: string;
  /** The file with this value; with `undefined` the setting is not said. */
  readonly text: (value: string | undefined) => string;
}

interface Place {
  readonly of: readonly Notation[];
  readonly type: string;
  /** As a row writes it. */
  readonly path: string;
}

export function sampleOf({ of, type, path }: Place): Sample {
  const keys = path.split(/\??\./);
  const held = path.includes("?.") ? (path.split("?.")[0] ?? "").split(".") : [];
  const print = of.includes("terraform")
    ? inTerraform
    : of.includes("cloudformation")
      ? inTemplate
      : of.includes("settings")
        ? inSettings
        : inCluster;
  const { body, ...where } = print(type === "*" ? undefined : type);
  return { ...where, text: (value) => body(value === undefined ? held : keys, value) };
}

interface Printer extends Pick<Sample, "file" | "part"> {
  readonly body: (keys: readonly string[], value: string | undefined) => string;
}

function inTerraform(type = "example_thing"): Printer {
  const block = ([key, ...rest]: readonly string[], value: string | undefined): string => {
    if (key === undefined) return "";
    return rest.length === 0 && value !== undefined
      ? `${key} = ${value}\n`
      : `${key} {\n${block(rest, value)}}\n`;
  };
  return {
    file: "infra/main.tf",
    part: `${type}.a`,
    body: (keys, value) => `resource "${type}" "a" {\nsize = 1\n${block(keys, value)}}\n`,
  };
}

function inTemplate(type = "AWS::Example::Thing"): Printer {
  return {
    file: "infra/stack.yaml",
    part: "A",
    body: (keys, value) =>
      `Resources:\n  A:\n    Type: ${type}\n    Properties:\n      Size: 1\n${indented(keys, value, 3)}`,
  };
}

function inCluster(type = "Thing"): Printer {
  return {
    file: "k8s/all.yaml",
    part: `${type} a`,
    body: (keys, value) => `apiVersion: v1\nkind: ${type}\nmetadata:\n  name: a\n${indented(keys, value, 0)}`,
  };
}

function inSettings(): Printer {
  const file = ".github/settings.yml";
  return { file, part: file, body: (keys, value) => `labels: []\n${indented(keys, value, 0)}` };
}

function indented([key, ...rest]: readonly string[], value: string | undefined, depth: number): string {
  if (key === undefined) return "";
  const line = `${"  ".repeat(depth)}${key}:`;
  if (rest.length > 0) return `${line}\n${indented(rest, value, depth + 1)}`;
  return value === undefined ? `${line}\n${"  ".repeat(depth + 1)}size: 1\n` : `${line} ${value}\n`;
}
