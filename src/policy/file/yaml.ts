import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type YAMLMap,
} from "yaml";
import { LIMITS } from "../limits.ts";
import type { Path, Position, Positions } from "../place.ts";
import type { FileProblem } from "../problem.ts";
import { mergeConflict, needsQuotes, PLAIN_YAML, parserDefect, TOO_DEEP } from "./yaml-defects.ts";

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
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    resolveKnownTags: false,
    stringKeys: true,
    // The reader below finds repeated keys too, and in linear time.
    uniqueKeys: false,
  });
  const reader = new Reader(text, file, lines);
  // What follows the first defect is mostly its consequence.
  const [found] = [...document.errors, ...document.warnings];
  const defect = mergeConflict(text) ?? (found === undefined ? null : parserDefect(found, text));
  if (defect !== null) reader.refuse(defect.offset, defect.message, defect.remedy);
  else if (document.directives.yaml.explicit === true) reader.refuse(0, "A %YAML directive is not supported");
  const data = reader.problems.length === 0 ? reader.read(document.contents, []) : null;
  return { data, positions: reader.positions(), problems: reader.problems };
}

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
