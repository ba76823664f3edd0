import { isJsonObject, tryBlockList, type JsonObject } from "../estate/terraform-json";
import { assumeRole } from "./assume-role";
import type { SimulatedAccount } from "./aws/simulated-account";
import { parsePolicy } from "./aws/stored-policy";
import { identityBehind } from "./caller";
import type { Principal } from "./principal";
import { ResourceArguments } from "./resources/resource-arguments";
import type { SimulatedAws } from "./simulated-aws";
import type { StackFile } from "./stack-file";
import {
  accountNotAllowed,
  at,
  cannotRehearse,
  malformedStack,
  undeclared,
  unknownProfile,
} from "./terraform-error";
import { resolveValue, UnknownValue, type Attributes } from "./value";

/** Who a provider acts as, and where. */
export interface Session {
  readonly principal: Principal;
  readonly account: SimulatedAccount;
  readonly region: string;
}

/**
 * The credentials of a stack's provider blocks: the profile's, else those of whoever runs the deploy,
 * then each `assume_role` in turn, decided by the policies of the simulated accounts. The account that
 * is reached must be in `allowed_account_ids`.
 */
export class ProviderSessions {
  private readonly sessions = new Map<string, Session>();

  constructor(
    private readonly aws: SimulatedAws,
    private readonly profiles: ReadonlyMap<string, Principal>,
    private readonly stack: StackFile,
    private readonly runAs: Principal,
  ) {}

  /** The session of a provider block; a block that nothing uses is never asked for, as in Terraform. */
  session(key: string): Session {
    const known = this.sessions.get(key);
    if (known !== undefined) return known;
    const block = this.stack.providers.get(key);
    if (block === undefined) throw undeclared(`provider.${key}`);
    const session = at(`provider.${key}`, () => this.open(`provider.${key}`, block));
    this.sessions.set(key, session);
    return session;
  }

  /** The accounts that were reached. */
  accounts(): readonly SimulatedAccount[] {
    return [...new Set([...this.sessions.values()].map(({ account }) => account))];
  }

  private open(address: string, block: JsonObject): Session {
    const args = new ResourceArguments(address, resolved(block));
    for (const name of ["access_key", "assume_role_with_web_identity"]) {
      if (args.values[name] !== undefined) throw cannotRehearse(address, name);
    }
    let principal = this.firstPrincipal(args);
    identityBehind(this.aws.account(principal.accountId), principal);
    for (const role of blocksOf(args, "assume_role")) {
      principal = this.assume(principal, new ResourceArguments(address, role));
    }
    const account = this.aws.account(principal.accountId);
    const allowed = args.texts("allowed_account_ids");
    if (
      (allowed.length > 0 && !allowed.includes(account.id)) ||
      args.texts("forbidden_account_ids").includes(account.id)
    ) {
      throw accountNotAllowed(address, account.id);
    }
    return { principal, account, region: args.optionalText("region") ?? "us-east-1" };
  }

  private firstPrincipal(args: ResourceArguments): Principal {
    const profile = args.optionalText("profile");
    if (profile === undefined) return this.runAs;
    const principal = this.profiles.get(profile);
    if (principal === undefined) throw unknownProfile(args.address, profile);
    return principal;
  }

  private assume(principal: Principal, args: ResourceArguments): Principal {
    if (args.texts("policy_arns").length > 0) throw cannotRehearse(args.address, "policy_arns");
    const policy = args.optionalText("policy");
    return assumeRole(this.aws, principal, args.text("role_arn"), {
      sessionName: args.optionalText("session_name"),
      externalId: args.optionalText("external_id"),
      sourceIdentity: args.optionalText("source_identity"),
      tags: textMap(args.values.tags),
      transitiveTagKeys: args.texts("transitive_tag_keys"),
      sessionPolicies: policy === undefined ? [] : [parsePolicy(policy)],
    });
  }
}

function resolved(block: JsonObject): Attributes {
  const value = resolveValue(
    block,
    ({ address, attribute }) =>
      new UnknownValue([{ expression: `${address}.${attribute}`, reason: "in a provider" }], false),
  );
  return isJsonObject(value) ? value : {};
}

function blocksOf(args: ResourceArguments, name: string): readonly JsonObject[] {
  const list = tryBlockList(args.values[name]);
  if (list === undefined) throw malformedStack(`${args.address}.${name}`);
  return list;
}

function textMap(value: unknown): Readonly<Record<string, string>> | undefined {
  if (!isJsonObject(value)) return undefined;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, String(item)]));
}
