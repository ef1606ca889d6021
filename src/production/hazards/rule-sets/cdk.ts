import { added, changed, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";

export const CODE = /\.(?:ts|js|mts|mjs|py|java|kt|go|cs|fs)$/;

const REMOVAL_DESTROY: Rule = {
  id: "cdk/removal-policy-destroy",
  kind: "destructive",
  asks: "block",
  when: "a CDK construct is told to be destroyed with its stack, or to empty its bucket",
  lines: [
    {
      side: "after",
      pattern: /RemovalPolicy\.DESTROY|RemovalPolicy_DESTROY|applyRemovalPolicy\(\s*['"]destroy/,
      what: () => "`RemovalPolicy.DESTROY`",
      why: () =>
        "lets a resource be destroyed with its data when it leaves the stack (`RemovalPolicy.DESTROY`)",
    },
    {
      side: "after",
      pattern:
        /\b(autoDeleteObjects|auto_delete_objects|AutoDeleteObjects|emptyOnDelete|empty_on_delete)\b\s*[:=(]\s*(?:true|True|jsii\.Bool\(true\))/,
      what: ([, name = ""]) => shown(name),
      why: ([, name = ""]) => `lets the stack empty what it deletes (${shown(name)})`,
    },
  ],
  reports: [
    [
      "lets a resource be destroyed with its data when it leaves the stack (`RemovalPolicy.DESTROY`)",
      changed(
        "lib/stack.ts",
        "removalPolicy: RemovalPolicy.RETAIN,\n",
        "removalPolicy: RemovalPolicy.DESTROY,\n",
      ),
    ],
    [
      "lets the stack empty what it deletes (`autoDeleteObjects`)",
      added("lib/stack.ts", "  autoDeleteObjects: true,\n"),
    ],
  ],
  ignores: [
    ["it is retained", added("lib/stack.ts", "removalPolicy: RemovalPolicy.RETAIN,\n")],
    ["a test", added("test/stack.test.ts", "removalPolicy: RemovalPolicy.DESTROY,\n")],
  ],
};

const CDK_PROTECTION: Rule = {
  id: "cdk/protection-off",
  kind: "destructive",
  asks: "block",
  when: "a construct's or stack's deletion or termination protection is switched off",
  lines: [
    {
      side: "after",
      pattern:
        /\b(terminationProtection|deletionProtection|termination_protection|deletion_protection)\b\s*[:=]\s*(?:false|False)\b/,
      what: ([, name = ""]) => shown(name),
      why: ([, name = ""]) => `switches off ${shown(name)}: nothing stops the deletion any more`,
    },
  ],
  reports: [
    [
      "switches off `terminationProtection`: nothing stops the deletion any more",
      changed("bin/app.ts", "  terminationProtection: true,\n", "  terminationProtection: false,\n"),
    ],
  ],
  ignores: [["it is switched on", added("bin/app.ts", "  terminationProtection: true,\n")]],
};

export const CDK: RuleSet = {
  name: "cdk",
  title: "CDK",
  reads: ({ path, isLive }) => CODE.test(path) && isLive,
  rules: [REMOVAL_DESTROY, CDK_PROTECTION],
};
