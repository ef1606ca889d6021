import type { ChangedPart } from "./part.ts";
import { formerly, type Parts, withoutIndex } from "./parts.ts";

/** `module.queue` of `module.queue.arn`, `aws_sqs_queue.a` of `aws_sqs_queue.a[0].arn`. */
const ADDRESS = /^([a-z]\w*\.[\w-]+)\.\w+$/;

/**
 * Whether an expression of a part speaks of something that this change makes, beside it. What is imported was there
 * before.
 */
export function isOfNewThing(expression: string, { scope }: ChangedPart, all: Parts): boolean {
  const address = ADDRESS.exec(withoutIndex(expression))?.[1];
  if (address === undefined) return false;
  const own = all.changed.filter((part) => part.scope === scope);
  if (own.some(({ type, after }) => type === "import" && after !== undefined)) return false;
  return own.some(
    (part) =>
      part.name === address &&
      part.after !== undefined &&
      part.before === undefined &&
      formerly(part, all) === undefined,
  );
}
