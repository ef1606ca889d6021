import { OutOfSteps, Steps } from "../../../notation/steps.ts";
import { HAZARD_LIMITS } from "../limits.ts";
import type { FileChange } from "./change.ts";
import { addedPartsIn, type Counterparts, removedPartsIn } from "./counterparts.ts";
import { type ChangedPart, type DeclaredPart, type Placed, pairParts } from "./part.ts";
import { resolveReferences } from "./references.ts";
import { readTerraform, TERRAFORM_FILE, TERRAFORM_VALUES } from "./terraform.ts";
import type { Tree } from "./tree.ts";
import { notationOf, ownDocuments, readDocument, YAML_FILE } from "./yaml-parts.ts";

export interface Parts {
  /** The account that the repository belongs to, where it is known. */
  readonly owner: string | undefined;
  readonly addedParts: Counterparts;
  readonly removedParts: Counterparts;
  readonly changed: readonly ChangedPart[];
  /** Every part of the changed Terraform files as it is after the change, for the blocks that speak of others. */
  readonly declared: readonly DeclaredPart[];
  /** Files that a reader exists for, which it could not read on both sides. */
  readonly unread: ReadonlySet<FileChange>;
  /** Those of them that would have taken more steps than there are. */
  readonly exceeding: ReadonlySet<FileChange>;
}

type Read = readonly [before: readonly DeclaredPart[], after: readonly DeclaredPart[]];

export function readParts(files: readonly FileChange[], owner: string | undefined): Parts {
  const before: Placed[] = [];
  const after: Placed[] = [];
  const unread = new Set<FileChange>();
  const exceeding = new Set<FileChange>();
  const steps = new Steps(HAZARD_LIMITS.steps);
  for (const file of files) {
    const read = readInSteps(file, steps);
    if (read === "exceeding") exceeding.add(file);
    if (read === "unread" || read === "exceeding") unread.add(file);
    if (read === null || read === "unread" || read === "exceeding") continue;
    before.push(...read[0].map((part) => ({ file: file.path, part })));
    after.push(...read[1].map((part) => ({ file: file.path, part })));
  }
  const changed = pairParts(moved(resolved(before), after), resolved(after));
  return {
    owner,
    changed,
    addedParts: addedPartsIn(changed),
    removedParts: removedPartsIn(changed),
    declared: after.map(({ part }) => part),
    unread,
    exceeding,
  };
}

function readInSteps(file: FileChange, steps: Steps): Read | "unread" | "exceeding" | null {
  try {
    const read = readFile(file, steps);
    if (read !== null && read !== "unread") steps.take(HAZARD_LIMITS.stepsPerPart * read.flat().length);
    return read;
  } catch (error) {
    if (error instanceof OutOfSteps) return "exceeding";
    throw error;
  }
}

/** `null`: no reader is for this file. */
function readFile(file: FileChange, steps: Steps): Read | "unread" | null {
  const isTerraform = TERRAFORM_FILE.test(file.path) || TERRAFORM_VALUES.test(file.path);
  if (isTerraform) {
    const read = (text: string) => readTerraform(text, { path: file.path, steps });
    return sides(file, read);
  }
  if (!YAML_FILE.test(file.path)) return null;
  if (file.before === undefined || file.after === undefined) return "unread";
  const known = file.after ?? file.before ?? "";
  const notation = notationOf(file.path, known) ?? notationOf(file.path, file.before ?? "");
  if (notation === null) return null;
  return sides(file, (text, other, side) => {
    const parts: DeclaredPart[] = [];
    const isLoose = side === "before" && file.after !== null;
    for (const document of ownDocuments(text, other)) {
      const read = readDocument(document, { notation, file, steps, isLoose });
      if (read === null) return null;
      parts.push(...read);
    }
    return parts;
  });
}

function sides(
  { before, after }: FileChange,
  read: (text: string, other: string | null, side: "before" | "after") => readonly DeclaredPart[] | null,
): Read | "unread" {
  if (before === undefined || after === undefined) return "unread";
  const old = before === null ? [] : read(before, after, "before");
  const now = after === null ? [] : read(after, before, "after");
  return old === null || now === null ? "unread" : [old, now];
}

function resolved(placed: readonly Placed[]): readonly Placed[] {
  const parts = resolveReferences(placed.map(({ part }) => part));
  return placed.map((each, index) => {
    const part = parts[index] ?? each.part;
    return part === each.part ? each : { ...each, part };
  });
}

/** Where a `moved` block says so, what stood under the old address is what stands under the new one. */
function moved(before: readonly Placed[], after: readonly Placed[]): readonly Placed[] {
  const addresses = new Map<string, string>();
  const declared = after
    .filter(({ part }) => part.notation === "terraform")
    .map(({ part }) => addressOf(part));
  const [had, has] = [new Set(before.map(({ part }) => addressOf(part))), new Set(declared)];
  for (const { part } of after) {
    if (part.notation !== "terraform" || part.type !== "moved" || part.tree.kind !== "map") continue;
    const address = (key: string) => {
      const value = part.tree.kind === "map" && part.tree.entries.find((entry) => entry.key === key)?.value;
      return value && value.kind === "scalar" ? withoutIndex(String(value.value)) : "";
    };
    const from = `${part.scope} ${address("from")}`;
    // Instances go from one block to another, and both stay.
    const bothStay = has.has(from) && had.has(`${part.scope} ${address("to")}`);
    if (!bothStay) addresses.set(from, address("to"));
  }
  if (addresses.size === 0) return before;
  const modules = new Set(
    after.filter(({ part }) => part.type === "module").map(({ part }) => `${part.scope} ${part.name}`),
  );
  const taken = new Set<string>();
  return before.flatMap(({ file, part }) => {
    const to = addresses.get(`${part.scope} ${part.name}`);
    if (to === undefined || part.notation !== "terraform") return [{ file, part }];
    // Several become instances of one block: it is compared with the first, and all live on.
    const place = `${part.scope} ${to}`;
    if (taken.has(place)) return [];
    taken.add(place);
    // Into a module: the resource lives on where this folder does not show it.
    const isWithin = part.type !== "module" || to.split(".").length > 2;
    if (to.startsWith("module.") && isWithin && modules.has(moduleOf(part.scope, to))) return [];
    return [{ file, part: { ...part, name: to } }];
  });
}

function addressOf({ scope, name }: DeclaredPart): string {
  return `${scope} ${name}`;
}

/** The module that an address leads into, in its folder. */
function moduleOf(scope: string, address: string): string {
  return `${scope} ${address.split(".").slice(0, 2).join(".")}`;
}

const formers = new WeakMap<ChangedPart, { readonly tree: Tree | undefined }>();

/** What a part was before: at its place, or where it came from under its name or another. Many rules ask. */
export function formerly(part: ChangedPart, { removedParts }: Parts): Tree | undefined {
  if (part.before !== undefined) return part.before;
  const known = formers.get(part);
  if (known !== undefined) return known.tree;
  const tree = removedParts.sameName(part)?.before ?? removedParts.sameContent(part)?.before;
  formers.set(part, { tree });
  return tree;
}

/** The same for a rule that looks for what got worse: it may have stood anywhere. */
export function likelyFormer(part: ChangedPart, all: Parts): Tree | undefined {
  return formerly(part, all) ?? all.removedParts.likely(part)?.before;
}

/** Of a bounded length, because every bracket may begin one. */
const INDEX = /\[[^\]]{0,100}\]/g;

export function withoutIndex(address: string): string {
  return address.replaceAll(INDEX, "");
}
