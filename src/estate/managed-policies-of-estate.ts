import type { PolicyDocument } from "../iam/policy-document";
import { tryAwsPolicyDocument } from "./aws-policy-document";
import type { DeclaredPolicy, PolicyReference } from "./declarations";
import type { Origin } from "./estate";

type Report = (origin: Origin, attribute: string, reason: string) => void;

/** The managed policies that an estate's identities may have: the stacks' own and those of AWS. */
export class ManagedPolicies {
  private readonly byArn = new Map<string, DeclaredPolicy>();
  private readonly byAddress = new Map<string, DeclaredPolicy>();

  constructor(
    declared: readonly DeclaredPolicy[],
    private readonly report: Report,
  ) {
    for (const policy of declared) {
      const { arn, origin } = policy;
      this.byAddress.set(addressKey(origin.stack, origin.address), policy);
      if (arn === undefined) continue;
      const earlier = this.byArn.get(arn);
      if (earlier === undefined) this.byArn.set(arn, policy);
      else report(origin, "name", definedTwice(arn, earlier.origin));
    }
  }

  /** A policy's document; undefined, and reported at `origin`, where it is not known. */
  tryDocument(
    reference: PolicyReference,
    attribute: string,
    origin: Origin,
  ): PolicyDocument | undefined {
    const { arn, text } = reference;
    if (arn !== undefined && /^arn:[a-z-]+:iam::aws:policy\//.test(arn)) {
      return this.tryAwsPolicy(arn, attribute, origin);
    }
    const policy = this.tryDeclared(reference, origin.stack);
    // A reference that could not be resolved was reported where it was read.
    const resolved = arn !== undefined || reference.address !== undefined;
    if (policy === undefined && resolved) {
      this.report(origin, attribute, `no stack defines the policy ${text}`);
    }
    return policy?.document;
  }

  /** The policy's ARN; its address or what stands there where the ARN is not known. */
  nameOf(reference: PolicyReference, { stack }: Origin): string {
    const arn = reference.arn ?? this.tryDeclared(reference, stack)?.arn;
    return arn ?? reference.address ?? reference.text;
  }

  private tryDeclared(
    { address, arn }: PolicyReference,
    stack: string,
  ): DeclaredPolicy | undefined {
    if (address !== undefined) return this.byAddress.get(addressKey(stack, address));
    return arn === undefined ? undefined : this.byArn.get(arn);
  }

  private tryAwsPolicy(arn: string, attribute: string, origin: Origin): PolicyDocument | undefined {
    const document = tryAwsPolicyDocument(arn);
    if (document === undefined) {
      this.report(origin, attribute, `${arn} is not in the list of AWS managed policies`);
    }
    return document;
  }
}

/** Why a second definition of a name in an account counts for nothing. */
export function definedTwice(arn: string, { stack, address }: Origin): string {
  return `${arn} is defined in stack ${stack} too, as ${address}: only one of them can be deployed`;
}

function addressKey(stack: string, address: string): string {
  return `${stack}\n${address}`;
}
