import { changedBy, keyOf } from "./lookup.ts";
import type { ChangedPart } from "./part.ts";
import { formerly, type Parts, withoutIndex } from "./parts.ts";

/** `module.queue` of `module.queue.queue.arn`, `aws_sqs_queue.a` of `aws_sqs_queue.a[0].arn`. */
const ADDRESS = /^(module\.[\w-]+(?=\.\w+(?:\.\w+)*$)|[a-z]\w*\.[\w-]+(?=\.\w+$))/;

/**
 * Whether an expression of a part speaks of something that this change makes, beside it. What is imported was there
 * before.
 */
export function isOfNewThing(expression: string, { scope }: ChangedPart, all: Parts): boolean {
  const address = ADDRESS.exec(withoutIndex(expression))?.[1];
  if (address === undefined) return false;
  return byPlace(all, keyOf(scope, address)).some((part) => isNew(part, all));
}

const byPlace = changedBy(({ scope, name }) => keyOf(scope, name));
const imports = changedBy(({ type, scope, after }) =>
  type === "import" && after !== undefined ? scope : undefined,
);

/** Whether a part is made by this change. */
export function isNew(part: ChangedPart, all: Parts): boolean {
  const isImported = imports(all, part.scope).length > 0;
  return (
    !isImported && part.after !== undefined && part.before === undefined && formerly(part, all) === undefined
  );
}
