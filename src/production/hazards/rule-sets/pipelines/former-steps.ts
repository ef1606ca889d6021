import { gained } from "../../reading/compare.ts";
import {
  at,
  fingerprint,
  type Mapping,
  type Place,
  placesIn,
  type Tree,
  textOf,
} from "../../reading/tree.ts";
import { looksLikeCheck } from "./checks.ts";

interface Step {
  /** What it runs and when: the same for the same step, whatever it is called. */
  readonly key: string;
  readonly work: string;
  readonly name: string;
  readonly step: Mapping;
}

/** Which steps of a job are there only now, and which no more. */
interface Compared {
  readonly come: ReadonlySet<Mapping>;
  readonly lost: readonly Step[];
}

/** The conditions that the steps of a workflow had before the change. */
export class FormerSteps {
  readonly #before: ReadonlyMap<string, readonly Step[]>;
  readonly #after: ReadonlyMap<string, readonly Step[]>;
  readonly #jobs = new Map<string, Compared>();

  constructor(before: Tree, after: Tree) {
    this.#before = stepsIn(before);
    this.#after = stepsIn(after);
  }

  #compare(job: string): Compared {
    const [before, after] = [this.#before.get(job) ?? [], this.#after.get(job) ?? []];
    return {
      come: new Set(gained(before, after).map(({ step }) => step)),
      lost: gained(after, before),
    };
  }

  /**
   * The conditions of the steps that one of the other side may stand for: of those that went, the ones that ran the
   * same, or the check of its name, or else any. Where none went, it narrows nothing.
   */
  conditionsOf({ path, key, within }: Place): readonly (Tree | undefined)[] {
    const job = placeOf(path);
    const compared = this.#jobs.get(job) ?? this.#compare(job);
    this.#jobs.set(job, compared);
    const { come, lost } = compared;
    if (!come.has(within)) return [];
    const { work, name } = stepOf(within);
    const same = lost.filter((each) => each.work === work);
    const named = lost.filter((each) => name !== "" && each.name === name && isCheck(each));
    const formers = [same, named].find((each) => each.length > 0) ?? this.#leftOver(job, lost, come);
    return formers.map(({ step }) => at(step, key));
  }

  /** Those that went without one that runs the same now. */
  #leftOver(job: string, lost: readonly Step[], come: ReadonlySet<Mapping>): readonly Step[] {
    const now = (this.#after.get(job) ?? []).filter(({ step }) => come.has(step));
    const works = new Set(now.map(({ work }) => work));
    return lost.filter(({ work }) => !works.has(work));
  }
}

const placeOf = (path: readonly string[]) => path.slice(0, -1).join(".");

function stepsIn(tree: Tree): ReadonlyMap<string, readonly Step[]> {
  const found = new Map<Mapping, string>();
  for (const { path, within } of placesIn(tree))
    if (path.at(-2) === "steps") found.set(within, placeOf(path));
  const steps = [...found].map(([step, job]) => ({ job, ...stepOf(step) }));
  return Map.groupBy(steps, ({ job }) => job);
}

function stepOf(step: Mapping): Step {
  const work = ["uses", "run", "script"].map((key) =>
    textOf(at(step, key))
      .trim()
      .replace(/@[\w.-]+$/, ""),
  );
  const key = JSON.stringify([work, fingerprint(at(step, "if"))]);
  return { key, work: work.join(" "), name: textOf(at(step, "name")).trim(), step };
}

function isCheck({ name, work }: Step): boolean {
  return [name, ...work.split("\n")].some(looksLikeCheck);
}
