import { isAlias, isMap, isScalar, isSeq, LineCounter, type ParsedNode, type YAMLMap } from "yaml";
import { OutOfSteps, Steps } from "../../notation/steps.ts";
import { readYamlDocument, type YamlReading } from "../../notation/yaml.ts";
import { LIMITS } from "../limits.ts";
import type { Path, Position, Positions } from "../place.ts";
import type { FileProblem } from "../problem.ts";
import {
  type Defect,
  mergeConflict,
  needsQuotes,
  PLAIN_YAML,
  parserDefect,
  TOO_DEEP,
  TOO_MANY_STEPS,
} from "./yaml-defects.ts";

export interface YamlFile {
  /** Plain JSON values; `null` for an empty file. */
  readonly data: unknown;
  readonly positions: Positions;
  readonly problems: readonly FileProblem[];
}

/**
 * Reads one YAML 1.2 document with the position of every part. Of YAML it takes what JSON can say: aliases, tags,
 * directives, merge keys and several documents are refused.
 */
export function readYaml(source: string, file: string): YamlFile {
  const text = source.replace(/^\uFEFF/, "");
  const lines = new LineCounter();
  const reader = new Reader(text, file, lines);
  const { contents, defect: found } = readDocument(text, lines);
  const defect = mergeConflict(text) ?? found;
  if (defect !== null) reader.refuse(defect.offset, defect.message, defect.remedy);
  const data = defect === null ? reader.read(contents, []) : null;
  return { data, positions: reader.positions(), problems: reader.problems };
}

interface Read {
  readonly contents: ParsedNode | null;
  readonly defect: Defect | null;
}

function readDocument(text: string, lines: LineCounter): Read {
  // The reader below finds repeated keys too, and in linear time.
  const options = { resolveKnownTags: false, stringKeys: true, uniqueKeys: false };
  try {
    return readingOf(readYamlDocument(text, { lines, steps: new Steps(LIMITS.steps), options }), text);
  } catch (error) {
    if (error instanceof OutOfSteps) return { contents: null, defect: TOO_MANY_STEPS };
    throw error;
  }
}

function readingOf({ document, defect }: YamlReading, text: string): Read {
  if (document === null) return { contents: null, defect: parserDefect(defect, text) };
  const { contents, directives, warnings } = document;
  const [warning] = warnings;
  if (warning !== undefined) return { contents, defect: parserDefect(warning, text) };
  return { contents, defect: directives.yaml.explicit === true ? DIRECTIVE : null };
}

const DIRECTIVE: Defect = { offset: 0, message: "A %YAML directive is not supported", remedy: PLAIN_YAML };

interface Place {
  readonly key: Position | undefined;
  readonly value: Position;
}

class Reader {
  readonly problems: FileProblem[] = [];
  readonly #places = new Map<string, Place>();
  readonly #file: string;
  readonly #lines: LineCounter;
  readonly #text: string;

  constructor(text: string, file: string, lines: LineCounter) {
    this.#text = text;
    this.#file = file;
    this.#lines = lines;
  }

  refuse(offset: number, defect: string, remedy: string = PLAIN_YAML): null {
    this.problems.push({
      code: "config/syntax",
      severity: "error",
      file: this.#file,
      ...this.#at(offset),
      message: `${defect.replace(/\.$/, "")}.`,
      remedy,
    });
    return null;
  }

  read(node: ParsedNode | null, path: Path, key?: ParsedNode): unknown {
    const empty = node === null || (isScalar(node) && node.source === "" && node.type === "PLAIN");
    const offset = (empty ? (key ?? node) : node)?.range[0] ?? 0;
    this.#places.set(placeOf(path), {
      key: key === undefined ? undefined : this.#at(key.range[0]),
      value: this.#at(offset),
    });
    if (node === null) return null;
    if (path.length > LIMITS.depth) return this.refuse(offset, TOO_DEEP);
    if (isAlias(node)) {
      const remedy = needsQuotes(this.#text, offset) ?? PLAIN_YAML;
      return this.refuse(offset, `The alias "*${node.source}" is not supported`, remedy);
    }
    if (node.tag !== undefined) return this.refuse(offset, `The tag "${node.tag}" is not supported`);
    if (isMap(node)) return this.#readMap(node, path);
    if (isSeq(node)) return node.items.map((item, index) => this.read(item, [...path, index]));
    return node.value;
  }

  positions(): Positions {
    const find = (path: Path): Place =>
      this.#places.get(placeOf(path)) ?? (path.length === 0 ? BEGIN : find(path.slice(0, -1)));
    return {
      key: (path) => find(path).key ?? find(path).value,
      value: (path) => find(path).value,
    };
  }

  #readMap(map: YAMLMap.Parsed, path: Path): unknown {
    const values = new Map<string, unknown>();
    for (const { key, value } of map.items) {
      const name = String(isScalar(key) ? key.value : key);
      if (values.has(name))
        this.refuse(
          key.range[0],
          `The key "${name}" is here a second time`,
          "Put what both say under one key.",
        );
      else values.set(name, this.read(value, [...path, name], key));
    }
    // Unlike an assignment, this takes `__proto__` for a key like any other.
    return Object.fromEntries(values);
  }

  #at(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    return { line, column: col };
  }
}

/** Where everything stands in a file that could not be read. */
const BEGIN: Place = { key: undefined, value: { line: 1, column: 1 } };

function placeOf(path: Path): string {
  return JSON.stringify(path);
}
