/** The path of a role or user that no stack defines. */
export interface ExistingIdentityPath {
  readonly path: string;
  /** Why it may be another one; undefined where the stacks agree on it. */
  readonly doubt?: string;
}

/** The ARN of one role or user in clear: nothing goes on after it that would make it a pattern. */
const IDENTITY_ARN =
  /arn:aws[a-z-]*:iam::(\d{12}):(role|user)(\/(?:[^\s"'*?$,/]+\/)*)([\w+=,.@-]+)(?![\w+=,.@/*?$-])/g;

/**
 * Paths of roles and users that no stack defines. Terraform learns such a path only at apply; but their
 * names are unique in an account, so an ARN that stands in clear anywhere in the stacks tells its path.
 */
export class ExistingIdentityPaths {
  /** Searched for when one is first asked for: most stacks define all that they speak of. */
  private paths?: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(private readonly stacks: Iterable<unknown>) {}

  /** The path by which the stacks name it; else `/`, in doubt. */
  of(accountId: string, kind: "role" | "user", name: string): ExistingIdentityPath {
    this.paths ??= pathsIn(this.stacks);
    const found = [...(this.paths.get(keyOf(accountId, kind, name)) ?? [])].sort();
    if (found.length === 1) return { path: found[0] };
    return found.length === 0
      ? {
          path: "/",
          doubt: "its path is known only after apply, and no stack names its ARN: taken as /",
        }
      : {
          path: found[0],
          doubt: `the stacks name it by several paths (${found.join(", ")}): taken as ${found[0]}`,
        };
  }
}

/** The paths by which texts name each role and user. */
function pathsIn(stacks: Iterable<unknown>): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const stack of stacks) {
    for (const text of textsOf(stack)) {
      if (!text.includes("arn:aws")) continue;
      for (const [, accountId, kind, path, name] of text.matchAll(IDENTITY_ARN)) {
        const key = keyOf(accountId, kind, name);
        const paths = found.get(key);
        if (paths === undefined) found.set(key, new Set([path]));
        else paths.add(path);
      }
    }
  }
  return found;
}

/** IAM tells names apart without regard to case. */
function keyOf(accountId: string, kind: string, name: string): string {
  return `${accountId}/${kind}/${name.toLowerCase()}`;
}

/** Every text of a JSON value, keys included; without recursion, since its depth is not ours. */
function* textsOf(json: unknown): Generator<string> {
  const rest: unknown[] = [json];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === "string") yield value;
    else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        yield key;
        rest.push(inner);
      }
    }
  }
}
