/** Files and a workflow that the rules' examples are about. */
export const CI = ".github/workflows/ci.yml";
export const GITLAB = ".gitlab-ci.yml";
export const workflow = (job: string, on = "pull_request") =>
  `on: [${on}]\njobs:\n  test:\n    runs-on: ubuntu-latest\n${job}`;
