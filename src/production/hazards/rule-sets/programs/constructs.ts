import type { FileChange } from "../../reading/change.ts";
import { CODE } from "../cdk.ts";

/** Programs that make infrastructure, by what they import. */
const LIBRARY = /@pulumi\/|\bpulumi(?:_\w+)?\b|aws-cdk|aws_cdk|awscdk|Amazon\.CDK|cdktf/;
/** Data that names what a provider makes: collections of Ansible, objects of Crossplane, templates of Azure. */
const MODULES =
  /\b(?:amazon\.aws|community\.aws|azure\.azcollection|google\.cloud|hetzner\.hcloud|openstack\.cloud|community\.digitalocean)\.\w|\.(?:upbound|crossplane)\.io\/|deploymentTemplate\.json#/;
const DATA = /\.(?:ya?ml|jsonc?)$/;
const BY_NAME = /\.bicep$|(?:^|\/)(?:serverless\.ya?ml|function\.json)$/;

export function mayMakeThings(path: string): boolean {
  return BY_NAME.test(path) || CODE.test(path) || DATA.test(path);
}

export function makesThings({ path, before, after }: FileChange): boolean {
  if (BY_NAME.test(path)) return true;
  const pattern = CODE.test(path) ? LIBRARY : MODULES;
  return [before, after].some((text) => typeof text === "string" && pattern.test(text));
}

/** How lines begin what is made, with its type and the name that it is given. */
const BEGINS: readonly RegExp[] = [
  /\bnew\s+([\w.]{2,80})\s*\(\s*(?:this,|scope,|stack,|app,)?\s*(?:["'`]([^"'`]{0,80}))?/,
  /\b((?:\w{1,40}\.){1,4}[A-Z]\w{1,60})\s*\(\s*(?:self,|ctx,|stack,|scope,)?\s*(?:&?["'`]([^"'`]{0,80}))/,
  /^\s*resource\s+(?=\w{1,80}\s+'([^'@]{1,120}))(\w{1,80})/,
  /^\s*(resource|module)\s+(\w{1,80})/,
  /^\s*"(type)"\s*:\s*"([\w./]{1,120})"/,
  /^\s*-\s+(name):\s*(.{1,80})/,
  /^(kind):\s*(\S{1,80})/,
  /^ {2}(\w{1,80}):\s*$/,
];
/** What is only given to a construct is none. */
const ARGUMENTS = /(?:Args|Props|Property|Inputs?)$/;

/** What a line begins; its name may stand on the next one. */
export function begunBy(line: string, next: string): string | null {
  const whole = /\(\s*$/.test(line) ? `${line}${next.trim()}` : line;
  for (const pattern of BEGINS) {
    const found = pattern.exec(whole);
    if (found !== null && !ARGUMENTS.test(found[1] ?? "")) return `${found[1]} ${found[2] ?? ""}`.trim();
  }
  return null;
}
