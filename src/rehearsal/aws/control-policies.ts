import type { ControlPolicyAttachment, Origin } from "../../estate/estate";
import { readPolicy } from "../../estate/policy-text";
import { tryKnownText, type ResolvedText } from "../../estate/resolved-text";
import type { ControlPolicies, NamedPolicy } from "../../iam/evaluation/request";
import { attachedToAccount, type ControlPolicyKind } from "../../iam/full-access-policies";
import { isAccountId } from "../../iam/arn";
import { asArray, type PolicyDocument } from "../../iam/policy-document";
import { CONTROL_POLICY_SIZE } from "../../iam/quotas";
import type { AllAccounts } from "./all-accounts";
import { AwsError } from "./aws-error";
import { hexOf } from "./generated-id";
import type { SimulatedAccount } from "./simulated-account";
import { parsePolicy } from "./stored-policy";

/** A policy of the organization. Never changed: each change makes another object. */
export interface OrganizationPolicy {
  /** `p-…`. */
  readonly id: string;
  readonly name: string;
  /** `SERVICE_CONTROL_POLICY`, `RESOURCE_CONTROL_POLICY`; others control no access. */
  readonly type: string;
  readonly description: string;
  readonly content: ResolvedText;
  /** Undefined where it cannot be known. */
  readonly document?: PolicyDocument;
  /** Account, root or unit to what attached it. */
  readonly targets: ReadonlyMap<string, Origin>;
}

/** What such a policy is made with. */
export type NewOrganizationPolicy = Omit<OrganizationPolicy, "id" | "document" | "targets">;

const KINDS: Readonly<Record<string, ControlPolicyKind | undefined>> = {
  SERVICE_CONTROL_POLICY: "service",
  RESOURCE_CONTROL_POLICY: "resource",
};

/** AWS's own is one of them (AWS Organizations User Guide, quotas). */
const POLICIES_PER_TARGET = 5;

/** CreatePolicy: refused outside of the management account, for a name that is taken, and for its text. */
export function createOrganizationPolicy(
  account: SimulatedAccount,
  input: NewOrganizationPolicy,
): OrganizationPolicy {
  const { organizationPolicies, managementId } = account.all;
  if (managementId !== undefined && managementId !== account.id) {
    throw new AwsError(
      "AccessDeniedException",
      "You don't have permissions to access this resource.",
      `Policies of an organization are made in its management account, ${managementId}.`,
    );
  }
  if ([...organizationPolicies.values()].some(({ name }) => name === input.name)) {
    throw new AwsError(
      "DuplicatePolicyException",
      "A policy with the specified name already exists.",
    );
  }
  const id = `p-${hexOf(`${account.id}/${input.name}`, 8)}`;
  const policy = { ...input, id, document: takenDocument(input), targets: new Map() };
  organizationPolicies.set(id, policy);
  return policy;
}

/** UpdatePolicy: holds at once wherever it is attached. */
export function updateOrganizationPolicy(
  all: AllAccounts,
  id: string,
  input: NewOrganizationPolicy,
): void {
  const { targets } = organizationPolicy(all, id);
  put(all, { ...input, id, document: takenDocument(input), targets });
}

/** DeletePolicy: refused while it is attached. */
export function deleteOrganizationPolicy(all: AllAccounts, id: string): void {
  if (organizationPolicy(all, id).targets.size > 0) {
    throw new AwsError(
      "PolicyInUseException",
      "The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before performing this operation.",
    );
  }
  all.organizationPolicies.delete(id);
}

/** AttachPolicy. What the root or a unit binds the rehearsal does not know: there it binds nobody. */
export function attachOrganizationPolicy(
  account: SimulatedAccount,
  id: string,
  target: string,
  origin: Origin,
): void {
  const { all } = account;
  const policy = organizationPolicy(all, id);
  const member = isAccountId(target) ? all.account(target) : undefined;
  if (member !== undefined && member.organizationId !== account.organizationId) {
    throw new AwsError(
      "TargetNotFoundException",
      "We can't find a root, OU, account, or policy with the TargetId that you specified.",
      `Account ${target} is not of the organization.`,
    );
  }
  if (policy.targets.has(target)) {
    throw new AwsError(
      "DuplicatePolicyAttachmentException",
      "The selected policy is already attached to the specified target.",
    );
  }
  const attached = [...all.organizationPolicies.values()].filter(
    ({ type, targets }) => type === policy.type && targets.has(target),
  );
  if (KINDS[policy.type] !== undefined && attached.length + 1 >= POLICIES_PER_TARGET) {
    throw new AwsError(
      "ConstraintViolationException",
      "You have attached the maximum number of policies to the specified target.",
    );
  }
  put(all, { ...policy, targets: new Map([...policy.targets, [target, origin]]) });
}

/** DetachPolicy. */
export function detachOrganizationPolicy(all: AllAccounts, id: string, target: string): void {
  const policy = all.organizationPolicies.get(id);
  if (policy?.targets.has(target) !== true) return;
  const targets = new Map([...policy.targets].filter(([each]) => each !== target));
  put(all, { ...policy, targets });
  touch(all, target);
}

/** The control policies that bind an account; undefined where none is attached but AWS's own. */
export function controlPoliciesOf(
  { all, id }: SimulatedAccount,
  kind: ControlPolicyKind,
): ControlPolicies | undefined {
  const policies = [...all.organizationPolicies.values()]
    .filter(({ type, targets }) => KINDS[type] === kind && targets.has(id))
    .map(({ name, document }): NamedPolicy => ({ name, document }));
  // The management account's principals and resources are never bound.
  if (policies.length === 0 || id === all.managementId) return undefined;
  return attachedToAccount(kind, policies);
}

/** Where the control policies of an account are attached. */
export function controlAttachmentsOf({
  all,
  id,
}: SimulatedAccount): readonly ControlPolicyAttachment[] {
  return [...all.organizationPolicies.values()].flatMap(({ type, name, targets }) => {
    const [kind, origin] = [KINDS[type], targets.get(id)];
    return kind === undefined || origin === undefined ? [] : [{ kind, name, origin }];
  });
}

function organizationPolicy({ organizationPolicies }: AllAccounts, id: string): OrganizationPolicy {
  const policy = organizationPolicies.get(id);
  if (policy !== undefined) return policy;
  throw new AwsError(
    "PolicyNotFoundException",
    `We can't find a policy with the PolicyId that you specified.`,
  );
}

function put(all: AllAccounts, policy: OrganizationPolicy): void {
  all.organizationPolicies.set(policy.id, policy);
  for (const target of policy.targets.keys()) touch(all, target);
}

function touch(all: AllAccounts, target: string): void {
  if (isAccountId(target)) all.account(target).noteControlPolicies();
}

/** AWS Organizations User Guide, "SCP syntax" and "RCP syntax". */
function takenDocument({ type, content }: NewOrganizationPolicy): PolicyDocument | undefined {
  const kind = KINDS[type];
  if (kind === undefined) return undefined;
  const text = tryKnownText(content);
  if (text === undefined) return readPolicy(content).document;
  if (text.length > CONTROL_POLICY_SIZE) {
    throw new AwsError(
      "ConstraintViolationException",
      `You have exceeded the maximum policy size: ${CONTROL_POLICY_SIZE}.`,
    );
  }
  const document = parsePolicy(text);
  for (const { Effect, Principal, NotPrincipal, NotAction } of asArray(document.Statement)) {
    const isWrong =
      kind === "service"
        ? Principal !== undefined || NotPrincipal !== undefined
        : Effect !== "Deny" || Principal !== "*" || NotAction !== undefined;
    if (isWrong) {
      throw new AwsError(
        "MalformedPolicyDocumentException",
        "The provided policy document does not meet the requirements of the specified policy type.",
        kind === "service"
          ? "A service control policy names no principal."
          : 'A resource control policy denies, names "*" as its principal, and has no NotAction.',
      );
    }
  }
  return document;
}
