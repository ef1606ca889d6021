import type { ChangedPart } from "../../reading/part.ts";
import { statementsIn } from "../../reading/statements.ts";
import type { Tree } from "../../reading/tree.ts";

/** What lets everything through where it has no policy (AWS' documentation of VPC endpoints). */
const OPEN_WITHOUT = /^(?:aws_vpc_endpoint(?:_policy)?|AWS::EC2::VPCEndpoint)$/;

/** Whether the first policy of something comes, which had let everything through without one. */
export function limitsAlone({ type }: ChangedPart, former: Tree | undefined): boolean {
  return OPEN_WITHOUT.test(type) && (former === undefined || statementsIn(former).length === 0);
}
