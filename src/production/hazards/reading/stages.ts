/** Words for where something is deployed to. A thing of the one took no place of a thing of another. */
const STAGES: readonly (readonly [stage: string, words: RegExp])[] = [
  ["production", /(?<![a-z])(?:prod|production|prd)(?![a-z])/i],
  [
    "staging",
    /(?<![a-z])(?:staging|stage|stg|pre-?prod|non-?prod|uat|acceptance|acc|int|integration|canary|beta)(?![a-z])/i,
  ],
  [
    "development",
    /(?<![a-z])(?:dev|develop|development|test|tests|testing|tst|qa|sandbox|preview|review|demo|lab|local|ephemeral|training|perf|old|archived?|deprecated|backup)(?![a-z])/i,
  ],
];

/** How clouds call a place: `us-east-1`, `europe-west4`, `westeurope`, and what people shorten it to. */
const REGION =
  /(?<![a-z])(?:[a-z]{2,12}-(?:gov-)?(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-?\d|(?:north|south|east|west|central)(?:us|europe|asia|india|uk)\d?|eu|us|uk|apac|emea|dr)(?![a-z])/gi;

/** What the folders and the name of a file say about where it is deployed to. */
export function stageOf(path: string): string {
  const stages = STAGES.flatMap(([stage, words]) => (words.test(path) ? [stage] : []));
  const regions = [...path.matchAll(REGION)].map(([region]) => region.toLowerCase());
  return [...stages, ...regions].join(" ");
}
