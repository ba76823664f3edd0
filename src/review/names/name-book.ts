import type { Estate, EstateResource, Identity } from "../../estate/estate";
import { accountPrincipalArn, isAccountId, tryParseIamArn } from "../../iam/arn";
import { displayName } from "../display-name";
import type { KnownNames } from "./known-names";
import { namedInPolicies } from "./named-in-policies";
import {
  accountPrincipal,
  identityPrincipal,
  outsidePrincipal,
  tryUnlistedPrincipal,
  type Principal,
} from "./principal";
import { WordIndex, type Named } from "./word-index";

/** A resource, or something in it. */
export interface ResourceTarget {
  readonly resource: EstateResource;
  /** The resource's, or that of an object in a bucket. */
  readonly arn: string;
}

/**
 * Finds what a word names: an ARN, `account/name`, `account/user name`, a name alone, a key of the
 * accounts file. A key or name that several accounts have names them all.
 */
export class NameBook {
  private readonly roleWords = new WordIndex<Identity>();
  private readonly principalWords = new WordIndex<Principal>();
  private readonly resourceWords = new WordIndex<EstateResource>();
  private readonly resourceNames = new Map<string, string>();

  constructor(
    private readonly estate: Estate,
    private readonly known: KnownNames,
  ) {
    for (const identity of estate.identities.values()) this.addIdentity(identity);
    for (const [key, arns] of known.roles) {
      for (const arn of arns) this.addRoleKey(key, estate.identities.get(arn));
    }
    const sharingKeys = new Map(
      [...known.sharing].flatMap(([key, arns]) => arns.map((arn) => [arn, key] as const)),
    );
    for (const resource of estate.resources.values()) this.addResource(resource, sharingKeys);
    const { arns, services, providers } = namedInPolicies(estate);
    for (const arn of arns) this.addUnlisted(arn);
    for (const id of [...estate.accounts.keys(), ...known.accounts.keys()]) this.addAccount(id);
    for (const name of services) this.principalWords.add(outsidePrincipal("service", name), [name]);
    for (const arn of providers) {
      const words = [arn, this.shown(arn), `${this.accountOf(arn)}/${this.shown(arn)}`];
      this.principalWords.add(outsidePrincipal("federated", arn), new Set(words));
    }
  }

  /** A principal, role or resource as people know it: `account/key`, `account/name`. */
  shown(arn: string): string {
    const slash = arn.indexOf("/");
    const bucket = this.resourceNames.get(arn.slice(0, slash));
    return (
      this.resourceNames.get(arn) ??
      (bucket === undefined ? displayName(arn, this.known.accounts) : bucket + arn.slice(slash))
    );
  }

  roles(word: string): Named<Identity> {
    return this.roleWords.find(word);
  }

  /** Also an ARN, service or account ID outside the estate that no policy names. */
  principals(word: string): Named<Principal> {
    const [first, ...others] = this.principalWords.get(word);
    if (first !== undefined) return { found: [first, ...others] };
    const outside = this.tryOutside(word);
    return outside === undefined ? this.principalWords.find(word) : { found: [outside] };
  }

  /** A resource; of a bucket also an object, by the bucket's name or ARN and the object's key. */
  resources(word: string): Named<ResourceTarget> {
    const slash = word.indexOf("/");
    const bucket = slash === -1 ? word : word.slice(0, slash);
    const buckets = this.resourceWords.get(bucket).filter(({ type }) => type === "aws_s3_bucket");
    const named = this.resourceWords.get(word);
    if (named.length === 0 && buckets.length > 0) return targets(buckets, word.slice(slash));
    const { found, ...not } = this.resourceWords.find(word);
    return found === undefined ? not : targets(found, "");
  }

  private addIdentity(identity: Identity): void {
    const { kind, arn, accountId, name } = identity;
    const account = this.accountOf(arn);
    const words = new Set([
      ...[arn, name, `${account}/${name}`, `${accountId}/${name}`, this.shown(arn)],
    ]);
    this.principalWords.add(identityPrincipal(identity), words);
    if (kind === "role") this.roleWords.add(identity, words);
  }

  private addRoleKey(key: string, role: Identity | undefined): void {
    if (role === undefined) return;
    const [principal] = this.principalWords.get(role.arn);
    for (const word of [key, `${this.accountOf(role.arn)}/${key}`]) {
      this.roleWords.addKey(role, word);
      this.principalWords.addKey(principal, word);
    }
  }

  private addResource(resource: EstateResource, sharingKeys: ReadonlyMap<string, string>): void {
    const { arn, aliasArn, accountId } = resource;
    // A secret that is not made yet has no six characters of AWS's.
    const arns = [arn, arn.replace(/-aaaaaa$/, ""), ...(aliasArn === undefined ? [] : [aliasArn])];
    const names = arns.map((each) => each.split(":").slice(5).join(":"));
    const account = this.known.accounts.get(accountId) ?? accountId;
    // People say `our-thing`, the ARN `repository/our-thing`.
    const plain = names.map((name) =>
      name.replace(/^(repository|secret|event-bus|function)[/:]/, ""),
    );
    const words = new Set([...names, ...plain]);
    const inAccount = [...words].map((name) => `${account}/${name}`);
    this.resourceWords.add(resource, new Set([...arns, ...words, ...inAccount]));
    const keys = new Set(arns.flatMap((each) => sharingKeys.get(each) ?? []));
    const [name] = [...keys, names[names.length - 1]];
    this.resourceNames.set(arn, `${account}/${name}`);
    for (const key of keys) {
      for (const word of [key, `${account}/${key}`]) this.resourceWords.addKey(resource, word);
    }
  }

  private addUnlisted(arn: string): void {
    const parsed = tryParseIamArn(arn);
    if (parsed === undefined || this.estate.identities.has(arn)) return;
    if (parsed.type === "root") this.addAccount(parsed.accountId);
    const organization = this.known.organizations.get(parsed.accountId);
    const principal = tryUnlistedPrincipal(arn, this.estate, organization);
    if (principal === undefined) return;
    const words = [arn, `${this.accountOf(arn)}/${parsed.name}`, this.shown(arn)];
    this.principalWords.add(principal, new Set(words));
  }

  private addAccount(id: string): void {
    const arn = accountPrincipalArn(this.partition, id);
    if (this.principalWords.get(arn).length > 0) return;
    const principal = accountPrincipal(arn, this.estate, this.known.organizations.get(id));
    const name = this.known.accounts.get(id);
    const words = [arn, id, this.shown(arn), ...(name === undefined ? [] : [name])];
    this.principalWords.add(principal, words);
  }

  /** Somebody outside the estate whom no policy names: nobody lets him in, which may be what is asked. */
  private tryOutside(word: string): Principal | undefined {
    if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(word)) return outsidePrincipal("service", word);
    const arn = isAccountId(word) ? accountPrincipalArn(this.partition, word) : word;
    const parsed = tryParseIamArn(arn);
    if (parsed === undefined || this.estate.accounts.has(parsed.accountId)) return undefined;
    const organization = this.known.organizations.get(parsed.accountId);
    return parsed.type === "root"
      ? accountPrincipal(arn, this.estate, organization)
      : tryUnlistedPrincipal(arn, this.estate, organization);
  }

  private accountOf(arn: string): string {
    const accountId = tryParseIamArn(arn)?.accountId ?? "";
    return this.known.accounts.get(accountId) ?? accountId;
  }

  /** All accounts of an estate are in one. */
  private get partition(): "aws" | "aws-us-gov" | "aws-cn" {
    const [first = "arn:aws:"] = this.estate.identities.keys();
    const partition = first.split(":")[1];
    return partition === "aws-us-gov" || partition === "aws-cn" ? partition : "aws";
  }
}

function targets(resources: readonly EstateResource[], object: string): Named<ResourceTarget> {
  const [first, ...others] = resources.map((resource) => ({
    resource,
    arn: resource.arn + object,
  }));
  return { found: [first, ...others] };
}
