import { inputError } from "../../source/input-error";
import type { Problem } from "../../source/problem";
import { showValue } from "../../source/show-value";
import { checkExistingResource } from "./check-existing-resource";
import { checkSharedName } from "./check-shared-name";
import type { Entry } from "./entry";
import type { ReportAt } from "./report-at";
import type { SharingInput } from "./schema/sharing";

/** What an entry of `sharing` must not say at once, whatever other entries say. */
export function checkSharingEntry(entry: Entry<SharingInput>, problems: Problem[]): void {
  const report: ReportAt = (path, part, text) => {
    problems.push(inputError(entry.at(path, part), [...entry.path, ...path], text));
  };
  checkRegions(entry.value, report);
  checkExistingResource(entry, report);
  checkSharedName(entry, report);
  checkWaitingPrincipals(entry.value, report);
}

function checkRegions(value: SharingInput, report: ReportAt): void {
  const { region, regions = [] } = value;
  if (region !== undefined && value.regions !== undefined) {
    report(["region"], "key", {
      expected: "region or regions, one of them",
      found: "both",
      remedy: "take region out",
    });
  }
  regions.forEach((each, position) => {
    if (regions.indexOf(each) === position) return;
    report(["regions", position], "value", {
      expected: "each region once",
      found: `${showValue(each)} again`,
      remedy: "take it out",
    });
  });
  if (value.type === "s3-bucket" && regions.length > 1) {
    report(["regions"], "value", {
      expected: "one region for a bucket, whose name is global",
      found: `${regions.length} regions`,
      remedy: "write an entry with another name for each region",
    });
  }
  for (const [option, isWritten] of [
    ["multiRegion", value.type === "kms-key" && value.multiRegion === true],
    ["replicate", value.type === "ecr-repository" && value.replicate === true],
  ] as const) {
    if (!isWritten || regions.length > 1) continue;
    report([option], "key", {
      expected: `at least two regions beside ${option}`,
      found: regions.length === 0 ? "none" : "one",
      remedy: "list them in regions, the primary one first",
    });
  }
}

/** A function's permission names a principal or an account, and takes no condition of ours. */
function checkWaitingPrincipals(value: SharingInput, report: ReportAt): void {
  if (value.type !== "lambda-function") return;
  value.with.forEach((each, position) => {
    if (typeof each === "string") return;
    for (const option of ["guard", "tighten"] as const) {
      if (each[option] === undefined || each[option] === "role") continue;
      report(["with", position, option], "key", {
        expected: `no ${option} for a Lambda function: its permission takes no free condition`,
        found: showValue(each[option]),
        remedy: "take it out: the permission waits until the principal is confirmed",
      });
    }
  });
}
