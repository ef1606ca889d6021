import { stageOf } from "./stages.ts";
import { fingerprint, type Tree } from "./tree.ts";

/** The notation that a part is written in, which says what its keys mean. */
export type Notation =
  | "terraform"
  | "terraform-values"
  | "cloudformation"
  | "kubernetes"
  | "helm-values"
  | "compose"
  | "workflow"
  | "settings"
  | "policy";

/** One thing that a file declares: a resource, an object, a service, a job. */
export interface DeclaredPart {
  readonly notation: Notation;
  /** As its notation calls it: "aws_db_instance", "AWS::RDS::DBInstance", "Deployment". */
  readonly type: string;
  /** For people, without backticks: "aws_db_instance.main". */
  readonly name: string;
  /** Where the same name is the same thing: a folder for Terraform, a file elsewhere. */
  readonly scope: string;
  readonly tree: Tree;
}

/** A part whose content the change touches; at least one side is there. */
export interface ChangedPart extends Omit<DeclaredPart, "tree"> {
  readonly before: Tree | undefined;
  readonly after: Tree | undefined;
  /** The file to show each side in. */
  readonly file: string;
}

export interface Placed {
  readonly file: string;
  readonly part: DeclaredPart;
}

/** Puts both sides of each part together, those of one file first, and leaves out what stayed the same. */
export function pairParts(before: readonly Placed[], after: readonly Placed[]): readonly ChangedPart[] {
  const open = new OpenParts(before);
  const near = after.map((each) => ({ each, other: open.take(keyOf(each.part), each.file) }));
  const pairs = near.map(({ each, other }) => changed(other ?? open.take(placeOf(each)), each));
  const gone = before.filter((each) => open.has(each));
  return [...pairs, ...gone.map((each) => changed(each, undefined))].filter(
    (part) =>
      part.before === undefined ||
      part.after === undefined ||
      fingerprint(part.before) !== fingerprint(part.after),
  );
}

/** Parts that have no other side yet. Thousands may bear one name, so none is looked for among those taken already. */
class OpenParts {
  readonly #queues = new Map<string, Placed[]>();
  readonly #taken = new Set<Placed>();

  constructor(parts: readonly Placed[]) {
    // The last is taken first from a list, and the first of a name goes first.
    for (const each of parts.toReversed()) {
      for (const queue of [queueOf(placeOf(each)), queueOf(keyOf(each.part), each.file)]) {
        const list = this.#queues.get(queue);
        if (list === undefined) this.#queues.set(queue, [each]);
        else list.push(each);
      }
    }
  }

  has(part: Placed): boolean {
    return !this.#taken.has(part);
  }

  /** The first of the name, in the file where one is named. */
  take(key: string, file?: string): Placed | undefined {
    const queue = this.#queues.get(queueOf(key, file));
    let next = queue?.pop();
    while (next !== undefined && this.#taken.has(next)) next = queue?.pop();
    if (next !== undefined) this.#taken.add(next);
    return next;
  }
}

function queueOf(key: string, file?: string): string {
  return JSON.stringify([key, file]);
}

/**
 * In another file it is the same thing only in the same stage, and in the same folder where nothing else says where. The
 * files of one folder are one to Terraform, whatever they are called.
 */
function placeOf({ file, part }: Placed): string {
  if (part.notation === "terraform") return JSON.stringify([keyOf(part), "folder"]);
  const folder = part.scope === "" ? file.slice(0, file.lastIndexOf("/") + 1) : "";
  return JSON.stringify([keyOf(part), stageOf(file), folder]);
}

function keyOf({ notation, type, name, scope }: DeclaredPart): string {
  return JSON.stringify([notation, type, name, scope]);
}

function changed(before: Placed | undefined, after: Placed): ChangedPart;
function changed(before: Placed, after: undefined): ChangedPart;
function changed(before: Placed | undefined, after: Placed | undefined): ChangedPart {
  const one = after ?? before;
  if (one === undefined) throw new TypeError("a part has at least one side");
  const { notation, type, name, scope } = one.part;
  return {
    notation,
    type,
    name,
    scope,
    file: one.file,
    before: before?.part.tree,
    after: after?.part.tree,
  };
}
