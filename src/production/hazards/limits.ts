/** What one file may cost. They count characters and steps and not seconds, so that every machine finds the same. */
export const HAZARD_LIMITS = {
  /** The longest file that is parsed; longer ones are read line by line. */
  parsedLength: 512 * 1024,
  /** YAML takes several times the work of the other languages. */
  parsedYamlLength: 256 * 1024,
  /** The longest text of all YAML documents of one change that is parsed. */
  parsedYamlInAll: 1024 * 1024,
  /** Brackets and blocks within one another. */
  depth: 64,
  /** A longer line is read in pieces of this length, which overlap. */
  lineLength: 2_000,
  lineOverlap: 200,
  /** The longest text quoted in a sentence or shown as before and after. */
  quoteLength: 160,
} as const;
