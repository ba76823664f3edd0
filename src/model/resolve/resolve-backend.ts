import type { Entry } from "../file/entry";
import type { Backend } from "../model";
import { placeOf } from "./place";
import type { ProblemList } from "./problem-list";
import { DEFAULT_REGION } from "./resolve-accounts";
import type { SettingsInput } from "../file/schema/settings";
import type { AccountIndex } from "./selector";
import { STATE_BUCKET_STACK } from "../stack-names";

/** Where states lie: beside accounts.json unless `settings.backend` says otherwise. */
export function resolveBackend(
  settings: Entry<SettingsInput>,
  accounts: AccountIndex,
  problems: ProblemList,
): Backend {
  const input = settings.value.backend ?? { type: "local" };
  switch (input.type) {
    case "local":
      return { type: "local" };
    case "cloud":
      return {
        type: "cloud",
        hostname: input.hostname ?? "app.terraform.io",
        organization: input.organization,
        project: input.project,
        workspacePrefix: input.workspacePrefix ?? "",
      };
    case "s3": {
      const prefix = input.keyPrefix ?? "";
      const createBucket = input.createBucket ?? "no";
      if (createBucket !== "no") {
        reportBucketWithoutStack(settings, accounts, problems);
        reportMissingAdministrators(settings, problems);
      }
      return {
        type: "s3",
        bucket: input.bucket,
        region: input.region ?? settings.value.region ?? DEFAULT_REGION,
        keyPrefix: prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`,
        createBucket,
        administrators: input.administrators ?? [],
      };
    }
  }
}

function reportBucketWithoutStack(
  settings: Entry<SettingsInput>,
  accounts: AccountIndex,
  problems: ProblemList,
): void {
  const place = placeOf(settings, ["backend", "createBucket"]);
  if (settings.value.bootstrap === undefined && !settings.leftOut.has("bootstrap")) {
    problems.error(place, {
      expected: "settings.bootstrap, whose hub account gets the bucket",
      found: "none",
      remedy: "add settings.bootstrap, or make the bucket yourself and take this line out",
    });
  }
  if (accounts.tryFind(STATE_BUCKET_STACK) !== undefined) {
    problems.error(place, {
      expected: `no account named ${JSON.stringify(STATE_BUCKET_STACK)}: the bucket's stack has that name`,
      found: "one",
      remedy: "rename the account",
    });
  }
}

/** The bucket's policy denies everyone whom it does not name, the bootstrap's administrator included. */
function reportMissingAdministrators(settings: Entry<SettingsInput>, problems: ProblemList): void {
  const { backend } = settings.value;
  if (backend?.type !== "s3" || (backend.administrators ?? []).length > 0) return;
  problems.warning(placeOf(settings, ["backend"]), {
    expected: "administrators, the ARNs of those who deploy the bootstrap stacks",
    found: "none: the bucket's policy would refuse the management account's administrator",
    remedy: "name the administrator's role or user",
  });
}
