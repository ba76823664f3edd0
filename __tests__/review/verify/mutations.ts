import type { synthesize } from "../../stacks/organization";

type Stacks = ReturnType<typeof synthesize>;

/** The stacks with one thing changed. */
export interface Mutation {
  readonly name: string;
  readonly stacks: Stacks;
}

type Json = Record<string, unknown>;
type Change = (statement: Json) => unknown;

const STRANGER = "arn:aws:iam::999999999999:root";

/** Changes of one statement; undefined: the change does not apply. */
function statementChanges(statement: Json, isTrust: boolean): ReadonlyMap<string, Change> {
  const changes = new Map<string, Change>();
  const conditions = (statement.Condition ?? {}) as Record<string, Json>;
  for (const [operator, keys] of Object.entries(conditions)) {
    for (const key of Object.keys(keys)) {
      changes.set(`without ${operator} ${key}`, (changed) => {
        delete (changed.Condition as Record<string, Json>)[operator][key];
      });
      changes.set(`${operator} ${key} for any value`, (changed) => {
        const all = changed.Condition as Record<string, Json>;
        delete all[operator][key];
        all.StringLike = { ...all.StringLike, [key]: "*" };
      });
      if (key === "aws:PrincipalArn") continue;
      changes.set(`${operator}IfExists ${key}`, (changed) => {
        const all = changed.Condition as Record<string, Json>;
        const { [key]: value, ...others } = all[operator];
        all[operator] = others;
        all[`${operator}IfExists`] = { [key]: value };
      });
    }
  }
  if (isTrust) {
    changes.set("principal widened to everyone", (changed) => {
      changed.Principal = { AWS: "*" };
    });
    changes.set("principal added", (changed) => {
      const principal = changed.Principal === "*" ? { AWS: "*" } : (changed.Principal as Json);
      changed.Principal = { ...principal, AWS: [principal.AWS ?? [], STRANGER].flat() };
    });
  } else {
    changes.set("resource *", (changed) => {
      changed.Resource = "*";
    });
    changes.set("action * and resource *", (changed) => {
      changed.Action = "*";
      changed.Resource = "*";
    });
  }
  changes.set("effect Deny", (changed) => {
    changed.Effect = "Deny";
  });
  return changes;
}

const POLICIES = ["assume_role_policy", "policy"];

/** Every single change of the policies and resources that bear on who can assume what. */
export function mutationsOf(stacks: Stacks): readonly Mutation[] {
  return Object.entries(stacks).flatMap(([stack, json]) => {
    const resources = (json as unknown as { resource: Record<string, Record<string, Json>> })
      .resource;
    return Object.entries(resources).flatMap(([type, byName]) =>
      type.startsWith("aws_iam_")
        ? Object.entries(byName).flatMap(([name, resource]) =>
            mutationsOfResource({ stacks, stack, type, name }, resource),
          )
        : [],
    );
  });
}

/** Every single change of the policies of resources, and of permissions and grants that stand alone. */
export function resourceMutationsOf(stacks: Stacks): readonly Mutation[] {
  return Object.entries(stacks).flatMap(([stack, json]) => {
    const resources = (json as unknown as { resource: Record<string, Record<string, Json>> })
      .resource;
    return Object.entries(resources).flatMap(([type, byName]) =>
      type.startsWith("aws_iam_")
        ? []
        : Object.entries(byName).flatMap(([name, resource]) =>
            mutationsOfPolicy({ stacks, stack, type, name }, resource),
          ),
    );
  });
}

/** What AWS refuses in a control policy: to allow beside full access, to name somebody, operators that are none. */
const REFUSED = /^(effect|principal|resource) |IfExistsIfExists/;

/** Every single change of the control policies of an organization, and of what attaches them. */
export function controlPolicyMutationsOf(stacks: Stacks): readonly Mutation[] {
  return Object.entries(stacks).flatMap(([stack, json]) => {
    const { resource } = json as unknown as { resource: Record<string, Record<string, Json>> };
    return Object.entries(resource).flatMap(([type, byName]) =>
      type.startsWith("aws_organizations_policy")
        ? Object.entries(byName).flatMap(([name, one]) =>
            mutationsOfControlPolicy({ stacks, stack, type, name }, one),
          )
        : [],
    );
  });
}

function mutationsOfControlPolicy(place: Place, { content }: Json): readonly Mutation[] {
  const deleted = mutated(place, "deleted", undefined);
  if (typeof content !== "string") return [deleted];
  const { Statement, ...policy } = JSON.parse(content) as { Statement: Json[] };
  const withStatements = (name: string, all: readonly Json[]): Mutation =>
    mutated(place, name, { content: JSON.stringify({ ...policy, Statement: all }) });
  const changes = Statement.flatMap((statement, index) => {
    const listed = [...listChanges(statement), ...exceptionChanges(statement)];
    return [...statementChanges(statement, "Principal" in statement), ...listed].flatMap(
      ([name, change]) => {
        const changed = JSON.parse(JSON.stringify(statement)) as Json;
        change(changed);
        if (said(changed) === said(statement) || REFUSED.test(name)) return [];
        return [withStatements(`${index} ${name}`, Statement.with(index, changed))];
      },
    );
  });
  const removed = Statement.map((_, index) =>
    withStatements(`${index} removed`, Statement.toSpliced(index, 1)),
  );
  return [...changes, ...removed, deleted];
}

/** Changes of the resources that a statement speaks of, and a stranger among those whom it excepts. */
function exceptionChanges(statement: Json): ReadonlyMap<string, Change> {
  const changes = new Map<string, Change>();
  for (const [operator, keys] of Object.entries(
    (statement.Condition ?? {}) as Record<string, Json>,
  )) {
    const { "aws:PrincipalArn": excepted } = keys;
    if (excepted === undefined || statement.Principal === undefined) continue;
    changes.set(`${operator} aws:PrincipalArn with a stranger`, (changed) => {
      const stranger = STRANGER.replace("root", "role/stranger");
      (changed.Condition as Record<string, Json>)[operator]["aws:PrincipalArn"] = [
        excepted,
        stranger,
      ].flat();
    });
  }
  for (const key of ["Resource", "NotResource"]) {
    const named = [statement[key] ?? []].flat();
    named.forEach((_, index) => {
      if (named.length < 2) return;
      changes.set(`${key} without ${index}`, (changed) => {
        changed[key] = named.toSpliced(index, 1);
      });
    });
    if (named.length > 0 && named[0] !== "*") {
      changes.set(`${key} with one more`, (changed) => {
        changed[key] = [...named, String(named[0]).replace(/[^/]+$/, "stranger")];
      });
    }
  }
  return changes;
}

/** Changes of what a statement lists: one less, one more. */
function listChanges(statement: Json): ReadonlyMap<string, Change> {
  const changes = new Map<string, Change>();
  const withoutFirst = (name: string, get: (from: Json) => Json, key: string): void => {
    const values = get(statement)[key];
    if (!Array.isArray(values) || values.length < 2) return;
    changes.set(`${name} without its first`, (changed) => {
      get(changed)[key] = (get(changed)[key] as unknown[]).slice(1);
    });
  };
  withoutFirst("Action", (from) => from, "Action");
  for (const kind of ["AWS", "Service"]) {
    const get = (from: Json): Json => from.Principal as Json;
    if (typeof statement.Principal === "object") withoutFirst(`Principal ${kind}`, get, kind);
  }
  for (const [operator, keys] of Object.entries(
    (statement.Condition ?? {}) as Record<string, Json>,
  )) {
    for (const key of Object.keys(keys)) {
      const get = (from: Json): Json => (from.Condition as Record<string, Json>)[operator];
      withoutFirst(`${operator} ${key}`, get, key);
      changes.set(`${operator} ${key} with one more`, (changed) => {
        get(changed)[key] = [get(changed)[key], oneMoreThan(statement, key, keys[key])].flat();
      });
    }
  }
  const [action] = [statement.Action].flat().map(String);
  const service = action.split(":")[0];
  changes.set("every action of the service", (changed) => {
    changed.Action = `${service}:*`;
  });
  return changes;
}

/** What a statement says, in one spelling. */
function said(statement: Json): string {
  const principal = JSON.stringify(statement.Principal);
  return JSON.stringify({ ...statement, Principal: /"\*"/.test(principal) ? "*" : principal });
}

/** A value that a condition does not list: of an ARN's kind one in the account that is let in. */
function oneMoreThan(statement: Json, key: string, values: unknown): string {
  if (values === "true" || values === "false") return values === "true" ? "false" : "true";
  if (key !== "aws:PrincipalArn") return "999999999999";
  const account = /::(\d{12}):/.exec(JSON.stringify([values, statement.Principal]))?.[1] ?? "*";
  return `arn:aws:iam::${account}:role/stranger`;
}

function mutationsOfPolicy(place: Place, resource: Json): readonly Mutation[] {
  if (/^aws_(lambda_permission|kms_grant)$/.test(place.type)) {
    return [mutated(place, "deleted", undefined)];
  }
  const text = resource.policy;
  if (typeof text !== "string") return [];
  const mutations: Mutation[] = [];
  const statements = (JSON.parse(text) as { Statement: Json[] }).Statement;
  const add = (name: string, change: (all: Json[]) => void): void => {
    const changed = JSON.parse(text) as { Statement: Json[] };
    change(changed.Statement);
    mutations.push(mutated(place, `policy ${name}`, { policy: JSON.stringify(changed) }));
  };
  statements.forEach((statement, index) => {
    add(`${index} removed`, (all) => all.splice(index, 1));
    const changes = [...statementChanges(statement, true), ...listChanges(statement)];
    for (const [name, change] of changes) {
      const changed = JSON.parse(JSON.stringify(statement)) as Json;
      change(changed);
      // A change that says the same is none.
      if (said(changed) !== said(statement)) add(`${index} ${name}`, (all) => change(all[index]));
    }
  });
  const [{ Action, Resource }] = statements;
  add("statement added", (all) =>
    all.push({
      Effect: "Allow",
      Principal: { AWS: STRANGER },
      Action: `${[Action].flat().map(String)[0].split(":")[0]}:*`,
      ...(Resource !== undefined && { Resource }),
    }),
  );
  return [...mutations, mutated(place, "deleted", undefined)];
}

interface Place {
  readonly stacks: Stacks;
  readonly stack: string;
  readonly type: string;
  readonly name: string;
}

function mutationsOfResource(place: Place, resource: Json): readonly Mutation[] {
  const mutations: Mutation[] = [];
  for (const attribute of POLICIES) {
    const text = resource[attribute];
    if (typeof text !== "string" || !text.includes("sts:AssumeRole")) continue;
    const isTrust = attribute === "assume_role_policy";
    const statements = (JSON.parse(text) as { Statement: Json[] }).Statement;
    const add = (name: string, change: (all: Json[]) => void): void => {
      const changed = JSON.parse(text) as { Statement: Json[] };
      change(changed.Statement);
      const value = JSON.stringify(changed);
      mutations.push(mutated(place, `${attribute} ${name}`, { [attribute]: value }));
    };
    statements.forEach((statement, index) => {
      add(`${index} removed`, (all) => all.splice(index, 1));
      for (const [name, change] of statementChanges(statement, isTrust)) {
        add(`${index} ${name}`, (all) => change(all[index]));
      }
    });
    add("statement added", (all) =>
      all.push({
        Effect: "Allow",
        Action: "sts:AssumeRole",
        ...(isTrust
          ? { Principal: { AWS: STRANGER } }
          : { Resource: "arn:aws:iam::999999999999:role/x" }),
      }),
    );
  }
  const bears = mutations.length > 0 && "policy" in resource;
  const drops = place.type === "aws_iam_role" || bears;
  return drops ? [...mutations, mutated(place, "deleted", undefined)] : mutations;
}

function mutated(place: Place, name: string, change: Json | undefined): Mutation {
  const stacks = JSON.parse(JSON.stringify(place.stacks)) as Record<
    string,
    { resource: Record<string, Record<string, Json>> }
  >;
  const byName = stacks[place.stack].resource[place.type];
  if (change === undefined) delete byName[place.name];
  else Object.assign(byName[place.name], change);
  return {
    name: `${place.stack} ${place.type}.${place.name} ${name}`,
    stacks: stacks as unknown as Stacks,
  };
}
