/** What reading may cost. They count characters and steps and not seconds, so that every machine finds the same. */
export const HAZARD_LIMITS = {
  /** The longest file that is parsed; an owner has to look at longer ones. */
  parsedLength: 512 * 1024,
  /**
   * Steps for all that is parsed of one change: a character is one, and YAML and JSON take eight more for each word and
   * sign. Two megabytes of what people write.
   */
  steps: 6_000_000,
  /** What each resource, object and job costs beside its text: some rules look at all the others for each. */
  stepsPerPart: 300,
  /** So much of short lines is looked at together. */
  blockLength: 1_000,
  /** Brackets and blocks within one another. */
  depth: 64,
  /** A longer line is read in pieces of this length, which overlap. */
  lineLength: 2_000,
  lineOverlap: 200,
  /** The longest text quoted in a sentence or shown as before and after. */
  quoteLength: 160,
} as const;
