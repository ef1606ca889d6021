/** Words for what a folder is deployed to. A thing of the one took no place of a thing of another. */
const STAGES: readonly (readonly [stage: string, words: RegExp])[] = [
  ["production", /(?:^|[/_.-])(?:prod|production|prd)(?:[/_.-]|\d|$)/i],
  ["staging", /(?:^|[/_.-])(?:staging|stage|stg|preprod|uat|acceptance)(?:[/_.-]|\d|$)/i],
  ["development", /(?:^|[/_.-])(?:dev|development|test|testing|qa|sandbox|preview|demo)(?:[/_.-]|\d|$)/i],
];

export function stageOf(path: string): string {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  return STAGES.flatMap(([stage, words]) => (words.test(folder) ? [stage] : [])).join(" ");
}
