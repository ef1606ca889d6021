/** A symbolic link of a repository, with as much of it as is known. */
export interface LinkAt {
  readonly path: string;
  /** What it says; `null` where that cannot be read, so that it may lead anywhere. Left out where nobody looked. */
  readonly target?: string | null;
}

/** A link that was read, or tried to be. */
export interface Link extends LinkAt {
  readonly target: string | null;
}

/** Longer ones are not followed (Linux: PATH_MAX). */
const LONGEST_TARGET = 4_095;

/** Whether a link may lead anywhere. */
export function isUnknown({ target }: LinkAt): boolean {
  return target === null || (target !== undefined && target.length > LONGEST_TARGET);
}
