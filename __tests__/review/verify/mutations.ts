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
      const principal = changed.Principal as Json;
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
