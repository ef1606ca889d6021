import { AWS } from "./aws.ts";
import { AZURE } from "./azure.ts";
import { CLOUDFORMATION_SETTINGS } from "./cloudformation.ts";
import { GOOGLE } from "./google.ts";
import { HOSTING } from "./hosting.ts";
import { KUBERNETES_SETTINGS } from "./kubernetes.ts";
import { REPOSITORY_SETTINGS_TABLE } from "./repository-settings.ts";
import type { Table } from "./row.ts";

/** All that is known of providers' settings. */
export const TABLES: readonly Table[] = [
  AWS,
  GOOGLE,
  AZURE,
  HOSTING,
  CLOUDFORMATION_SETTINGS,
  KUBERNETES_SETTINGS,
  REPOSITORY_SETTINGS_TABLE,
];
