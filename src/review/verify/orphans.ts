import type { EstateResource, Identity } from "../../estate/estate";
import { rulesFor } from "../../iam/evaluation/service-rules";
import { asArray, type PolicyDocument } from "../../iam/policy-document";
import type { Model } from "../../model/model";
import type { Finding } from "./finding";
import { isOrphan } from "./principal-kinds";

/** Finds deleted principals in trust policies and in the policies of resources. */
export class Orphans {
  private readonly arns: ReadonlyMap<string, string>;

  constructor(private readonly model: Model) {
    this.arns = new Map(
      Object.entries(model.lock.principals).map(([arn, { uniqueId }]) => [uniqueId, arn]),
    );
  }

  ofRole({ arn, accountId, origin, trustPolicy }: Identity): readonly Finding[] {
    return this.of({ arn, accountId, origin }, "trust policy", trustPolicy);
  }

  ofResource(resource: EstateResource): readonly Finding[] {
    const { arn, accountId, origin, policy, policyOrigins } = resource;
    const { policyName } = rulesFor(`${arn.split(":")[2]}:`);
    return this.of({ arn, accountId, origin: policyOrigins?.[0] ?? origin }, policyName, policy);
  }

  private of(
    place: Pick<Finding, "arn" | "accountId" | "origin">,
    policyName: string,
    policy: PolicyDocument | "unknown" | undefined,
  ): readonly Finding[] {
    if (typeof policy !== "object") return [];
    return [...statementsByOrphan(policyName, policy)].map(([principal, statements]) => {
      const arn = this.arns.get(principal);
      const who = arn === undefined ? "a principal" : `${arn}, as trust.lock.json has it,`;
      return {
        kind: "orphan",
        ...place,
        principal,
        statements,
        says: `the ${policyName} names the unique ID of ${who} that was deleted`,
        remedy: this.remedy(arn, place.origin.stack),
      };
    });
  }

  /** The commands that come next: docs/bootstrap.md, docs/commands.md ("A role was deleted and made again"). */
  private remedy(arn: string | undefined, stack: string): string {
    const { settings, roles, users } = this.model;
    if (arn === undefined) {
      return `find out in CloudTrail who it was (DeleteRole, DeleteUser), then npx cdktf deploy ${stack}, which names again whom accounts.json names`;
    }
    const { bootstrap } = settings;
    if (arn === bootstrap?.deployerArn) {
      return `npx crosstrust reopen --in ${bootstrap.hub.name}, and go on as docs/bootstrap.md says under "The deployer is lost"`;
    }
    const owner = [...roles, ...users].find((each) => each.arn === arn);
    const ask =
      owner === undefined
        ? `ask its owner whether it was made again, and for its unique ID: npx crosstrust confirm --principal ${arn} --unique-id ID --accept-recreated`
        : `npx cdktf deploy ${owner.stack} --refresh-only --auto-approve --outputs-file refreshed.json, and npx crosstrust confirm --outputs refreshed.json, which says whether it was made again or is gone`;
    return `${ask}; then npx cdktf deploy ${stack}. Where it is gone for good: npx crosstrust reopen --principal ${arn} before that`;
  }
}

function statementsByOrphan(
  policyName: string,
  policy: PolicyDocument,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  asArray(policy.Statement).forEach(({ Sid, Principal, NotPrincipal }, index) => {
    const sid = Sid === undefined ? "" : ` (${Sid})`;
    const named = [Principal, NotPrincipal].flatMap((each) =>
      each === undefined || each === "*" ? [] : asArray(each.AWS),
    );
    for (const name of new Set(named.filter(isOrphan))) {
      found.set(name, [...(found.get(name) ?? []), `${policyName}, statement ${index}${sid}`]);
    }
  });
  return found;
}
