export const OF = ["kubernetes"] as const;

export const pvc =
  "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n  namespace: shop\n";

export const deployment = (spec: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n${spec}`;

export const podSpec = (lines: string) => deployment(`  template:\n    spec:\n${lines}`);
