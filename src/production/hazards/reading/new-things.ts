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
  return all.changed.some((part) => part.scope === scope && part.name === address && isNew(part, all));
}

/** Whether a part is made by this change. */
export function isNew(part: ChangedPart, all: Parts): boolean {
  const isImported = all.changed.some(
    ({ type, scope, after }) => type === "import" && scope === part.scope && after !== undefined,
  );
  return (
    !isImported && part.after !== undefined && part.before === undefined && formerly(part, all) === undefined
  );
}
