import { showValue } from "../../source/show-value";
import type { Entry } from "./entry";
import { exampleOfArn, tryParseExistingArn } from "./existing-arn";
import { policyCommand } from "./policy-command";
import type { ReportAt } from "./report-at";
import type { SharingInput } from "./schema/sharing";
import { writtenName } from "./shared-name";

/** What an entry says of a resource that is there already, and what only one of ours may say. */
export function checkExistingResource(
  { value, leftOut, name }: Entry<SharingInput>,
  report: ReportAt,
): void {
  if (leftOut.has("existing") || leftOut.has("arn")) return;
  if (value.existing === true) {
    checkArn(value, report);
    checkOptions(value, report);
    if (!leftOut.has("keep")) checkKeep(value, name, report);
    return;
  }
  if (value.type === "lambda-function") {
    report([], "key", {
      expected: '"existing": true on a lambda-function: its code is not defined here',
      found: "a function to be defined",
      remedy: 'write "existing": true, and its name or arn',
    });
    return;
  }
  for (const option of ["arn", "keep"] as const) {
    if (value[option] === undefined) continue;
    report([option], "key", {
      expected: `${option} beside "existing": true alone`,
      found: "a resource that is defined here",
      remedy: 'take it out, or write "existing": true to leave the resource as it is',
    });
  }
}

function checkArn(value: SharingInput, report: ReportAt): void {
  const { arn, type } = value;
  if (arn === undefined) {
    if (type !== "kms-key" && type !== "secret") return;
    report([], "key", {
      expected:
        type === "kms-key"
          ? "arn, the key ARN of an existing key: policies cannot name it by its alias"
          : "arn, the whole ARN of an existing secret: AWS chose the end of it, and Terraform takes no name",
      found: "none",
      remedy: `write it like ${exampleOfArn(type)}`,
    });
    return;
  }
  if (tryParseExistingArn(type, arn) === undefined) {
    report(["arn"], "value", {
      expected: `the ARN of one ${type} such as ${exampleOfArn(type)}`,
      found: showValue(arn),
      remedy:
        type === "kms-key" ? "write the ARN of the key that the alias stands for" : "correct it",
    });
    return;
  }
  if (type !== "kms-key" && writtenName(value) !== undefined) {
    report(["name"], "key", {
      expected: "name or arn of an existing resource, one of them",
      found: "both",
      remedy: "take one of the two out",
    });
  }
  if ((value.regions ?? []).length > 1) {
    report(["regions"], "value", {
      expected: "one region beside an arn, which has its own",
      found: `${value.regions?.length} regions`,
      remedy: "write an entry for each",
    });
  }
}

/** Options that say how a resource is made. */
const DEFINING = [
  "deletionWindow",
  "immutableTags",
  "lifecycle",
  "multiRegion",
  "recoveryWindow",
  "replicate",
  "rotation",
  "scanOnPush",
] as const;

function checkOptions(value: SharingInput, report: ReportAt): void {
  for (const option of DEFINING) {
    if (!Object.hasOwn(value, option)) continue;
    report([option], "key", {
      expected: `no ${option} on an existing resource: it stays as it is`,
      found: `${option} beside "existing": true`,
      remedy: "take it out",
    });
  }
  if (value.type !== "secret") return;
  if (value.alias !== undefined) {
    report(["alias"], "key", {
      expected: "no alias on an existing secret, whose key is there too",
      found: showValue(value.alias),
      remedy: "write key, the ARN of its key, instead",
    });
  }
  if (value.key === undefined) {
    report([], "key", {
      expected: "key, the ARN of the customer managed key of an existing secret",
      found: "none: with the AWS managed key a secret cannot be used from other accounts",
      remedy: "give the secret a key of its own, and write its ARN",
    });
  }
}

/** The service has one policy document per resource, which an apply replaces. */
function checkKeep(value: SharingInput, name: string, report: ReportAt): void {
  if (value.type === "lambda-function") {
    if (value.keep === undefined) return;
    report(["keep"], "key", {
      expected: "no keep on a lambda-function: permissions are added beside those of others",
      found: showValue(value.keep),
      remedy: "take it out",
    });
    return;
  }
  if (value.keep !== undefined) return;
  report([], "key", {
    expected:
      'keep beside "existing": true: the resource has one policy, and ours would replace the statements of others',
    found: "none",
    remedy: `write what \`${policyCommand(value, name)}\` shows into a file beside the main file and name it, "keep": "policy.json"; [] in it if there is no policy`,
  });
}
