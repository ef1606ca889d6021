export const OF = ["workflow"] as const;

export const FILE = ".github/workflows/ci.yml";

export const workflow = (job: string, head = "") =>
  `name: CI\non: push\n${head}jobs:\n  build:\n    runs-on: ubuntu-latest\n${job}`;

export const expression = (inner: string) => `$\{{ ${inner} }}`;

export const step = (lines: string) => `    steps:\n      - ${lines}\n`;
