import type { GithubDouble } from "../github-double/double.ts";

/** An act after which some commits may not pass any more, and what GitHub sent about it. */
interface Ending {
  readonly what: string;
  readonly shas: readonly string[];
  /** The deliveries, by what they share with those that repeat them. */
  readonly told: ReadonlySet<string>;
}

/** What ended passes for good, beside the checks that GitHub showed from then on. */
export class Endings {
  readonly #double: GithubDouble;
  readonly #endings: Ending[] = [];

  constructor(double: GithubDouble) {
    this.#double = double;
  }

  /** Does what ends the passes of these commits. */
  note(act: () => void, { what, shas }: Pick<Ending, "what" | "shas">): void {
    const { deliveries } = this.#double.webhooks;
    const before = deliveries.length;
    act();
    this.#endings.push({ what, shas, told: new Set(deliveries.slice(before).map(({ guid }) => guid)) });
  }

  /** What was green for longer than that after the app took in what ended it: before that, nobody could know. */
  greenFor(allowedMs: number): readonly string[] {
    const { transitions, webhooks } = this.#double;
    return this.#endings.flatMap(({ what, shas, told }) => {
      const taken = webhooks.deliveries.filter(({ guid, status }) => told.has(guid) && status === 202);
      const from = Math.min(...taken.map(({ deliveredAt }) => Date.parse(deliveredAt)));
      return shas.flatMap((sha) => {
        const own = transitions.filter((each) => each.sha === sha);
        const isLate = (index: number) => Date.parse(own[index + 1]?.at ?? "9999-12-31") > from + allowedMs;
        const late = own.filter(({ conclusion }, index) => conclusion === "success" && isLate(index));
        return late.map(({ at }) => `${what}, and was green from ${at} on`);
      });
    });
  }
}
