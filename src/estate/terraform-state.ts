import type { EstateFacts } from "./read-estate";
import { isJsonObject, type JsonObject } from "./terraform-json";

/** What a Terraform state says, in the form of the JSON that it could have been applied from. */
export interface StackOfState {
  readonly json: unknown;
  /** What AWS chose: unique IDs, and the keys behind aliases. */
  readonly facts: Required<Pick<EstateFacts, "uniqueIds" | "keyArns">>;
}

/** An instance of a resource in a state. */
interface Instance {
  readonly mode: "resource" | "data";
  readonly type: string;
  readonly name: string;
  readonly provider?: string;
  readonly attributes: JsonObject;
}

/**
 * A Terraform state of version 4 (what `terraform state pull` prints) as Terraform JSON, so that one
 * reader reads both. A state does not say what account a provider deploys to: that comes from the
 * `provider` blocks of the stack's configuration. An empty state gives a stack without resources.
 *
 * Undefined where it is no such state.
 */
export function tryStackOfState(state: unknown, configuration: unknown): StackOfState | undefined {
  const found = state === undefined ? [] : tryInstances(state);
  if (found === undefined) return undefined;
  const instances = withoutRepetitions(found).map(withoutDefaultPolicy);
  const references = referencesTo(instances);
  const blocks = { resource: {}, data: {} } as Record<
    "resource" | "data",
    Record<string, Record<string, JsonObject>>
  >;
  for (const { mode, type, name, provider, attributes } of instances) {
    const body = Object.entries(attributes).map(([key, value]) => [
      key,
      (REFERRING.has(key) && references.get(String(value))) || literal(value),
    ]);
    const block = { ...Object.fromEntries(body), ...(provider !== undefined && { provider }) };
    blocks[mode][type] = { ...blocks[mode][type], [name]: block };
  }
  const provider = isJsonObject(configuration) ? configuration.provider : undefined;
  return { json: { provider, ...blocks }, facts: factsOf(instances) };
}

function tryInstances(state: unknown): readonly Instance[] | undefined {
  if (!isJsonObject(state) || state.version !== 4) return undefined;
  const resources: unknown = state.resources ?? [];
  if (!Array.isArray(resources) || !resources.every(isJsonObject)) return undefined;
  return resources.flatMap((resource) => {
    const { module, mode, type, name, provider, instances } = resource;
    const alias = /\.([\w-]+)$/.exec(String(provider).replace(/\[.*\]/, ""))?.[1];
    return (Array.isArray(instances) ? instances : []).filter(isJsonObject).map((instance) => {
      const key: unknown = instance.index_key;
      const address = module === undefined ? String(name) : `${String(module)}.${String(name)}`;
      return {
        mode: mode === "data" ? ("data" as const) : ("resource" as const),
        type: String(type),
        name: key === undefined ? address : `${address}[${JSON.stringify(key)}]`,
        ...(alias !== undefined && { provider: `aws.${alias}` }),
        attributes: withoutEmpty(isJsonObject(instance.attributes) ? instance.attributes : {}),
      };
    });
  });
}

/** A state has every argument that nobody gave, as null or empty. */
function withoutEmpty(attributes: JsonObject): JsonObject {
  const given = Object.entries(attributes).filter(
    ([, value]) => value !== null && value !== "" && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(given);
}

/**
 * What a state says twice: the provider lists policies that resources of their own attach with their
 * role or resource too. What only the list has was attached by hand, and stays.
 */
function withoutRepetitions(instances: readonly Instance[]): readonly Instance[] {
  const ofRoles = instances.filter(({ type }) => type.startsWith("aws_iam_role_policy"));
  const said = new Set(
    ofRoles.map(({ attributes: { role, name, policy_arn: arn } }) => `${role} ${arn ?? name}`),
  );
  const withPolicy = new Set(
    instances
      .filter(({ type }) => type.endsWith("_policy"))
      .flatMap(({ type, attributes }) =>
        Object.values(attributes).map((value) => `${type} ${String(value)}`),
      ),
  );
  return instances.map((instance) => {
    const { type, attributes } = instance;
    const { id, name, managed_policy_arns: arns, inline_policy: inline, ...others } = attributes;
    if (type === "aws_iam_role") {
      const own = {
        managed_policy_arns: list(arns).filter((arn) => !said.has(`${name} ${arn}`)),
        inline_policy: list(inline).filter(
          (policy) => isJsonObject(policy) && !said.has(`${name} ${policy.name}`),
        ),
      };
      return { ...instance, attributes: withoutEmpty({ ...others, name, ...own }) };
    }
    const isRepeated = [id, attributes.arn].some((value) =>
      withPolicy.has(`${type}_policy ${value}`),
    );
    if (!isRepeated || type.startsWith("aws_iam_")) return instance;
    const { policy, ...rest } = attributes;
    return policy === undefined ? instance : { ...instance, attributes: rest };
  });
}

/**
 * A topic to which nobody gave a policy has one of SNS's own, for its owner alone ("By default, the topic
 * owner has permissions to publish the topic", SNS Developer Guide): it is for everyone on the condition
 * `AWS:SourceOwner`, which no request of another account has as it asks for.
 */
function withoutDefaultPolicy(instance: Instance): Instance {
  const { type, attributes } = instance;
  const { policy, ...others } = attributes;
  if (type !== "aws_sns_topic" || typeof policy !== "string") return instance;
  const owner = String(attributes.arn).split(":")[4];
  return isDefaultPolicy(policy, owner) ? { ...instance, attributes: others } : instance;
}

function isDefaultPolicy(policy: string, owner: string): boolean {
  const document: unknown = tryJson(policy);
  if (!isJsonObject(document) || document.Id !== "__default_policy_ID") return false;
  const [statement, ...more] = list(document.Statement);
  const condition = JSON.stringify({ StringEquals: { "AWS:SourceOwner": owner } });
  return (
    more.length === 0 &&
    isJsonObject(statement) &&
    JSON.stringify(statement.Condition) === condition
  );
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Arguments that name a key, secret or control policy by what AWS chose, which only its resource tells. */
const REFERRING: ReadonlySet<string> = new Set([
  "key_id",
  "kms_key_id",
  "policy_id",
  "secret_arn",
  "target_key_id",
]);

function referencesTo(instances: readonly Instance[]): ReadonlyMap<string, string> {
  const chosen = instances.filter(({ type }) =>
    /^aws_(kms_key|kms_replica_key|secretsmanager_secret)$/.test(type),
  );
  const controls = instances.filter(({ type }) => type === "aws_organizations_policy");
  return new Map([
    ...chosen.flatMap(({ type, name, attributes: { arn, key_id: id } }) =>
      [arn, id]
        .filter((value) => typeof value === "string")
        .map((value) => [value, `\${${type}.${name}.arn}`] as const),
    ),
    ...controls.map(
      ({ type, name, attributes: { id } }) => [String(id), `\${${type}.${name}.id}`] as const,
    ),
  ]);
}

/** A value as JSON configuration has it: there `${` and `%{` begin an expression. */
function literal(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/[$%](?=\{)/g, "$&$&");
  if (Array.isArray(value)) return value.map(literal);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, literal(one)]));
}

function factsOf(instances: readonly Instance[]): StackOfState["facts"] {
  const pairs = (types: RegExp, attribute: string): ReadonlyMap<string, string> =>
    new Map(
      instances.flatMap(({ type, attributes: { arn, [attribute]: value } }) =>
        types.test(type) && typeof arn === "string" && typeof value === "string"
          ? [[arn, value] as const]
          : [],
      ),
    );
  return {
    uniqueIds: pairs(/^aws_iam_(role|user)$/, "unique_id"),
    keyArns: pairs(/^aws_kms_alias$/, "target_key_arn"),
  };
}
